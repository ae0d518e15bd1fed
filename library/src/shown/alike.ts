/**
 * Recognizes texts that look the same in most fonts but differ in their characters, with a short table of letters:
 * whole words in another alphabet, O and 0. Unicode's own table is far longer; pages use it. All functions are pure.
 */

/** Each pair: letters of Cyrillic, Greek and Armenian, then the ASCII letters that they look like, one for one. */
const table: readonly (readonly [string, string])[] = [
  ["аеорсухіјѕһԁԛԝӏАВЕКМНОРСТУХІЈЅԌԚԜӀ", "aeopcyxijshdqwlABEKMHOPCTYXIJSGQWl"],
  ["οαρνυικΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oapvuikABEZHIKMNOPTYX"],
  ["օսհոցԼՕՍ", "ouhngLOU"],
  ["0I1|", "Olll"],
];
const looks: ReadonlyMap<string, string> = new Map(
  table.flatMap(([letters, like]) => Array.from(letters, (letter, n) => [letter, like[n]!] as const)),
);

/** The letter that a letter looks like, followed to the end of the chain. */
const looksOf = (letter: string): string => {
  const like = looks.get(letter) ?? letter;
  return looks.get(like) ?? like;
};

/** Where two texts first differ in a letter. */
export interface AlikeAt {
  readonly from: string;
  readonly to: string;
}

/** The first place where texts that look the same differ; undefined if they are equal or don't look the same. */
export function alikeAt(from: string, to: string): AlikeAt | undefined {
  if (from.length !== to.length) return undefined;
  let first: AlikeAt | undefined;
  for (let at = 0; at < from.length; at++) {
    const [one, other] = [from.charAt(at), to.charAt(at)];
    if (one === other) continue;
    if (looksOf(one) !== looksOf(other)) return undefined;
    first ??= { from: one, to: other };
  }
  return first;
}
