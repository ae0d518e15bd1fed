/**
 * A request for a page that may stand in another site's frame: whose session, how it shall look, under which policy. It refuses
 * to know what the page is.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type FrameCookies, frameCookieOf, setFrameCookie } from "../../http/index.ts";
import type { FrameLook, Framing } from "../base/framing.ts";
import { readLook, rereadLook, writeLook } from "./look.ts";
import { cssOf, schemeOf } from "./look-css.ts";

const cookie = "daybook-look";

/** The pages of a viewer's session. */
export const framePath = (session: string): string => `/view/${encodeURIComponent(session)}`;

/** Every request of the pages has it, and those below this one's address are of a session. */
export const addFraming = (app: FastifyInstance): void => void app.decorateRequest("framing", undefined);

/** Of a page of a session; as the browser was told when it was opened. */
export const framingOf = (request: FastifyRequest): Framing => ({
  path: framePath((request.params as { session: string }).session),
  look: rereadLook(frameCookieOf(request, cookie) ?? ""),
});

/** In how many milliseconds the session ends that a page is looked at by; undefined: by none. */
export const endsIn = ({ caller }: Pick<FastifyRequest, "caller">, now: number): number | undefined =>
  caller?.kind === "viewer" ? Math.max(0, Number(caller.session.expiresAt / 1000n) - now) : undefined;

/** Of the page that opens one; as its address says. */
export const framingAsked = (request: FastifyRequest): Framing => ({
  path: undefined,
  look: readLook(request.query as Record<string, unknown>),
});

/** Keeps the look as long as the session. */
export const keepLook = (reply: FastifyReply, look: FrameLook, cookies: FrameCookies): void =>
  setFrameCookie(reply, [cookie, writeLook(look)], cookies);

/** The address of a look's style sheet. */
export const lookPath = "/view/look.css";

/** The style sheet of the look, undefined where it is ours; and the theme that it is. */
export function styleOf({ look }: Framing): { css: string | undefined; theme: FrameLook["theme"] } {
  const theme = schemeOf(look) ?? "auto";
  return {
    css: cssOf(look) === "" ? undefined : `${lookPath}?${writeLook({ ...look, zone: undefined })}`,
    theme,
  };
}

/** The policy of a page that may stand in frames of these origins. */
export const policyIn = (policy: readonly string[], origins: readonly string[]): string =>
  policy
    .map((each) =>
      each.startsWith("frame-ancestors") && origins.length > 0
        ? `frame-ancestors ${origins.join(" ")}`
        : each,
    )
    .join("; ");
