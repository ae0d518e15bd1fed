/**
 * Splits a text into pieces: visible text, and marked text that is invisible or looks like something else. The pieces
 * together are the text, to the code point. All functions are pure.
 */
import { withoutOrder } from "./directions.ts";
import { deceptiveLetters, type PrototypeOf } from "./letters.ts";
import { codeOf, isOfWriting, nameOfUnseen, unseen } from "./unseen.ts";

/** One piece. */
export interface Segment {
  readonly text: string;
  /** The words for invisible text: "no-break space", "3 spaces". */
  readonly word?: string;
  /** The code points of invisible text, `U+200B`; absent for spaces. */
  readonly codes?: readonly string[];
  /** For a letter that looks like one of another alphabet. */
  readonly letter?: { readonly script: string; readonly code: string; readonly like?: string | undefined };
}

export interface Marking {
  /** Whether the text keeps its line breaks and indentation; otherwise it is one line, and all blanks are the same. */
  readonly lines?: boolean | undefined;
  /** What a letter looks like; if absent, letters of another alphabet within a word are marked. */
  readonly prototypeOf?: PrototypeOf | undefined;
}

/** A text without marks: printable ASCII with single spaces. */
const ordinary = /^(?:[\x21-\x7e]+(?: [\x21-\x7e]+)*)?$/;
export const isOrdinary = (text: string): boolean => ordinary.test(text);

const blanksAndUnseen = new RegExp(` +|[\\t\\n\\r]|${unseen.source}`, "gu");

interface FoundSegment {
  readonly at: number;
  readonly segment: Segment;
}

/** The pieces of a text. */
export function segmentsOf(text: string, marking: Marking = {}): readonly Segment[] {
  if (isOrdinary(text)) return text === "" ? [] : [{ text }];
  const found = [...unseenIn(text, marking), ...lettersIn(text, marking)].sort((a, b) => a.at - b.at);
  const segments: Segment[] = [];
  let end = 0;
  for (const { at, segment } of found) {
    if (at > end) segments.push({ text: text.slice(end, at) });
    const last = segments.at(-1);
    if (at === end && last?.word !== undefined && segment.word !== undefined)
      segments[segments.length - 1] = together(last, segment);
    else segments.push(segment);
    end = at + segment.text.length;
  }
  if (end < text.length) segments.push({ text: text.slice(end) });
  return segments;
}

/** The words of one mark. */
const mostWords = 3;

/** Adjacent invisible characters share one mark: a thousand of them don't become a thousand elements. */
function together(one: Segment, other: Segment): Segment {
  if (one.word?.endsWith(" + more")) return { ...one, text: one.text + other.text };
  const codes = [...(one.codes ?? []), ...(other.codes ?? [])];
  const words = one.word?.split(" + ") ?? [];
  const last = words.at(-1) ?? "";
  const [, word = last, times] = /^(.*?)(?: × (\d+))?$/.exec(last) ?? [];
  if (word === other.word) words[words.length - 1] = `${word} × ${Number(times ?? 1) + 1}`;
  else if (words.length < mostWords) words.push(other.word ?? "");
  else if (words.at(-1) !== "more") words.push("more");
  return {
    text: one.text + other.text,
    word: words.join(" + "),
    codes: [...new Set(codes)].slice(0, mostWords),
  };
}

function* unseenIn(text: string, { lines = false }: Marking): Generator<FoundSegment> {
  for (const { 0: character, index: at } of text.matchAll(blanksAndUnseen)) {
    const end = at + character.length;
    const isLast = end === text.length || (lines && /[\r\n]/.test(text[end] ?? ""));
    if (character.startsWith(" ")) {
      const isMarked = isLast || (!lines && (at === 0 || character.length > 1));
      if (isMarked) yield { at, segment: { text: character, word: spaces(character.length) } };
    } else if (!isKept(character, { text, at, isLast, lines }))
      yield { at, segment: { text: character, word: nameOfUnseen(character), codes: [codeOf(character)] } };
  }
}

const spaces = (count: number): string => (count === 1 ? "space" : `${count} spaces`);

interface SegmentPlace {
  readonly text: string;
  readonly at: number;
  readonly isLast: boolean;
  readonly lines: boolean;
}

/**
 * Whether a character stays unmarked: line ends and tabs if lines are kept, and characters that affect how their
 * neighbors are written.
 */
function isKept(character: string, { text, at, isLast, lines }: SegmentPlace): boolean {
  if (character === "\n") return lines;
  if (character === "\t") return lines && !isLast;
  return isOfWriting(text, at);
}

function* lettersIn(text: string, { prototypeOf }: Marking): Generator<FoundSegment> {
  for (const { at, letter, script, like } of deceptiveLetters(text, prototypeOf))
    yield { at, segment: { text: letter, letter: { script, code: codeOf(letter), like } } };
}

/** The text that a reader sees: marks as their words, without kept invisible characters, with all blanks the same. */
const seenOf = (segments: readonly Segment[]): string =>
  segments
    .map(({ text, word }) =>
      word === undefined
        ? text.replaceAll(unseenAll, "").replaceAll(/[ \n\t\u3000]+/g, " ")
        : `\u0001${word}\u0002`,
    )
    .join("")
    .replaceAll(/^ | $/g, "");

/** The text that a reader sees; for a text of both directions, independent of the order of its words. */
export const visibleTextOf = (text: string, marking?: Marking): string =>
  isOrdinary(text) ? text : withoutOrder(seenOf(segmentsOf(text, marking)));

const unseenAll = new RegExp(`(?![\\n\\t])${unseen.source}`, "gu");
