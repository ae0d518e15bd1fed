/**
 * Texts that look the same and differ in their characters: by Unicode's compatibility forms and its table of confusables
 * (unhomoglyph has it as data). Pure.
 */
import { codeOf, isOrdinary, sameStart, unseen, withoutOrder } from "daybook/internal";
// a CommonJS module whose types say otherwise
import * as unhomoglyph from "unhomoglyph";

const prototype = unhomoglyph.default as unknown as (text: string) => string;
const kept = new Map<string, string>();

/** What a letter looks like; the table is large, and pages show the same few letters. */
export function prototypeOf(letter: string): string {
  let like = kept.get(letter);
  if (like === undefined) {
    like = prototype(letter);
    if (kept.size >= 1_000) kept.clear();
    kept.set(letter, like);
  }
  return like;
}

/** Texts that differ in more than that are compared by their characters alone. */
const longest = 2_000;
const allUnseen = new RegExp(unseen.source, "gu");
/** Those of ASCII that look like another, or like two. */
const confused = /[01I|m`"%]/g;

/** What a text looks like: texts that look the same have the same. */
export function skeletonOf(text: string): string {
  // the whole table is one slow expression: printable ASCII, which is nearly everything, does without
  if (isOrdinary(text)) return text.replaceAll(confused, prototypeOf);
  const plain = text.replaceAll(wholeAlike, prototypeOf).normalize("NFKC").normalize("NFD");
  const seen = plain.replaceAll(allUnseen, "").replaceAll(dotted, "");
  return withoutOrder(prototype(seen).normalize("NFD"));
}

/** Letters that look like another than their compatible one: a long s, which is an s, like an f. */
const wholeAlike = /ſ/g;
/** A dot above what has one. */
const dotted = /(?<=[ij])\u0307/g;

/** What a short text, a name or a label, is taken for at a glance: without regard to capitals and to blanks at its ends. */
export const looksOf = (text: string): string => skeletonOf(text.trim()).toLowerCase();

/** Whether two texts that differ look the same. */
export function lookAlike(from: string, to: string): boolean {
  if (from === to || differAtOnce(from, to)) return false;
  const [one, other] = around(from, to);
  return one.length <= longest && other.length <= longest && skeletonOf(one) === skeletonOf(other);
}

/** What differs of both, and what a character that differs may be part of: a long text is as quickly compared as a short one. */
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

/** Whether the first characters that differ don't look the same: most texts of ASCII need no more. */
function differAtOnce(one: string, other: string): boolean {
  if (!isOrdinary(one) || !isOrdinary(other)) return false;
  const at = sameStart(one, other);
  const looks = (character: string): string => character.replace(confused, prototypeOf).charAt(0);
  return looks(one.charAt(at)) !== looks(other.charAt(at));
}

/** One character of a text, with the marks that belong to it. */
const characters = new Intl.Segmenter("en", { granularity: "grapheme" });
const charactersOf = (text: string): string[] =>
  Array.from(characters.segment(text), ({ segment }) => segment);

/** A place where two texts differ. */
export interface Difference {
  readonly from: string;
  readonly to: string;
}

/** Where two texts of as many characters differ; none where they have not as many. */
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
