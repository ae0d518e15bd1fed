/** Folds texts: different notations of the same word become one, for events and queries alike. */

const ascii = /^[\0-\x7f]*$/;

/**
 * Letters that Unicode doesn't decompose, and what people enter who don't have them on their keyboard; and the sigma at the end of a word.
 * They are compared in lower case and without marks, so `Ł` and `Ǿ` are included.
 */
const plainLetters: Readonly<Record<string, string>> = {
  ł: "l",
  ø: "o",
  đ: "d",
  ð: "d",
  ħ: "h",
  ŧ: "t",
  ŋ: "n",
  // of the capital `ẞ`, which is its own upper case
  ß: "ss",
  æ: "ae",
  œ: "oe",
  þ: "th",
  ς: "σ",
};
const specialLetters = new RegExp(`[${Object.keys(plainLetters).join("")}]`, "g");
const marks = /\p{M}+/gu;

/** A text without case, marks and other forms of the same letter: `Ångström` and `angstrom` are equal, and `Łódź` and `lodz`. */
export function fold(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  const plain = text.normalize("NFKD").replace(marks, "");
  // by upper case, so that letters with the same one are equal, such as `ı` and `i`
  return plain
    .toUpperCase()
    .toLowerCase()
    .normalize("NFKD")
    .replace(marks, "")
    .replace(specialLetters, (letter) => plainLetters[letter]!);
}
