/**
 * What something was and what it is now, as two texts that never read the same: where they would, both are JSON. One function for
 * cards, lists, lines and the command line; it refuses to know any of them.
 */
import { type Json, sameJson } from "../event/index.ts";
import { leftToRight } from "./directions.ts";
import { type Marking, visibleTextOf } from "./segments.ts";
import { unseen } from "./unseen.ts";

/** A value as it reads. */
export interface Reading {
  readonly text: string;
  /** Whether it is JSON. */
  readonly isJson: boolean;
  /** Whether these are words of ours that stand for a value, "Not entered", and not its text. */
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
  /** `words`: as each reads by itself. `json`: both would have read the same. `escaped`: as JSON too, but for what can't be seen. */
  readonly as: "words" | "json" | "escaped";
  /** Whether the texts keep their lines. */
  readonly lines: boolean;
}

/** How a pair is shown. */
export interface PairForm {
  /** Characters: of what is cut, and of what keeps its lines where it is shown whole. */
  readonly most: number;
  /** Whether nothing is cut. */
  readonly whole?: boolean | undefined;
}

/** How one value reads by itself. */
export type Read = (value: Json | undefined) => Reading;

/** What stands for a member that isn't there: no JSON reads so. */
const absent: Reading = { text: "Absent", isJson: false, isWords: true };

/** A value as JSON on one line. */
export const asJson: Read = (value) =>
  value === undefined ? absent : { text: JSON.stringify(value), isJson: true };

const missed = new RegExp(`(?<= ) |${unseen.source}`, "gu");
const missedOrJoined = new RegExp(`(?<= ) |\\p{M}|${unseen.source}`, "gu");

/**
 * The same with an escape for whatever a reader may miss, for the marks of letters that are written in parts, and for what is written
 * from the right beside what is written from the left.
 */
export const asEscapedJson: Read = (value) => {
  if (value === undefined) return absent;
  const text = JSON.stringify(value);
  const hidden = text.normalize("NFC") === text ? missed : missedOrJoined;
  return { text: leftToRight(text.replaceAll(hidden, escaped), escaped), isJson: true };
};

/** JSON in lines with an escape for whatever can't be seen: the same value to whatever parses it. */
export const escapedLines = (json: string): string => json.replaceAll(unseenInLines, escaped);
const unseenInLines = new RegExp(`(?!\\n)${unseen.source}`, "gu");

const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, n) => character.charCodeAt(n))
    .map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`)
    .join("");

/** Whether a reader can tell two texts from each other. */
export function readApart(one: string, other: string, marking: Marking = {}): boolean {
  return one !== other && visibleTextOf(one, marking) !== visibleTextOf(other, marking);
}

/** Both sides; values that are the same read as they read. */
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

/** Whether a reader can tell what is shown of both from each other. */
const areApart = ({ from, to, lines }: Omit<Pair, "as">): boolean =>
  from.part.after > 0 !== to.part.after > 0 || readApart(from.part.text, to.part.text, { lines });

const isSame = (one: Json | undefined, other: Json | undefined): boolean =>
  one === undefined || other === undefined ? one === other : sameJson(one, other);

/** Texts that are cut to `most` characters where both still differ: at the same place, and around the first difference. */
export function cutPair(one: string, other: string, most: number): readonly [Cut, Cut] {
  const same = Math.max(one.length, other.length) <= most ? 0 : sameStart(one, other);
  return [cutAfter(one, same, most), cutAfter(other, same, most)];
}

/** How many characters both begin with. */
export function sameStart(one: string, other: string): number {
  let same = 0;
  const shorter = Math.min(one.length, other.length);
  while (same < shorter && one.charCodeAt(same) === other.charCodeAt(same)) same++;
  return same;
}

/** At most `most` characters, of which some stand before the place `same`: it is seen where it is. */
export function cutAfter(text: string, same: number, most: number): Cut {
  const start = same < most - most / 4 ? 0 : whole(text, same - Math.floor(most / 4));
  return cut(text, start, most);
}

/** A part of a text, and how many characters stand before and after it. */
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

/** A place that is within no pair of surrogates. */
const whole = (text: string, at: number): number => (/[\udc00-\udfff]/.test(text[at] ?? "") ? at - 1 : at);
