/**
 * What became of the lines of a text: the same, removed or added, in order. Texts that it would take long to compare, and
 * those that have no line in common, are not told by lines. Pure; it refuses to know how that is shown.
 */
import { diffArrays } from "diff";

/** Lines that follow each other and had the same happen to them. */
export interface Lines {
  readonly kind: "same" | "removed" | "added";
  readonly lines: readonly string[];
}

/** Lines of each text; and of both together that are removed or added. The time goes with their product, at worst. */
const mostLines = 5_000;
const mostChanged = 200;

/**
 * The lines of both: without those added it is the one, without those removed the other. Undefined where both are
 * better shown as they are.
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

/** Empty lines, and marks that stand alone, have most texts in common. */
const isInBoth = ({ kind, lines }: Lines): boolean =>
  kind === "same" && lines.some((line) => /[\p{L}\p{N}]/u.test(line));

/** A stretch of a text as it is shown: what nothing happened to is folded, but for the lines beside what did. */
export interface Stretch extends Lines {
  readonly isFolded: boolean;
}

/** Lines that are shown beside a change; fewer lines than that are worth no fold. */
const beside = 3;
const worthFolding = 4;

/** What is shown and what is folded. */
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
