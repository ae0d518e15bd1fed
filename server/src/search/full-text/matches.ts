/** Reads which documents of segments meet the conditions. */
import { documentsInBlock, readTimes } from "../../full-text/index.ts";
import type { IndexSegment, SegmentReads } from "../../store/contract/segments.ts";
import { Bits } from "./bits.ts";
import type { Conditions, WantedTerm } from "./conditions.ts";
import { type Effort, type Look, lookEverywhere, SegmentGone } from "./looks.ts";
import { undecidedIn } from "./undecided.ts";

/** How often a search begins again. */
const tries = 5;

/** Runs a search, again if a segment was replaced meanwhile. */
export async function whileSegmentsStay<T>(search: () => Promise<T>): Promise<T> {
  for (let left = tries; ; left--) {
    try {
      return await search();
    } catch (error) {
      if (!(error instanceof SegmentGone) || left === 1) throw error;
    }
  }
}

/** A segment with documents that meet the conditions. */
export interface MatchedSegment {
  readonly segment: IndexSegment;
  readonly found: Bits;
  /** Those of them whose text decides; undefined if there are none. */
  readonly undecided: Bits | undefined;
  /** When each of its blocks of documents begins. */
  readonly times: readonly number[];
}

/** A segment with the documents that are left; undefined before the first condition. */
interface Matching {
  readonly segment: IndexSegment;
  readonly found: Bits | undefined;
  readonly times: readonly number[];
}

type TermConditions = Pick<Conditions, "all" | "none">;

/** The conditions in the order in which they are looked for: what filters ask for is cheap to read and can be rare, so it is first. */
function stepsOf({ all, none }: TermConditions): TermConditions[] {
  const isExact = (terms: readonly WantedTerm[]): boolean => !terms.some(({ isBeginning }) => isBeginning);
  const steps = [
    { all: all.filter(isExact), none: [] },
    { all: all.filter((terms) => !isExact(terms)), none: [] },
    { all: [], none },
  ];
  const needed = steps.filter((step) => step.all.length + step.none.length > 0);
  return needed.length > 0 ? needed : [{ all: [], none: [] }];
}

/** The segments with documents that meet the conditions, in the same order. */
export async function matchesIn(
  reads: Pick<SegmentReads, "blocks">,
  segments: readonly IndexSegment[],
  { conditions, effort }: { readonly conditions: Conditions; readonly effort: Effort },
): Promise<MatchedSegment[]> {
  let matched = segments.map((segment): Matching => ({ segment, found: undefined, times: [] }));
  const steps = stepsOf(conditions);
  for (const [at, step] of steps.entries()) {
    if (matched.length === 0) break;
    matched = await narrowed(reads, matched, { step, effort, isLast: at === steps.length - 1 });
  }
  const found = matched.flatMap((one) => (one.found === undefined ? [] : [{ ...one, found: one.found }]));
  const undecided = await undecidedIn(reads, found, { conditions, effort });
  return found.map((one, index) => ({ ...one, undecided: undecided[index] }));
}

interface MatchingStep {
  readonly step: TermConditions;
  readonly effort: Effort;
  /** Then the times of blocks are read too. */
  readonly isLast: boolean;
}

/** The segments in which more conditions leave a document. */
async function narrowed(
  reads: Pick<SegmentReads, "blocks">,
  matched: readonly Matching[],
  { step: { all, none }, effort, isLast }: MatchingStep,
): Promise<Matching[]> {
  const sets = matched.map(({ segment }) =>
    [...all, ...none.map((term) => [term])].map((terms) => {
      const found = new Bits(segment.events);
      return { found, looks: terms.map((wanted): Look => ({ segment, wanted, found })) };
    }),
  );
  const looking = {
    looks: sets.flat().flatMap(({ looks }) => looks),
    firstOf: isLast ? matched.map(({ segment }) => segment) : [],
  };
  const firstBlocks = await lookEverywhere(reads, looking, effort);
  return matched.flatMap(({ segment, found: before }, index) => {
    const begin = before ?? (all.length === 0 ? everyDocument(segment) : undefined);
    const [first, ...others] = [
      ...(begin === undefined ? [] : [begin]),
      ...sets[index]!.map((set) => set.found),
    ];
    if (first === undefined) return [];
    others.forEach((other, at) => {
      if (at < others.length - none.length) first.keep(other);
      else first.remove(other);
    });
    return first.isEmpty()
      ? []
      : [{ segment, found: first, times: isLast ? timesIn(segment, firstBlocks[index]!) : [] }];
  });
}

/** What conditions that only exclude begin with. */
function everyDocument({ events }: IndexSegment): Bits {
  const found = new Bits(events);
  found.fill();
  return found;
}

/** When each block of documents begins. Throws RangeError unless there is one time for each. */
function timesIn({ events }: IndexSegment, data: Uint8Array): number[] {
  const times = readTimes(data);
  if (times.length === Math.ceil(events / documentsInBlock)) return times;
  throw new RangeError("The bytes of a segment have another number of times than of blocks.");
}
