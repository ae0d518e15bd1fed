/** Reads `keyword = value` pairs of libpq: values with spaces stand in single quotes, and a backslash escapes a quote or a backslash. */
import { malformed } from "./wrong.ts";

const pair = /\s*([A-Za-z_]\w*)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s'\\]|\\.)*))(?=\s|$)\s*/sy;

/** The keywords of a text of pairs. */
export function readPairs(text: string): Map<string, string> {
  const found = new Map<string, string>();
  pair.lastIndex = 0;
  do {
    const match = pair.exec(text);
    if (match === null) throw malformed();
    found.set(match[1]!, (match[2] ?? match[3]!).replace(/\\(.)/gs, "$1"));
  } while (pair.lastIndex < text.length);
  return found;
}
