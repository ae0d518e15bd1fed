/**
 * A text in pieces: what is seen as it is, and what is marked, since it can't be seen or looks like something else. The pieces
 * together are the text, to the code point. Pure; it refuses to know how marks look.
 */
import { withoutOrder } from "./directions.ts";
import { deceptiveLetters, type PrototypeOf } from "./letters.ts";
import { codeOf, isOfWriting, nameOfUnseen, unseen } from "./unseen.ts";

/** One piece. */
export interface Segment {
  readonly text: string;
  /** What stands there, in words, where it isn't seen: "no-break space", "3 spaces". */
  readonly word?: string;
  /** Code points of what isn't seen, `U+200B`; none for spaces. */
  readonly codes?: readonly string[];
  /** Of a letter that looks like one of another alphabet. */
  readonly letter?: { readonly script: string; readonly code: string; readonly like?: string | undefined };
}

export interface Marking {
  /** Whether the text keeps its lines and what they begin with; else it is one line, and blanks are alike. */
  readonly lines?: boolean | undefined;
  /** What a letter looks like; without it, letters of another alphabet within a word are marked. */
  readonly prototypeOf?: PrototypeOf | undefined;
}

/** A text of which nothing is marked: printable ASCII with single spaces. */
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

/** Words of one mark. */
const mostWords = 3;

/** What stands side by side is one mark: a thousand of them are no thousand elements. */
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

/** Whether it is left as it is: ends of lines and tabs where lines are kept, and what belongs to how its neighbours are written. */
function isKept(character: string, { text, at, isLast, lines }: SegmentPlace): boolean {
  if (character === "\n") return lines;
  if (character === "\t") return lines && !isLast;
  return isOfWriting(text, at);
}

function* lettersIn(text: string, { prototypeOf }: Marking): Generator<FoundSegment> {
  for (const { at, letter, script, like } of deceptiveLetters(text, prototypeOf))
    yield { at, segment: { text: letter, letter: { script, code: codeOf(letter), like } } };
}

/** What a reader sees of a text: what is marked by its words, what is kept and can't be seen left out, blanks as one. */
const seenOf = (segments: readonly Segment[]): string =>
  segments
    .map(({ text, word }) =>
      word === undefined
        ? text.replaceAll(unseenAll, "").replaceAll(/[ \n\t\u3000]+/g, " ")
        : `\u0001${word}\u0002`,
    )
    .join("")
    .replaceAll(/^ | $/g, "");

/** What a reader sees of a text; of one that is written in both directions, whatever the order of its words. */
export const visibleTextOf = (text: string, marking?: Marking): string =>
  isOrdinary(text) ? text : withoutOrder(seenOf(segmentsOf(text, marking)));

const unseenAll = new RegExp(`(?![\\n\\t])${unseen.source}`, "gu");
