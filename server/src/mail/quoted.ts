/**
 * Words that somebody chose, in a letter of ours: a name stands in quotation marks, so that it can't go on as our own sentence, and
 * holds nothing that a mail program makes a link of. What can't be seen, and letters that look like another's, carry the marks that
 * pages have.
 */
import { inBrackets } from "daybook/internal";
// a CommonJS module whose types say otherwise
import * as unhomoglyph from "unhomoglyph";

const prototypeOf = unhomoglyph.default as unknown as (letter: string) => string;

/** Characters of a name that a letter shows. */
const most = 80;
/** What isn't seen, or turns what stands beside it round; quotation marks, which would end ours. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const marks = /[“”„‟«»"]/gu;
/** A web or mail address, with its scheme or without: `evil.example/x`, `a@b`. Version numbers are none. */
const address = /:\/\/|@|[\p{L}\p{N}-][.\u3002\uff0e\uff61](?:\p{L}{2,}|xn--)/iu;

/** In quotation marks; undefined for words with an address in them, and for none. */
export function quoted(words: string): string | undefined {
  const typed = words.replaceAll(marks, "'").trim();
  const seen = typed.replaceAll(unseen, "");
  if (seen.trim() === "" || address.test(seen)) return undefined;
  const letters = [...typed];
  const shown = inBrackets(letters.slice(0, most).join("").trimEnd(), { prototypeOf });
  return `“${shown}${letters.length > most ? "…" : ""}”`;
}
