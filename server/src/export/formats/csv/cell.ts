/** One cell of RFC 4180, and the form of a cell that no spreadsheet runs as a formula. Pure functions on texts. */

const needsQuotes = /[",\r\n]/;

/** The cell that holds exactly this text: quoted only if it holds a comma, a quote, CR or LF. */
export const cell = (text: string): string => (needsQuotes.test(text) ? quoted(text) : text);

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/**
 * What a spreadsheet takes for the start of a formula, also behind white space and characters that aren't shown, in the
 * full-width and small forms that some locales read alike, and with the minus sign U+2212, which Gnumeric reads as `-`.
 */
const startsFormula =
  /^[\s\p{C}\p{Z}]*[=+\-@\u2212\uFE62\uFE63\uFE66\uFE6B\uFF0B\uFF0D\uFF1D\uFF20]|^[\t\r\n]/u;

/** What a cell of Excel and LibreOffice holds at most, in UTF-16 code units: what is longer they cut, split or refuse. */
export const mostUnits = 32_767;

/**
 * The cell for a spreadsheet: a text that could be run is preceded by an apostrophe; one that is too long ends in a note that
 * names its event; and every cell is quoted, so that no separator of another locale (`;`, tab) starts a cell of its own. Not
 * byte-faithful: for people to look at, never to read back.
 */
export function safeCell(text: string, eventId: string): string {
  const shown = startsFormula.test(text) ? `'${text}` : text;
  if (shown.length <= mostUnits) return quoted(shown);
  const note = ` [cut: too long for a spreadsheet; the whole is in event ${eventId}]`;
  const end = mostUnits - note.length;
  const isPair = shown.codePointAt(end - 1)! > 0xffff;
  return quoted(shown.slice(0, isPair ? end - 1 : end) + note);
}
