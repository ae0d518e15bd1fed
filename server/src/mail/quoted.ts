/**
 * Quotes names that people chose, in a mail: quotation marks keep a name apart from Daybook's own sentence, and names that a mail program
 * would turn into a link are left out. Invisible and confusable characters are marked as on pages.
 */
import { inBrackets } from "daybook/internal";
// a CommonJS module, although its types differ
import * as unhomoglyph from "unhomoglyph";

const prototypeOf = unhomoglyph.default as unknown as (letter: string) => string;

/** The maximum number of characters of a name in a mail. */
const most = 80;
/** Characters that are invisible or change the direction of their neighbors, and quotation marks, which would end the quote. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const marks = /[“”„‟«»"]/gu;
/** A web or mail address, with or without a scheme: `evil.example/x`, `a@b`. Version numbers don't match. */
const address = /:\/\/|@|[\p{L}\p{N}-][.\u3002\uff0e\uff61](?:\p{L}{2,}|xn--)/iu;

/** The text in quotation marks; undefined if it contains an address, or there is no text. */
export function quoted(words: string): string | undefined {
  const typed = words.replaceAll(marks, "'").trim();
  const seen = typed.replaceAll(unseen, "");
  if (seen.trim() === "" || address.test(seen)) return undefined;
  const letters = [...typed];
  const shown = inBrackets(letters.slice(0, most).join("").trimEnd(), { prototypeOf });
  return `“${shown}${letters.length > most ? "…" : ""}”`;
}
