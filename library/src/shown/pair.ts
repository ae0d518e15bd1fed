/**
 * A value before and after a change, as two texts that never look the same: if they would, both are JSON. Cards, lists,
 * lines and the command line all use this one function.
 */
import { type Json, sameJson } from "../event/index.ts";
import { leftToRight } from "./directions.ts";
import { type Marking, visibleTextOf } from "./segments.ts";
import { unseen } from "./unseen.ts";

/** The text of a value. */
export interface Reading {
  readonly text: string;
  /** Whether it is JSON. */
  readonly isJson: boolean;
  /** Whether the text is Daybook's own words for a value, such as "Not entered", and not the value itself. */
  readonly isWords?: boolean;
}

/** One side of a pair, and the part of it that is shown. */
interface PairSide {
  readonly reading: Reading;
  readonly part: Cut;
}

export interface Pair {
  readonly from: PairSide;
  readonly to: PairSide;
  /**
   * `words`: the usual text of each. `json`: both would have looked the same. `escaped`: JSON with escapes for
   * invisible characters.
   */
  readonly as: "words" | "json" | "escaped";
  /** Whether the texts keep their line breaks. */
  readonly lines: boolean;
}

/** How to show a pair. */
export interface PairForm {
  /** The maximum of characters of a cut text, and of a text that is shown whole with its line breaks. */
  readonly most: number;
  /** Whether nothing is cut. */
  readonly whole?: boolean | undefined;
}

/** The usual text of one value. */
export type Read = (value: Json | undefined) => Reading;

/** The text for an absent member, which isn't the JSON of any value. */
const absent: Reading = { text: "Absent", isJson: false, isWords: true };

/** A value as JSON on one line. */
export const asJson: Read = (value) =>
  value === undefined ? absent : { text: JSON.stringify(value), isJson: true };

const missed = new RegExp(`(?<= ) |${unseen.source}`, "gu");
const missedOrJoined = new RegExp(`(?<= ) |\\p{M}|${unseen.source}`, "gu");

/**
 * The same, with an escape for whatever a reader can miss: invisible characters, combining marks, and right-to-left
 * text beside left-to-right text.
 */
export const asEscapedJson: Read = (value) => {
  if (value === undefined) return absent;
  const text = JSON.stringify(value);
  const hidden = text.normalize("NFC") === text ? missed : missedOrJoined;
  return { text: leftToRight(text.replaceAll(hidden, escaped), escaped), isJson: true };
};

/** JSON in lines with an escape for each invisible character: a parser reads the same value. */
export const escapedLines = (json: string): string => json.replaceAll(unseenInLines, escaped);
const unseenInLines = new RegExp(`(?!\\n)${unseen.source}`, "gu");

const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, n) => character.charCodeAt(n))
    .map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`)
    .join("");

/** Whether a reader can distinguish two texts. */
export function readApart(one: string, other: string, marking: Marking = {}): boolean {
  return one !== other && visibleTextOf(one, marking) !== visibleTextOf(other, marking);
}

/** Both sides; equal values have their usual text. */
export function pairOf(from: Json | undefined, to: Json | undefined, read: Read, form: PairForm): Pair {
  const words = { ...sidesOf(read(from), read(to), form), as: "words" as const };
  if (areApart(words) || isSame(from, to)) return words;
  const json = { ...sidesOf(asJson(from), asJson(to), form), as: "json" as const };
  if (areApart(json)) return json;
  return { ...sidesOf(asEscapedJson(from), asEscapedJson(to), form), as: "escaped" };
}

function sidesOf(from: Reading, to: Reading, { most, whole = false }: PairForm): Omit<Pair, "as"> {
  const texts = [from.text, to.text];
  const lines = whole && texts.some((text) => text.length > most || text.includes("\n"));
  const length = whole ? Math.max(...texts.map((text) => text.length)) : most;
  const [one, other] = cutPair(from.text, to.text, length);
  return { from: { reading: from, part: one }, to: { reading: to, part: other }, lines };
}

/** Whether a reader can distinguish the visible parts of both. */
const areApart = ({ from, to, lines }: Omit<Pair, "as">): boolean =>
  from.part.after > 0 !== to.part.after > 0 || readApart(from.part.text, to.part.text, { lines });

const isSame = (one: Json | undefined, other: Json | undefined): boolean =>
  one === undefined || other === undefined ? one === other : sameJson(one, other);

/** Cuts both texts to `most` characters, at the same place, around the first difference. */
export function cutPair(one: string, other: string, most: number): readonly [Cut, Cut] {
  const same = Math.max(one.length, other.length) <= most ? 0 : sameStart(one, other);
  return [cutAfter(one, same, most), cutAfter(other, same, most)];
}

/** The length of the common prefix. */
export function sameStart(one: string, other: string): number {
  let same = 0;
  const shorter = Math.min(one.length, other.length);
  while (same < shorter && one.charCodeAt(same) === other.charCodeAt(same)) same++;
  return same;
}

/**
 * At most `most` characters, some of them before the position `same`, so that a reader sees the difference in context.
 */
export function cutAfter(text: string, same: number, most: number): Cut {
  const start = same < most - most / 4 ? 0 : whole(text, same - Math.floor(most / 4));
  return cut(text, start, most);
}

/** A part of a text, and the number of characters before and after it. */
export interface Cut {
  readonly before: number;
  readonly text: string;
  readonly after: number;
}

/** From `start` on, at most `most` characters. */
export function cut(text: string, start: number, most: number): Cut {
  const end = text.length - start > most ? whole(text, start + most) : text.length;
  return { before: start, text: text.slice(start, end), after: text.length - end };
}

/** A position that isn't within a surrogate pair. */
const whole = (text: string, at: number): number => (/[\udc00-\udfff]/.test(text[at] ?? "") ? at - 1 : at);
