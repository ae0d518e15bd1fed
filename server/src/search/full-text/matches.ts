/** Reads which documents of segments meet the conditions. */
import { entriesIn, readTimes, type SegmentEntry, unionMark } from "../../full-text/index.ts";
import type { BlockRange, IndexSegment, SegmentReads, StoredBlock } from "../../store/contract/segments.ts";
import { Bits } from "./bits.ts";
import type { Conditions, WantedTerm } from "./conditions.ts";

/** A segment has been replaced by a larger one since the list of segments was read: the search begins again. */
export class SegmentGone extends Error {}

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
    for (const entry of entriesIn(data)) {
      if (entry.term < look.from) continue;
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
  const lookFor = (segment: IndexSegment, found: Bits) => (wanted: WantedTerm) =>
    ({ segment, wanted, found, from: wanted.term }) satisfies Look;
  const of = segments.map((segment) => {
    const sets = [...all, ...none.map((term) => [term])].map((terms) => {
      const found = new Bits(segment.events);
      return { found, looks: terms.map(lookFor(segment, found)) };
    });
    return { segment, sets };
  });
  const first = await lookEverywhere(reads, of, effort);
  return of.flatMap(({ segment, sets }, index) => {
    const [found, ...others] = sets.map((set) => set.found);
    if (found === undefined) return [];
    others.forEach((other, at) => {
      if (at + 1 < all.length) found.keep(other);
      else found.remove(other);
    });
    return found.isEmpty() ? [] : [{ segment, found, times: readTimes(first[index]!) }];
  });
}

interface LookedInto {
  readonly segment: IndexSegment;
  readonly sets: readonly { readonly looks: readonly Look[] }[];
}

/** Looks for every term in every segment; returns their first blocks. */
async function lookEverywhere(
  reads: SegmentReads,
  of: readonly LookedInto[],
  effort: Effort,
): Promise<Uint8Array[]> {
  const firsts = of.map(({ segment }): BlockRange => ({ segment, from: "", before: "", most: 1 }));
  let looks = of.flatMap(({ sets }) => sets.flatMap((set) => [...set.looks]));
  const read = await readBlocks(
    reads,
    [...firsts, ...looks.map((look) => rangeOf(look, firstBlocks))],
    effort,
  );
  const first = read.splice(0, firsts.length).map(([block]) => block!.data);
  looks = looks.filter((look, index) => lookIn(look, read[index]!, firstBlocks));
  while (looks.length > 0) {
    const more = await readBlocks(
      reads,
      looks.map((look) => rangeOf(look, moreBlocks)),
      effort,
    );
    looks = looks.filter((look, index) => lookIn(look, more[index]!, moreBlocks));
  }
  return first;
}
