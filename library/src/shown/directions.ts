/**
 * Texts that are written from the right and from the left: "acme.קוד" and "קוד.acme" are shown alike, since the first letter decides
 * where a text begins. Pure.
 */

/** Letters of alphabets that are written from the right: Hebrew, Arabic, Syriac, Thaana, N'Ko, Adlam and those of old. */
const right = "\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}";
const ofRight = new RegExp(`[${right}]`, "u");
const allOfRight = new RegExp(`[${right}]`, "gu");
const ofLeft = new RegExp(`(?![${right}])[\\p{L}\\p{N}]`, "u");
/** Words of one direction, which are read in one way only, and each character between them. */
const pieces = new RegExp(`[${right}][${right}\\p{M}]*|(?:(?![${right}])[\\p{L}\\p{N}\\p{M}])+|[^]`, "gu");

/** Whether its words may stand in another order than they are shown in. */
const isOfBoth = (text: string): boolean => ofRight.test(text) && ofLeft.test(text);

/** Of a text of both directions, its words sorted: those that may be shown alike have the same. Any other text as it is. */
export const withoutOrder = (text: string): string =>
  isOfBoth(text) ? (text.match(pieces) ?? []).sort().join("\u0003") : text;

/** The same text for a JSON string, so that it is read from the left throughout. */
export const leftToRight = (json: string, escaped: (character: string) => string): string =>
  isOfBoth(json) ? json.replaceAll(allOfRight, escaped) : json;
