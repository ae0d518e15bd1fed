/** One cell of RFC 4180, and the form of a cell that no spreadsheet runs as a formula. Pure functions on texts. */

const needsQuotes = /[",\r\n]/;

/** The cell that holds exactly this text: quoted only if it holds a comma, a quote, CR or LF. */
export const cell = (text: string): string => (needsQuotes.test(text) ? quoted(text) : text);

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/**
 * What a spreadsheet takes for the start of a formula, also behind white space and characters that aren't shown, and in the
 * full-width forms that some locales read alike.
 */
const startsFormula = /^[\s\p{C}\p{Z}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;

/**
 * The cell for a spreadsheet: a text that could be run is preceded by an apostrophe, and every cell is quoted, so that no
 * separator of another locale (`;`, tab) starts a cell of its own. Not byte-faithful: for people to look at, never to read back.
 */
export const safeCell = (text: string): string => quoted(startsFormula.test(text) ? `'${text}` : text);
