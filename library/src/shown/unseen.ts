/** The invisible and confusable characters of a text: which they are, and the name of each. All functions are pure. */

/**
 * Control characters, blanks other than the space, characters that have no width or change the text direction, and
 * characters without a glyph, which fonts show as the same box or not at all.
 */
const unseenClass =
  "[\\p{Cc}\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u2800\\u3000\\ufffc\\u{13441}\\u{13442}\\u{16fe4}\\u{1d159}\\p{Co}\\p{Cn}\\p{Default_Ignorable_Code_Point}\\p{Cf}]";
/**
 * Visible characters of the same classes: signs before Arabic, Syriac and Kaithi numbers, and emoji newer than this
 * machine's Unicode version.
 */
const seenClass =
  "[\\u0600-\\u0605\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u{110bd}\\u{110cd}\\p{Extended_Pictographic}]";
/** Combining marks after the fourth of a letter: they overlap each other and the lines above and below. */
const piledUp = "(?<=\\p{M}{4})(?=\\p{sc=Inherited})\\p{Mn}";
export const unseen: RegExp = new RegExp(`(?:(?!${seenClass})${unseenClass}|${piledUp})`, "u");

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
  65532: "object replacement",
};

/** `U+200B` */
export const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** The name of an invisible character. */
export function nameOfUnseen(character: string): string {
  const known = names[character.codePointAt(0) ?? 0];
  if (known !== undefined) return known;
  if (/\p{Cc}/u.test(character)) return "control character";
  if (/\p{Variation_Selector}/u.test(character)) return "variation selector";
  if (/\p{Co}/u.test(character)) return "private-use character";
  if (/\p{Mn}/u.test(character) && !/\p{Default_Ignorable_Code_Point}/u.test(character))
    return "combining mark";
  if (/\p{Cn}/u.test(character)) return "unassigned character";
  return /\p{Z}/u.test(character) ? "blank" : "invisible character";
}

const pictures = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]/u;
/** Scripts in which joiners connect or separate letters. */
const joined = [
  ...["Arabic", "Syriac", "Mandaic", "Nko", "Mongolian", "Adlam"],
  ...[
    "Devanagari",
    "Bengali",
    "Gurmukhi",
    "Gujarati",
    "Oriya",
    "Tamil",
    "Telugu",
    "Kannada",
    "Malayalam",
    "Sinhala",
  ],
  ...["Khmer", "Myanmar", "Tibetan", "Javanese", "Balinese", "Chakma", "Grantha"],
];
const ofJoinedScripts = new RegExp(
  `(?=[\\p{L}\\p{M}])[${joined.map((name) => `\\p{scx=${name}}`).join("")}]`,
  "u",
);
const ofEastAsia = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;

/** The flags of England, Scotland and Wales, which are spelled in tags. */
const flag =
  /^🏴\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}/u;
const flagLength = 14;

const isInFlag = (text: string, at: number): boolean => {
  const from = Math.max(0, at - flagLength);
  const start = text.slice(from, at).lastIndexOf("🏴");
  return start >= 0 && flag.test(text.slice(from + start, from + start + flagLength));
};

const before = (text: string, at: number): string =>
  /.$/su.exec(text.slice(Math.max(0, at - 2), at))?.[0] ?? "";
const after = (text: string, at: number): string =>
  at < text.length ? String.fromCodePoint(text.codePointAt(at) ?? 0) : "";

/**
 * Whether an invisible character affects how its neighbors are written: within an emoji, or between letters that join.
 */
export function isOfWriting(text: string, at: number): boolean {
  const code = text.codePointAt(at) ?? 0;
  if (code >= 0xe0020 && code <= 0xe007f) return isInFlag(text, at);
  const [one, other] = [before(text, at), after(text, at + (code > 0xffff ? 2 : 1))];
  if (code === 0xfe0f || code === 0xfe0e)
    return /[0-9#*]/.test(one) ? other === "\u20e3" : /[\p{Emoji}\p{Extended_Pictographic}]/u.test(one);
  if (code >= 0xe0100 && code <= 0xe01ef) return /\p{sc=Han}/u.test(one);
  if (code === 0x200c || code === 0x200d) {
    if (ofJoinedScripts.test(one) && ofJoinedScripts.test(other)) return true;
    return code === 0x200d && (pictures.test(one) || one === "\ufe0f") && pictures.test(other);
  }
  return code === 0x3000 && ofEastAsia.test(one) && ofEastAsia.test(other);
}
