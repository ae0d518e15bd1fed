/** Where somebody goes on to: an address of this very site, whatever was put into the query. Pure. */

/** Characters. */
const longest = 2_000;
const base = "http://daybook.invalid";

/** The path and query, if the text is one of this site; else `/`. */
export function ownPath(text: string | undefined): string {
  if (text === undefined || text.length > longest || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text)) return "/";
  if (!URL.canParse(text, base)) return "/";
  const { origin, pathname, search } = new URL(text, base);
  // what dots leave over may begin with two slashes
  return origin === base && !pathname.startsWith("//") ? pathname + search : "/";
}
