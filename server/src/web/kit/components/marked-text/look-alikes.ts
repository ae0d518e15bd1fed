/**
 * Texts that look the same but differ in their characters: by Unicode's compatibility forms and its table of confusables (unhomoglyph has
 * it as data). All functions are pure.
 */
import { codeOf, isOrdinary, sameStart, unseen, withoutOrder } from "daybook/internal";
// a CommonJS module, although its types differ
import * as unhomoglyph from "unhomoglyph";

const prototype = unhomoglyph.default as unknown as (text: string) => string;
const kept = new Map<string, string>();

/** A cache of what letters look like: the table is large, and pages show the same few letters. */
export function prototypeOf(letter: string): string {
  let like = kept.get(letter);
  if (like === undefined) {
    like = prototype(letter);
    if (kept.size >= 1_000) kept.clear();
    kept.set(letter, like);
  }
  return like;
}

/** Texts with more differences are compared only by their characters. */
const longest = 2_000;
const allUnseen = new RegExp(unseen.source, "gu");
/** ASCII characters that look like another, or like two. */
const confused = /[01I|m`"%]/g;

/** The look of a text: texts that look the same have the same result. */
export function skeletonOf(text: string): string {
  // the whole table is one slow expression, and printable ASCII, which is nearly everything, doesn't need it
  if (isOrdinary(text)) return text.replaceAll(confused, prototypeOf);
  const plain = text.replaceAll(wholeAlike, prototypeOf).normalize("NFKC").normalize("NFD");
  const seen = plain.replaceAll(allUnseen, "").replaceAll(dotted, "");
  return withoutOrder(prototype(seen).normalize("NFD"));
}

/** Letters that look different from their compatible one: a long s is an s, but looks like an f. */
const wholeAlike = /ſ/g;
/** Letters with a dot above. */
const dotted = /(?<=[ij])\u0307/g;

/** The look of a short text, such as a name or a label, at a glance: ignoring case and outer blanks. */
export const looksOf = (text: string): string => skeletonOf(text.trim()).toLowerCase();

/** Whether two different texts look the same. */
export function lookAlike(from: string, to: string): boolean {
  if (from === to || differAtOnce(from, to)) return false;
  const [one, other] = around(from, to);
  return one.length <= longest && other.length <= longest && skeletonOf(one) === skeletonOf(other);
}

/** The different parts of both, with characters that may combine with them, so that long texts are compared as fast as short ones. */
function around(from: string, to: string): readonly [string, string] {
  if (Math.max(from.length, to.length) <= beside) return [from, to];
  const start = sameStart(from, to);
  const most = Math.min(from.length, to.length) - start;
  let end = 0;
  while (end < most && from.charCodeAt(from.length - 1 - end) === to.charCodeAt(to.length - 1 - end)) end++;
  const part = (text: string): string =>
    text.slice(Math.max(0, start - beside), text.length - Math.max(0, end - beside));
  return [part(from), part(to)];
}
const beside = 64;

/** Whether the first different characters look different: for most ASCII texts, this decides. */
function differAtOnce(one: string, other: string): boolean {
  if (!isOrdinary(one) || !isOrdinary(other)) return false;
  const at = sameStart(one, other);
  const looks = (character: string): string => character.replace(confused, prototypeOf).charAt(0);
  return looks(one.charAt(at)) !== looks(other.charAt(at));
}

/** One character of a text, with its combining marks. */
const characters = new Intl.Segmenter("en", { granularity: "grapheme" });
const charactersOf = (text: string): string[] =>
  Array.from(characters.segment(text), ({ segment }) => segment);

/** A place where two texts differ. */
export interface Difference {
  readonly from: string;
  readonly to: string;
}

/** The differences of two texts with the same number of characters; empty if the numbers differ. */
export function differencesOf(from: string, to: string): readonly Difference[] {
  const [before, after] = around(from, to).map(charactersOf) as [string[], string[]];
  if (before.length !== after.length) return [];
  return before.flatMap((one, n) => {
    const other = after[n] ?? "";
    return one === other ? [] : [{ from: one, to: other }];
  });
}

/** `U+0065 U+0301` */
export const codesOf = (text: string): string => Array.from(text, codeOf).join(" ");
