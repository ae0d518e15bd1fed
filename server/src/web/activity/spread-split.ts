/** The chart split by outcome, type or actor: the choices, the parts of its bars, and what each part is. */
import type { RequestServices } from "../../services.ts";
import { addressOf, withValue, withValues } from "../base/parameters.ts";
import type { HistogramProps, SplitKind } from "../kit/components/histogram/histogram.tsx";
import { marked } from "../kit/components/marked-text/marked-text.tsx";
import { type Question, splits } from "./question.ts";

type SplitHistogram = Awaited<ReturnType<RequestServices["search"]["histogram"]>>;

/** Nothing first, if it is split. */
export const splitChoices = (path: string, { given, split }: Question): HistogramProps["splits"] => [
  ...splits.map((by) => ({
    text: by,
    href: addressOf(path, withValues(given, "split", by === split ? [] : [by])),
    current: by === split,
  })),
];

/** The parts of each bucket, and what is left of it if anything is left of one; undefined if nothing is split. */
export function partsOf(
  { split }: SplitHistogram,
  buckets: SplitHistogram["buckets"],
): readonly (readonly number[])[] | undefined {
  if (split === undefined) return undefined;
  const rests = buckets.map(({ count, parts = [] }) => Math.max(0, count - sumOf(parts)));
  const hasRest = rests.some((rest) => rest > 0);
  return buckets.map(({ parts = [] }, n) => [...parts, ...(hasRest ? [rests[n] ?? 0] : [])]);
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

/** Part by part. */
export const sumsOf = (parts: readonly (readonly number[])[]): number[] =>
  (parts[0] ?? []).map((_, n) => sumOf(parts.map((each) => each[n] ?? 0)));

interface SplitList {
  readonly path: string;
  readonly question: Question;
}

/** Each part leads to its events. */
export function legendOf(
  { split }: SplitHistogram,
  parts: ReturnType<typeof partsOf>,
  { path, question: { given, about } }: SplitList,
): readonly SplitKind[] | undefined {
  if (split === undefined || parts === undefined) return undefined;
  const { by, values } = split;
  return sumsOf(parts).map((count, n): SplitKind => {
    const of = values[n];
    if (of === undefined) return { label: "Others", count, href: undefined };
    const href = about?.name === by ? undefined : addressOf(path, withValue(given, by, of.value));
    return { label: marked(of.label), count, href };
  });
}
