/** What is round a page that may stand in another site's frame: whose session it is, and how that site wants it to look. */
import type { Colour } from "../kit/colours.ts";
import type { Theme } from "./reader.ts";

/** How a host application wants the log to look within its page. */
export interface FrameLook {
  readonly theme: Theme;
  readonly accent: Colour | undefined;
  readonly background: Colour | undefined;
  readonly text: Colour | undefined;
  /** Of plain text, in pixels; undefined: what the browser is set to. */
  readonly size: number | undefined;
  /** An IANA name; undefined: nobody said. */
  readonly zone: string | undefined;
}

/** What is round a page that may stand in a frame. */
export interface Framing {
  /** Where the pages of the session are: `/view/viewer_…`; undefined before there is one. */
  readonly path: string | undefined;
  readonly look: FrameLook;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Undefined: the page is ours alone, and stands in no frame. */
    framing: Framing | undefined;
  }
}
