/**
 * The address to continue with: a page of this site, whatever the query contains. It is never an address of the API, because a read there
 * can be recorded as the person's act, and another site's link may have chosen it. All functions are pure.
 */
import { paths } from "../../paths.ts";

/** Characters. */
const longest = 2_000;
const base = "http://daybook.invalid";

/** The query parameter with the address to continue with; a repeated one is ignored. */
export function nextIn(query: unknown): string {
  const { next } = query as { next?: unknown };
  return ownPath(typeof next === "string" ? next : undefined);
}

/** The address of a page that continues to another one. */
export const withNext = (path: string, next: string): string =>
  next === "/" ? path : `${path}?next=${encodeURIComponent(next)}`;

/** The path and query, if the text is one of this site's pages; else `/`. */
export function ownPath(text: string | undefined): string {
  if (text === undefined || text.length > longest || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text)) return "/";
  if (!URL.canParse(text, base)) return "/";
  const { origin, pathname, search } = new URL(text, base);
  // after removing dots, it can begin with two slashes
  return origin === base && !pathname.startsWith("//") && !isNoPage(pathname) ? pathname + search : "/";
}

const ofTheApi = /^\/v1(\/|$)/;
const ofDownload = new RegExp(`^${paths.settingsDownload.route.replace(/:\w+/, "[^/]+")}/?$`);

/**
 * Whether it is an address of the API, or a page that leads to a download: compared like in the router, after decoding. A text that can't
 * be decoded is not a page either.
 */
function isNoPage(pathname: string): boolean {
  try {
    const decoded = decodeURIComponent(pathname);
    return ofTheApi.test(decoded) || ofDownload.test(decoded);
  } catch {
    return true;
  }
}
