/**
 * Texts with both right-to-left and left-to-right letters: "acme.קוד" and "קוד.acme" look the same, because the first
 * letter decides where a text begins. All functions are pure.
 */

/** Letters of right-to-left alphabets: Hebrew, Arabic, Syriac, Thaana, N'Ko, Adlam and historic ones. */
const right = "\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}";
const ofRight = new RegExp(`[${right}]`, "u");
const allOfRight = new RegExp(`[${right}]`, "gu");
const ofLeft = new RegExp(`(?![${right}])[\\p{L}\\p{N}]`, "u");
/** Words of one direction, which have only one reading order, and the single characters between them. */
const pieces = new RegExp(`[${right}][${right}\\p{M}]*|(?:(?![${right}])[\\p{L}\\p{N}\\p{M}])+|[^]`, "gu");

/** Whether the words of a text can appear in another order than they are stored in. */
const isOfBoth = (text: string): boolean => ofRight.test(text) && ofLeft.test(text);

/**
 * For a text with both directions, its sorted words, so that texts that can look the same are equal. Any other text is
 * returned as it is.
 */
export const withoutOrder = (text: string): string =>
  isOfBoth(text) ? (text.match(pieces) ?? []).sort().join("\u0003") : text;

/** The same text for a JSON string, which is then read from the left throughout. */
export const leftToRight = (json: string, escaped: (character: string) => string): string =>
  isOfBoth(json) ? json.replaceAll(allOfRight, escaped) : json;
