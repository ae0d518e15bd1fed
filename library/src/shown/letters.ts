/**
 * Letters of one alphabet that look like letters of another, within a word of the other: Cyrillic а in "payments". All
 * functions are pure.
 */

/** The letter that represents all letters that look like it; the letter itself if there is no other. */
export type PrototypeOf = (letter: string) => string;

/** A letter that can be mistaken for another. */
export interface Deceptive {
  /** In UTF-16 code units. */
  readonly at: number;
  readonly letter: string;
  /** "Cyrillic" */
  readonly script: string;
  /** The ASCII letters that it looks like, if known. */
  readonly like: string | undefined;
}

/**
 * Alphabets with letters that look like each other's. Words of Japanese or Korean also contain several scripts, which
 * don't.
 */
const scripts = (
  ["Latin", "Cyrillic", "Greek", "Armenian", "Cherokee", "Coptic", "Lisu", "Deseret", "Georgian"] as const
).map((name) => [name, new RegExp(`\\p{sc=${name}}`, "u")] as const);
const ofOther =
  /[\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Armenian}\p{sc=Cherokee}\p{sc=Coptic}\p{sc=Lisu}\p{sc=Deseret}\p{sc=Georgian}]/u;
/** Letters that are another form of ASCII letters: full-width, mathematical, Roman numerals. */
const ofCompatibility = /[\uff21-\uff3a\uff41-\uff5a\u2160-\u217f\u{1d400}-\u{1d7ff}]/u;
const word = /[\p{L}\p{M}\p{N}]+/gu;

const scriptOf = (letter: string): string | undefined => scripts.find(([, isOf]) => isOf.test(letter))?.[0];

/** The letters of a text that can be mistaken. Most texts have none, which a quick test shows. */
export function* deceptiveLetters(text: string, prototypeOf?: PrototypeOf): Generator<Deceptive> {
  if (!ofOther.test(text) && !ofCompatibility.test(text)) return;
  const isDisguised = prototypeOf !== undefined && isOfLookAlikes(text, prototypeOf);
  for (const { 0: letters, index } of text.matchAll(word)) {
    if (!ofOther.test(letters) && !ofCompatibility.test(letters)) continue;
    yield* inWord(letters, { index, prototypeOf, isDisguised });
  }
}

/**
 * Whether a text has Latin letters, and each other letter looks like a Latin one: "Acme" beside a word that is entirely
 * Cyrillic. If one letter doesn't, the author writes in that alphabet.
 */
function isOfLookAlikes(text: string, prototypeOf: PrototypeOf): boolean {
  if (!/\p{sc=Latin}/u.test(text)) return false;
  for (const letter of text) {
    const script = kindOf(letter);
    if (script !== undefined && script !== "Latin" && asciiOf(letter, prototypeOf) === undefined)
      return false;
  }
  return true;
}

interface InWord {
  readonly index: number;
  readonly prototypeOf: PrototypeOf | undefined;
  readonly isDisguised: boolean;
}

function* inWord(letters: string, { index, prototypeOf, isDisguised }: InWord): Generator<Deceptive> {
  const counts = new Map<string, number>();
  for (const letter of letters) {
    const script = kindOf(letter);
    if (script !== undefined) counts.set(script, (counts.get(script) ?? 0) + 1);
  }
  if (isDisguised) counts.set("Latin", letters.length + 1);
  if (counts.size < 2) return;
  // if there are equally many of each, the letters that aren't Latin are the odd ones
  const [main] = [...counts].reduce((a, b) => (b[1] > a[1] || (b[1] === a[1] && b[0] === "Latin") ? b : a));
  let at = index;
  for (const letter of letters) {
    const script = kindOf(letter);
    if (script !== undefined && script !== main) {
      const like = asciiOf(letter, prototypeOf);
      if (prototypeOf === undefined || like !== undefined) yield { at, letter, script, like };
    }
    at += letter.length;
  }
}

/** The alphabet of a letter; compatibility forms don't count as Latin. */
const kindOf = (letter: string): string | undefined =>
  ofCompatibility.test(letter) ? "wide or mathematical" : scriptOf(letter);

function asciiOf(letter: string, prototypeOf?: PrototypeOf): string | undefined {
  const plain = letter.normalize("NFKC");
  const looks = /^[A-Za-z]+$/.test(plain) ? plain : prototypeOf?.(letter);
  return looks !== undefined && /^[A-Za-z]+$/.test(looks) ? looks : undefined;
}
