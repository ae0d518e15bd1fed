/** The characters of a text that can't be seen, or are taken for others: which they are, and what each is called. Pure. */

/** Controls, blanks other than the space, and what takes no room or turns the direction of writing. */
const unseenClass =
  "[\\p{Cc}\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u2800\\u3000\\p{Default_Ignorable_Code_Point}\\p{Cf}]";
/** Signs before Arabic, Syriac and Kaithi numbers: of the same class, and seen. */
const seenFormat = "[\\u0600-\\u0605\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u{110bd}\\u{110cd}]";
export const unseen: RegExp = new RegExp(`(?!${seenFormat})${unseenClass}`, "u");

const names: Readonly<Record<number, string>> = {
  0: "null character",
  8: "backspace",
  9: "tab",
  10: "line feed",
  13: "carriage return",
  27: "escape",
  127: "delete",
  160: "no-break space",
  173: "soft hyphen",
  847: "grapheme joiner",
  1564: "Arabic letter mark",
  8203: "zero-width space",
  8204: "zero-width non-joiner",
  8205: "zero-width joiner",
  8206: "left-to-right mark",
  8207: "right-to-left mark",
  8232: "line separator",
  8233: "paragraph separator",
  8234: "left-to-right embedding",
  8235: "right-to-left embedding",
  8236: "end of direction",
  8237: "left-to-right override",
  8238: "right-to-left override",
  8239: "narrow no-break space",
  8288: "word joiner",
  8294: "left-to-right isolate",
  8295: "right-to-left isolate",
  8296: "first strong isolate",
  8297: "end of isolate",
  10240: "blank pattern",
  12288: "ideographic space",
  12644: "Hangul filler",
  65279: "zero-width no-break space",
};

/** `U+200B` */
export const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** What a character that can't be seen is called. */
export function nameOfUnseen(character: string): string {
  const known = names[character.codePointAt(0) ?? 0];
  if (known !== undefined) return known;
  if (/\p{Cc}/u.test(character)) return "control character";
  if (/\p{Variation_Selector}/u.test(character)) return "variation selector";
  return /\p{Z}/u.test(character) ? "blank" : "invisible character";
}

const pictures = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]/u;
const ofJoinedScripts = /(?![\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}])[\p{L}\p{M}]/u;

const ofEastAsia = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;

/** What an unseen character stands between. */
export interface Between {
  readonly before: string;
  readonly after: string;
}

/** What a character of that length stands between. */
export const around = (text: string, at: number, length: number): Between => ({
  before: /.$/su.exec(text.slice(Math.max(0, at - 2), at))?.[0] ?? "",
  after: at + length < text.length ? String.fromCodePoint(text.codePointAt(at + length) ?? 0) : "",
});

/** Whether it belongs to how its neighbours are written: within an emoji, or between letters that join. */
export function isOfWriting(character: string, { before, after }: Between): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0xfe0f || code === 0xfe0e) return /[\p{Emoji}\p{Extended_Pictographic}]/u.test(before);
  if (code >= 0xe0100 && code <= 0xe01ef) return /\p{sc=Han}/u.test(before);
  if (code === 0x200c || code === 0x200d) {
    if (ofJoinedScripts.test(before) && ofJoinedScripts.test(after)) return true;
    return code === 0x200d && (pictures.test(before) || before === "\ufe0f") && pictures.test(after);
  }
  if (code === 0x3000) return ofEastAsia.test(before) && ofEastAsia.test(after);
  // the flags of parts of countries are spelt in tags
  return code >= 0xe0020 && code <= 0xe007f && (before === "🏴" || /[\u{e0020}-\u{e007e}]/u.test(before));
}
