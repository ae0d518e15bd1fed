/** Remarks below a value with deceptive text: each kind of mark once, with its code points. */
import { isOrdinary, type Segment } from "daybook/internal";
import type { VNode } from "preact";
import { Icon } from "../icon/icon.tsx";
import { codesOf, differencesOf, lookAlike, skeletonOf } from "./look-alikes.ts";
import { markedSegments } from "./marked-text.tsx";

/** The remarks of one text. */
const most = 4;

interface RemarksProps {
  readonly remarks: readonly string[];
  /** Whether they are only about how it is shown. */
  readonly isPlain?: boolean | undefined;
}

export const Remarks = ({ remarks, isPlain = false }: RemarksProps): VNode | null =>
  remarks.length === 0 ? null : (
    <div class={isPlain ? "db-remarks db-remarks--plain" : "db-remarks"}>
      {remarks.map((text) => (
        <p class="db-remark">
          <Icon name={isPlain ? "info" : "circle-alert"} />
          <bdi>{text}</bdi>
        </p>
      ))}
    </div>
  );

/** The remarks about a text; empty for most. */
export function remarksOf(text: string, lines = false): readonly string[] {
  if (isOrdinary(text)) return [];
  const segments = markedSegments(text, lines);
  const all = [
    ...new Set(segments.flatMap((segment, n) => remarkOf(segment, { n, last: segments.length - 1 }) ?? [])),
  ];
  return all.length > most ? [...all.slice(0, most), `And ${all.length - most} more such places.`] : all;
}

interface RemarkPosition {
  readonly n: number;
  readonly last: number;
}

function remarkOf(
  { text, word, codes = [], letter }: Segment,
  { n, last }: RemarkPosition,
): string | undefined {
  if (letter !== undefined) {
    const like = letter.like === undefined ? "" : ` It looks like the Latin ${letter.like}.`;
    return `Mixed alphabets: the marked ${text} is ${letter.script} (${letter.code}).${like}`;
  }
  if (word === undefined || /^line feed$/.test(word)) return undefined;
  const remark = `${articleOf(word)}${word}${codes.length === 0 ? "" : ` (${codes.join(", ")})`}`;
  if (n === last) return `Ends with ${remark}.`;
  return n === 0 ? `Begins with ${remark}.` : `Holds ${remark}.`;
}

const articleOf = (word: string): string =>
  /^\d|[+×]/.test(word) ? "" : /^[aeio]/i.test(word) ? "an " : "a ";

/** One of several texts, and whether it came or went. */
interface Changed {
  readonly text: string;
  readonly kind: "same" | "added" | "removed";
}

/** The remarks about texts that came or went and look like another one. */
export function alikeRemarks(texts: readonly Changed[]): readonly string[] {
  const known = new Map<string, Changed>();
  const found = new Set<string>();
  for (const one of texts) {
    if (one.text.length > longest) continue;
    const looks = skeletonOf(one.text);
    const other = known.get(looks);
    if (other === undefined) known.set(looks, one);
    else if (other.text !== one.text && (one.kind !== "same" || other.kind !== "same"))
      found.add(alikeWords(other.text, one.text));
  }
  return [...found].slice(0, most);
}

/** Characters: longer texts are not names. */
const longest = 500;

function alikeWords(one: string, other: string): string {
  const name = one.length > 40 ? `${one.slice(0, 40)}…` : one;
  const [place] = differencesOf(one, other);
  if (place === undefined)
    return `Two values look like ${name}, but differ in invisible or similar characters.`;
  const { from, to } = place;
  return `Two look like ${name}: where one has ${from} (${codesOf(from)}), the other has ${to} (${codesOf(to)}).`;
}

/** The remarks about two texts that look the same. */
export function alikeRemark(from: string, to: string): string | undefined {
  if (!lookAlike(from, to)) return undefined;
  const [first, ...more] = differencesOf(from, to);
  if (first === undefined) return "Looks like what it was, but differs in invisible or similar characters.";
  const rest =
    more.length === 0 ? "" : `, and so in ${more.length} more ${more.length === 1 ? "place" : "places"}`;
  return `Looks like what it was, but ${first.to} (${codesOf(first.to)}) replaces ${first.from} (${codesOf(first.from)})${rest}.`;
}
