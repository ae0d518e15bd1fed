/** Reads which documents of segments meet the conditions. */
import { entriesIn, readTimes, type SegmentEntry, unionMark } from "../../full-text/index.ts";
import type { BlockRange, IndexSegment, SegmentReads, StoredBlock } from "../../store/contract/segments.ts";
import { Bits } from "./bits.ts";
import type { Conditions, WantedTerm } from "./conditions.ts";

/** A segment has been replaced by a larger one since the list of segments was read: the search begins again. */
export class SegmentGone extends Error {
  constructor() {
    super("The full-text index lacks a segment or its blocks. `daybook-server fsck` says which.");
  }
}

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

/** The effort that is left, in bytes read. */
export interface Effort {
  bytes: number;
}

/** A segment with documents that meet the conditions. */
export interface MatchedSegment {
  readonly segment: IndexSegment;
  readonly found: Bits;
  /** When each of its blocks of documents begins. */
  readonly times: readonly number[];
}

/** One term in one segment, which may take several reads. */
interface Look {
  readonly segment: IndexSegment;
  readonly wanted: WantedTerm;
  readonly found: Bits;
  /** Where to go on. */
  from: string;
}

/** How many blocks are read of a term at first, and then at a time: nearly always, the first is enough. */
const firstBlocks = 2;
const moreBlocks = 16;

const rangeOf = ({ segment, wanted, from }: Look, most: number): BlockRange =>
  wanted.isBeginning
    ? { segment, from, before: `${wanted.term}\xff`, most }
    : { segment, from, before: from, most: 1 };

/** Whether it is a block of terms. Blocks of documents come before these. */
const hasTerms = ({ first }: StoredBlock): boolean => first !== "" && !first.startsWith("!");

/** Adds what the blocks have of a term; returns whether there can be more in the blocks after them. */
function lookIn(look: Look, blocks: readonly StoredBlock[], most: number): boolean {
  const { wanted, found } = look;
  for (const { data } of blocks.filter(hasTerms)) {
    for (const entry of entriesIn(data, look.from)) {
      if (!isWanted(entry, wanted)) return false;
      found.add(entry);
      if (!wanted.isBeginning || entry.term.endsWith(unionMark)) return false;
      look.from = `${entry.term}\0`;
    }
  }
  return wanted.isBeginning && blocks.length >= most;
}

const isWanted = ({ term }: SegmentEntry, wanted: WantedTerm): boolean =>
  wanted.isBeginning ? term.startsWith(wanted.term) : term === wanted.term;

async function readBlocks(
  reads: SegmentReads,
  ranges: readonly BlockRange[],
  effort: Effort,
): Promise<StoredBlock[][]> {
  const read = await reads.blocks(ranges);
  for (const blocks of read) {
    if (blocks.length === 0) throw new SegmentGone();
    for (const { data } of blocks) effort.bytes -= data.length;
  }
  return read;
}

/** The segments with documents that meet the conditions, in the same order. */
export async function matchesIn(
  reads: SegmentReads,
  segments: readonly IndexSegment[],
  { all, none }: Pick<Conditions, "all" | "none">,
  effort: Effort,
): Promise<MatchedSegment[]> {
  let matched = segments.map((segment): Matching => ({ segment, found: undefined }));
  // first what filters ask for, which is cheap to read and can be rare
  const isExact = (terms: readonly WantedTerm[]): boolean => !terms.some(({ isBeginning }) => isBeginning);
  for (const terms of [all.filter(isExact), all.filter((one) => !isExact(one))]) {
    if (terms.length > 0) matched = await narrowed(reads, matched, { all: terms, none: [] }, effort);
  }
  if (none.length > 0) matched = await narrowed(reads, matched, { all: [], none }, effort);
  const ranges = matched.map(({ segment }): BlockRange => ({ segment, from: "", before: "", most: 1 }));
  const first = await readBlocks(reads, ranges, effort);
  return matched.flatMap(({ segment, found }, index) =>
    found === undefined ? [] : [{ segment, found, times: readTimes(first[index]![0]!.data) }],
  );
}

/** A segment with the documents that are left; undefined before the first condition. */
interface Matching {
  readonly segment: IndexSegment;
  readonly found: Bits | undefined;
}

/** The segments in which more conditions leave a document. */
async function narrowed(
  reads: SegmentReads,
  matched: readonly Matching[],
  { all, none }: Pick<Conditions, "all" | "none">,
  effort: Effort,
): Promise<Matching[]> {
  const sets = matched.map(({ segment }) =>
    [...all, ...none.map((term) => [term])].map((terms) => {
      const found = new Bits(segment.events);
      return { found, looks: terms.map((wanted): Look => ({ segment, wanted, found, from: wanted.term })) };
    }),
  );
  await lookEverywhere(
    reads,
    sets.flat().flatMap(({ looks }) => looks),
    effort,
  );
  return matched.flatMap(({ segment, found: before }, index) => {
    const [first, ...others] = [
      ...(before === undefined ? [] : [before]),
      ...sets[index]!.map((set) => set.found),
    ];
    if (first === undefined) return [];
    others.forEach((other, at) => {
      if (at < others.length - none.length) first.keep(other);
      else first.remove(other);
    });
    return first.isEmpty() ? [] : [{ segment, found: first }];
  });
}

/** Looks for each term in its segment. */
async function lookEverywhere(reads: SegmentReads, all: readonly Look[], effort: Effort): Promise<void> {
  let looks = all;
  for (let most = firstBlocks; looks.length > 0; most = moreBlocks) {
    const read = await readBlocks(
      reads,
      looks.map((look) => rangeOf(look, most)),
      effort,
    );
    looks = looks.filter((look, index) => lookIn(look, read[index]!, most));
  }
}
