/** The frame of a page: the viewer session, and the look that the host wants. */
import type { Colour } from "../kit/colours.ts";
import type { Theme } from "./reader.ts";

/** The look that a host application wants. */
export interface FrameLook {
  readonly theme: Theme;
  readonly accent: Colour | undefined;
  readonly background: Colour | undefined;
  readonly text: Colour | undefined;
  /** The size of plain text, in pixels; undefined for the browser's setting. */
  readonly size: number | undefined;
  /** An IANA name; undefined if the host named none. */
  readonly zone: string | undefined;
}

/** The frame of a page. */
export interface Framing {
  /** The path of the session's pages: `/view/viewer_…`; undefined before there is one. */
  readonly path: string | undefined;
  readonly look: FrameLook;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Undefined for pages without a frame. */
    framing: Framing | undefined;
  }
}
