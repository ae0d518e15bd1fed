/**
 * Where somebody goes on to: an address of a page of this very site, whatever was put into the query. Never one of the API: there
 * a reading may be told as theirs, and another site's link may have chosen it. Pure.
 */

/** Characters. */
const longest = 2_000;
const base = "http://daybook.invalid";

/** Where the query of an address says that somebody goes on to; one that is given twice is none. */
export function nextIn(query: unknown): string {
  const { next } = query as { next?: unknown };
  return ownPath(typeof next === "string" ? next : undefined);
}

/** The address of a page that leads on to another one. */
export const withNext = (path: string, next: string): string =>
  next === "/" ? path : `${path}?next=${encodeURIComponent(next)}`;

/** The path and query, if the text is one of this site's pages; else `/`. */
export function ownPath(text: string | undefined): string {
  if (text === undefined || text.length > longest || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text)) return "/";
  if (!URL.canParse(text, base)) return "/";
  const { origin, pathname, search } = new URL(text, base);
  // what dots leave over may begin with two slashes
  return origin === base && !pathname.startsWith("//") && !isNoPage(pathname) ? pathname + search : "/";
}

/** Of the API, or what leads on to a download: as the router reads it, which decodes before it compares. What can't be decoded is no page either. */
function isNoPage(pathname: string): boolean {
  try {
    return /^\/v1(\/|$)|^\/orgs\/[^/]+\/settings\/download\/?$/.test(decodeURIComponent(pathname));
  } catch {
    return true;
  }
}
