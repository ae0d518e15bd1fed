/** A request for a page that can stand in another site's frame: its session, its look, its policy. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type FrameCookies, frameCookieOf, setFrameCookie } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import type { FrameLook, Framing } from "../base/framing.ts";
import { readLook, rereadLook, writeLook } from "./look.ts";
import { cssOf, schemeOf } from "./look-css.ts";

const cookie = "daybook-look";

/** Every request of the pages has it; requests below this address belong to a session. */
export const addFraming = (app: FastifyInstance): void => void app.decorateRequest("framing", undefined);

/** For a page of a session; as the browser got it at the opening. */
export const framingOf = (request: FastifyRequest): Framing => ({
  path: paths.viewSession(request.params as { session: string }),
  look: rereadLook(frameCookieOf(request, cookie) ?? ""),
});

const ofSession = new RegExp(
  `^${paths.viewSession.route.replace(":session", "(?<session>viewer_\\w+)")}(?=[/?]|$)`,
);

/** For an address below a session's path that has no page, or not for this method; undefined for other addresses. */
export function framingNowhere(request: FastifyRequest): Framing | undefined {
  const { session } = ofSession.exec(request.url)?.groups ?? {};
  if (session === undefined) return undefined;
  return { path: paths.viewSession({ session }), look: rereadLook(frameCookieOf(request, cookie) ?? "") };
}

/** The milliseconds until the session of the reader ends; undefined for none. */
export const endsIn = ({ caller }: Pick<FastifyRequest, "caller">, now: number): number | undefined =>
  caller?.kind === "viewer" ? Math.max(0, Number(caller.session.expiresAt / 1000n) - now) : undefined;

/** For the page that opens a session; from its address. */
export const framingAsked = (request: FastifyRequest): Framing => ({
  path: undefined,
  look: readLook(request.query as Record<string, unknown>),
});

/** Stores the look for the time of the session. */
export const keepLook = (reply: FastifyReply, look: FrameLook, cookies: FrameCookies): void =>
  setFrameCookie(reply, [cookie, writeLook(look)], cookies);

/** The style sheet of the look, undefined for Daybook's own; and its theme. */
export function styleOf({ look }: Framing): { css: string | undefined; theme: FrameLook["theme"] } {
  const theme = schemeOf(look) ?? "auto";
  return {
    css: cssOf(look) === "" ? undefined : `${paths.viewStyle()}?${writeLook({ ...look, zone: undefined })}`,
    theme,
  };
}

/** The policy of a page that can stand in frames of these origins. */
export const policyIn = (policy: readonly string[], origins: readonly string[]): string =>
  policy
    .map((each) =>
      each.startsWith("frame-ancestors") && origins.length > 0
        ? `frame-ancestors ${origins.join(" ")}`
        : each,
    )
    .join("; ");
