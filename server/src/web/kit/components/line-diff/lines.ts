/**
 * Compares the lines of two texts: the same, removed or added, in order. Texts that take long to compare, or have no common line, are not
 * compared by lines. All functions are pure.
 */
import { diffArrays } from "diff";

/** Consecutive lines with the same result. */
export interface Lines {
  readonly kind: "same" | "removed" | "added";
  readonly lines: readonly string[];
}

/**
 * The maximum number of lines in each text, and of removed and added lines together. In the worst case, the time grows with their product.
 */
const mostLines = 5_000;
const mostChanged = 200;

/**
 * The lines of both texts: without the added ones it is the first, without the removed ones the second. Undefined if the whole texts are
 * clearer.
 */
export function linesBetween(
  before: readonly string[],
  after: readonly string[],
): readonly Lines[] | undefined {
  if (Math.max(before.length, after.length) > mostLines) return undefined;
  const parts = diffArrays([...before], [...after], { maxEditLength: mostChanged })?.map(
    ({ value, added, removed }): Lines => ({
      kind: added ? "added" : removed ? "removed" : "same",
      lines: value,
    }),
  );
  return parts?.some(isInBoth) ? parts : undefined;
}

/** Most texts share empty lines and lone punctuation marks, so these don't count as common lines. */
const isInBoth = ({ kind, lines }: Lines): boolean =>
  kind === "same" && lines.some((line) => /[\p{L}\p{N}]/u.test(line));

/** A visible part of a text: unchanged lines are folded, except those beside a change. */
export interface Stretch extends Lines {
  readonly isFolded: boolean;
}

/** The number of unchanged lines beside a change; fewer lines than that are not folded. */
const beside = 3;
const worthFolding = 4;

/** The visible and the folded parts. */
export const stretchesOf = (parts: readonly Lines[]): readonly Stretch[] =>
  parts.flatMap((part, at): readonly Stretch[] => {
    if (part.kind !== "same") return [{ ...part, isFolded: false }];
    const start = at === 0 ? 0 : beside;
    const end = part.lines.length - (at === parts.length - 1 ? 0 : beside);
    if (end - start < worthFolding) return [{ ...part, isFolded: false }];
    return [
      { kind: part.kind, lines: part.lines.slice(0, start), isFolded: false },
      { kind: part.kind, lines: part.lines.slice(start, end), isFolded: true },
      { kind: part.kind, lines: part.lines.slice(end), isFolded: false },
    ].filter(({ lines }) => lines.length > 0);
  });
