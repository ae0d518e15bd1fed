/**
 * The cookies of people's and viewers' sessions, and the protection against other sites: a request that would change something and is
 * authenticated by a cookie, or would set one, must come from one of Daybook's own pages.
 */
import { parseCookie, stringifySetCookie } from "cookie";
import { DaybookError } from "daybook/internal";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Entered } from "../sign-in/index.ts";
import { bearerOf } from "./request-facts.ts";

/** `__Host-`: browsers accept it only over https, from this very host, for all of it; no neighboring host can set it. */
const secureMark = "__Host-";
const session = "daybook";
const browser = "daybook-browser";

/** Whether people reach this service over https: by the configuration, else by the request. */
const isSecure = (request: FastifyRequest): boolean =>
  request.server.publicUrl?.protocol === "https:" || request.protocol === "https";

declare module "fastify" {
  interface FastifyInstance {
    /** `DAYBOOK_PUBLIC_URL`; undefined if it is not set. */
    readonly publicUrl: URL | undefined;
  }
}

/** The name of a cookie for the scheme of the request. */
const named = (request: FastifyRequest, name: string): string =>
  isSecure(request) ? `${secureMark}${name}` : name;

/** A cookie of Daybook; undefined if there is none. */
export function cookieOf(request: FastifyRequest, ours: string): string | undefined {
  const { cookie } = request.headers;
  const name = named(request, ours);
  if (cookie === undefined || !cookie.includes(name)) return undefined;
  return parseCookie(cookie)[name];
}

/** Sets a cookie that scripts can't read and that other sites send only with a link (SameSite=Lax). */
export function setCookie(reply: FastifyReply, [ours, value]: [string, string], expires: Date): void {
  const secure = isSecure(reply.request);
  const name = named(reply.request, ours);
  const cookie = { name, value, path: "/", httpOnly: true, sameSite: "lax", secure, expires } as const;
  addCookie(reply, stringifySetCookie(cookie));
}

/** Fastify keeps the cookies that were set before. */
const addCookie = (reply: FastifyReply, cookie: string): void => void reply.header("set-cookie", cookie);

/** The names of a viewer's cookies: cookies for a path can't have `__Host-`. */
const inFrame = (request: FastifyRequest, name: string): string =>
  isSecure(request) ? `__Secure-${name}` : name;
const viewer = "daybook-viewer";

/** A cookie of a viewer session; undefined if there is none. */
export function frameCookieOf(request: FastifyRequest, ours: string): string | undefined {
  const { cookie } = request.headers;
  return cookie === undefined ? undefined : parseCookie(cookie)[inFrame(request, ours)];
}

/** The scope of a viewer's cookies: the pages of one session, until it ends. */
export interface FrameCookies {
  readonly path: string;
  readonly expires: Date;
}

/**
 * Sets a cookie that is also sent within another site's page, but only within that site's (Partitioned), in browsers that keep no others.
 * Browsers accept it only over https or on this machine; over plain http, it is like the other cookies.
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

/** The token of a viewer session, for its own pages. */
export const viewerTokenOf = (request: FastifyRequest): string | undefined =>
  frameCookieOf(request, viewer) || undefined;

/** Gives a browser access to the pages of a viewer session. */
export const setViewer = (reply: FastifyReply, token: string, cookies: FrameCookies): void =>
  setFrameCookie(reply, [viewer, token], cookies);

const half = "daybook-half";

/** The token of a half-session: of a person who has entered a password, but not yet a code. */
export const halfTokenOf = (request: FastifyRequest): string | undefined =>
  cookieOf(request, half) || undefined;

/** Sets the cookie of a half-session. `expiresAt` in microseconds since 1970 UTC. */
export const setHalf = (reply: FastifyReply, token: string, expiresAt: bigint): void =>
  setCookie(reply, [half, token], new Date(Number(expiresAt / 1000n)));

export const clearHalf = (reply: FastifyReply): void => setCookie(reply, [half, ""], new Date(0));

/** The token of the session cookie; undefined if there is none. */
export const sessionTokenOf = (request: FastifyRequest): string | undefined =>
  cookieOf(request, session) || undefined;

/** The token by which this browser is recognized, if it signed in before. */
export const browserOf = (request: FastifyRequest): string | undefined =>
  cookieOf(request, browser) || undefined;

/** Signs a browser in, and lets Daybook recognize it from now on. */
export function setSession(
  reply: FastifyReply,
  entered: Pick<Entered, "token" | "expiresAt" | "browser">,
): void {
  setCookie(reply, [session, entered.token], dateOf(entered.expiresAt));
  setCookie(reply, [browser, entered.browser.token], dateOf(entered.browser.expiresAt));
}

/** From microseconds since 1970 UTC. */
const dateOf = (micros: bigint): Date => new Date(Number(micros / 1000n));

/** Signs the browser out. */
export const clearSession = (reply: FastifyReply): void => setCookie(reply, [session, ""], new Date(0));

const safe: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

/**
 * Refuses requests that another site's page makes a browser send. Every browser states the origin of a request (Sec-Fetch-Site, else
 * Origin), and other clients state neither. A site can't make a browser send a bearer token, but it can with a name and a password in its
 * link. Reads are allowed, except those that are recorded as the reader's act.
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

/** Compared with the configured address if there is one, whatever Host the request has; else with the host of the request. */
function isOurs(origin: string, { server, headers }: FastifyRequest): boolean {
  const { publicUrl } = server;
  if (publicUrl !== undefined) return origin === publicUrl.origin;
  return URL.canParse(origin) && new URL(origin).host === headers.host;
}
