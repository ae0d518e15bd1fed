/** One cell of RFC 4180, and the form of a cell that no spreadsheet runs as a formula. All functions are pure. */

const needsQuotes = /[",\r\n]/;

/** The cell with exactly this text: quoted only if it has a comma, a quote, CR or LF. */
export const cell = (text: string): string => (needsQuotes.test(text) ? quoted(text) : text);

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/**
 * The start of a formula for spreadsheets: also behind white space and invisible characters, in full-width and small forms that some
 * locales treat alike, and with the minus sign U+2212, which Gnumeric reads as `-`.
 */
const startsFormula =
  /^[\s\p{C}\p{Z}]*[=+\-@\u2212\uFE62\uFE63\uFE66\uFE6B\uFF0B\uFF0D\uFF1D\uFF20]|^[\t\r\n]/u;

/** The maximum size of a cell in Excel and LibreOffice, in UTF-16 code units: longer ones are cut, split or refused. */
export const mostUnits = 32_767;

/**
 * The cell for a spreadsheet: a text that could run gets an apostrophe in front; one that is too long ends in a note that names its event;
 * and every cell is quoted, so that the separator of another locale (`;`, tab) doesn't start a new cell. It is not exact: for people to
 * read, not for programs to read back.
 */
export function safeCell(text: string, eventId: string): string {
  const shown = startsFormula.test(text) ? `'${text}` : text;
  if (shown.length <= mostUnits) return quoted(shown);
  const note = ` [cut: too long for a spreadsheet; the whole is in event ${eventId}]`;
  const end = mostUnits - note.length;
  const isPair = shown.codePointAt(end - 1)! > 0xffff;
  return quoted(shown.slice(0, isPair ? end - 1 : end) + note);
}
