/**
 * The cookies of sessions, of people and of viewers, and the wall against other sites: a request that would change something and is let in by a cookie,
 * or would set one, has to come from a page of our own. It refuses to know what a session is.
 */
import { parseCookie, stringifySetCookie } from "cookie";
import { DaybookError } from "daybook/internal";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Entered } from "../sign-in/index.ts";
import { bearerOf } from "./request-facts.ts";

/** `__Host-`: browsers take it only over https, from this very host, for all of it; no neighbour of the host can set it. */
const secureMark = "__Host-";
const session = "daybook";
const browser = "daybook-browser";

/** Whether people reach this service by https: by what is configured, else by the request. */
const isSecure = (request: FastifyRequest): boolean =>
  request.server.publicUrl?.protocol === "https:" || request.protocol === "https";

declare module "fastify" {
  interface FastifyInstance {
    /** `DAYBOOK_PUBLIC_URL`; undefined where none is set. */
    readonly publicUrl: URL | undefined;
  }
}

/** What a cookie of ours is called where the request came. */
const named = (request: FastifyRequest, name: string): string =>
  isSecure(request) ? `${secureMark}${name}` : name;

/** A cookie of ours; undefined where there is none. */
export function cookieOf(request: FastifyRequest, ours: string): string | undefined {
  const { cookie } = request.headers;
  const name = named(request, ours);
  if (cookie === undefined || !cookie.includes(name)) return undefined;
  return parseCookie(cookie)[name];
}

/** Sets a cookie that no script reads and that no other site sends along but by a link (SameSite=Lax). */
export function setCookie(reply: FastifyReply, [ours, value]: [string, string], expires: Date): void {
  const secure = isSecure(reply.request);
  const name = named(reply.request, ours);
  const cookie = { name, value, path: "/", httpOnly: true, sameSite: "lax", secure, expires } as const;
  addCookie(reply, stringifySetCookie(cookie));
}

function addCookie(reply: FastifyReply, cookie: string): void {
  const before = reply.getHeader("set-cookie");
  reply.header("set-cookie", [...(before === undefined ? [] : [before].flat().map(String)), cookie]);
}

/** What a viewer's cookies are called: those below a path can't have `__Host-`. */
const inFrame = (request: FastifyRequest, name: string): string =>
  isSecure(request) ? `__Secure-${name}` : name;
const viewer = "daybook-viewer";

/** A cookie of a viewer's session; undefined where there is none. */
export function frameCookieOf(request: FastifyRequest, ours: string): string | undefined {
  const { cookie } = request.headers;
  return cookie === undefined ? undefined : parseCookie(cookie)[inFrame(request, ours)];
}

/** Where a viewer's cookies go: to the pages of one session, until it ends. */
export interface FrameCookies {
  readonly path: string;
  readonly expires: Date;
}

/**
 * Sets a cookie that is sent within another site's page too, but only within that site's (Partitioned), where browsers keep no
 * others. They take it only over https or on this machine; over plain http it is one like ours.
 */
export function setFrameCookie(
  reply: FastifyReply,
  [ours, value]: readonly [string, string],
  { path, expires }: FrameCookies,
): void {
  const { request } = reply;
  const isTrusted = isSecure(request) || /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(request.hostname);
  const where = isTrusted
    ? ({ sameSite: "none", secure: true, partitioned: true } as const)
    : ({ sameSite: "lax" } as const);
  addCookie(
    reply,
    stringifySetCookie({ name: inFrame(request, ours), value, path, expires, httpOnly: true, ...where }),
  );
}

/** The token of a viewer's session, for its own pages. */
export const viewerTokenOf = (request: FastifyRequest): string | undefined =>
  frameCookieOf(request, viewer) || undefined;

/** Lets a browser look at the pages of a viewer's session. */
export const setViewer = (reply: FastifyReply, token: string, cookies: FrameCookies): void =>
  setFrameCookie(reply, [viewer, token], cookies);

const half = "daybook-half";

/** The token of a half-session: of who showed a password and not yet a code. */
export const halfTokenOf = (request: FastifyRequest): string | undefined =>
  cookieOf(request, half) || undefined;

/** Half signs a browser in. `expiresAt` in microseconds since 1970 UTC. */
export const setHalf = (reply: FastifyReply, token: string, expiresAt: bigint): void =>
  setCookie(reply, [half, token], new Date(Number(expiresAt / 1000n)));

export const clearHalf = (reply: FastifyReply): void => setCookie(reply, [half, ""], new Date(0));

/** The token of the session cookie; undefined where there is none. */
export const sessionTokenOf = (request: FastifyRequest): string | undefined =>
  cookieOf(request, session) || undefined;

/** What this browser shows to be known by, where it signed in before. */
export const browserOf = (request: FastifyRequest): string | undefined =>
  cookieOf(request, browser) || undefined;

/** Signs a browser in, and lets it be known from now on. */
export function setSession(
  reply: FastifyReply,
  entered: Pick<Entered, "token" | "expiresAt" | "browser">,
): void {
  setCookie(reply, [session, entered.token], dateOf(entered.expiresAt));
  setCookie(reply, [browser, entered.browser.token], dateOf(entered.browser.expiresAt));
}

/** Of microseconds since 1970 UTC. */
const dateOf = (micros: bigint): Date => new Date(Number(micros / 1000n));

/** Signs it out. */
export const clearSession = (reply: FastifyReply): void => setCookie(reply, [session, ""], new Date(0));

const safe: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

/**
 * Refuses what another site's page makes a browser send: every browser says where a request comes from (Sec-Fetch-Site,
 * else Origin), and what is no browser says neither. A bearer token no site can make it send; a name and a password in its link it can.
 * A reading is let through, unless it is one that records that somebody read.
 * @throws DaybookError `cross-site`
 */
export function refuseOtherSites(request: FastifyRequest): void {
  const { authorization, origin, "sec-fetch-site": site } = request.headers;
  const { records = false } = request.routeOptions.config;
  if ((safe.has(request.method) && !records) || bearerOf(authorization) !== undefined) return;
  if (site === "same-origin" || site === "none") return;
  if (site === undefined && (origin === undefined || isOurs(origin, request))) return;
  throw new DaybookError("cross-site", records ? ofAReading : {});
}

const ofAReading = {
  detail: "A link on another site led to this download, which would be recorded as yours.",
  remedy: "Open Daybook itself, and download the log from the organization's settings.",
};

/** Of the configured address where there is one, whatever Host the request names; else of the host that it was sent to. */
function isOurs(origin: string, { server, headers }: FastifyRequest): boolean {
  const { publicUrl } = server;
  if (publicUrl !== undefined) return origin === publicUrl.origin;
  return URL.canParse(origin) && new URL(origin).host === headers.host;
}
