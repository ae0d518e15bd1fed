/** Which of the documents that meet the conditions terms don't decide: their text does. */
import type { IndexSegment, SegmentReads } from "../../store/contract/segments.ts";
import { Bits } from "./bits.ts";
import type { Conditions, WantedTerm } from "./conditions.ts";
import { type Effort, type Look, lookEverywhere } from "./looks.ts";

/** A segment with the documents that meet the conditions. */
interface Met {
  readonly segment: IndexSegment;
  readonly found: Bits;
}

/** The documents of terms in a segment, once they were looked for. */
interface LookedFor {
  readonly found: Bits;
  readonly looks: readonly Look[];
}

const lookFor = (segment: IndexSegment, terms: readonly WantedTerm[]): LookedFor => {
  const found = new Bits(segment.events);
  return { found, looks: terms.map((wanted) => ({ segment, wanted, found })) };
};

/** For each segment its undecided documents; undefined if there are none. */
export async function undecidedIn(
  reads: Pick<SegmentReads, "blocks">,
  met: readonly Met[],
  { conditions, effort }: { readonly conditions: Conditions; readonly effort: Effort },
): Promise<(Bits | undefined)[]> {
  if (conditions.needsText) return met.map(({ found }) => found);
  const { shown, hidden } = conditions.phrases;
  if (met.length === 0 || shown.length + hidden.length === 0) return met.map(() => undefined);
  const sets = met.map(({ segment }) => ({
    shown: shown.map((terms) => lookFor(segment, terms)),
    hidden: hidden.map((terms) => terms.map((term) => lookFor(segment, [term]))),
  }));
  const looks = sets.flatMap((set) => [...set.shown, ...set.hidden.flat()].flatMap((one) => one.looks));
  await lookEverywhere(reads, { looks, firstOf: [] }, effort);
  return met.map(({ segment, found }, index) => {
    const undecided = new Bits(segment.events);
    for (const certain of sets[index]!.shown) {
      const others = found.copy();
      others.remove(certain.found);
      undecided.join(others);
    }
    for (const words of sets[index]!.hidden) {
      const all = found.copy();
      for (const word of words) all.keep(word.found);
      undecided.join(all);
    }
    return undecided.isEmpty() ? undefined : undecided;
  });
}
