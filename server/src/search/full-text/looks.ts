/** Looks for terms in segments, many at once. */
import { entriesIn, type SegmentEntry, unionMark } from "../../full-text/index.ts";
import type { BlockRange, IndexSegment, SegmentReads, StoredBlock } from "../../store/contract/segments.ts";
import type { Bits } from "./bits.ts";
import type { WantedTerm } from "./conditions.ts";

/** A segment has been replaced by a larger one since the list of segments was read: the search begins again. */
export class SegmentGone extends Error {
  constructor() {
    super("The full-text index lacks a segment or its blocks. `daybook-server fsck` says which.");
  }
}

/** The effort that is left, in bytes read. */
export interface Effort {
  bytes: number;
}

/** One term in one segment, which may take several reads. */
export interface Look {
  readonly segment: IndexSegment;
  readonly wanted: WantedTerm;
  readonly found: Bits;
  /** Where to go on; undefined at first. */
  from?: string;
}

/** How many blocks are read of a term after the first, which is nearly always enough. */
const moreBlocks = 16;

/** The first block is the one that would have the union, or the term that is equal to the beginning: nothing is between them. */
function rangeOf({ segment, wanted: { term, isBeginning }, from }: Look): BlockRange {
  if (!isBeginning) return { segment, from: term, before: term, most: 1 };
  const before = `${term}\xff`;
  if (from === undefined) return { segment, from: term + unionMark, before, most: 1 };
  return { segment, from, before, most: 1 + moreBlocks, isFirstKnown: true };
}

/** Whether it is a block of terms. Blocks of documents come before these. */
export const hasTerms = ({ first }: StoredBlock): boolean => first !== "" && !first.startsWith("!");

/** Adds what the blocks have of a term; returns whether there can be more in the blocks after them. */
function lookIn(look: Look, blocks: readonly StoredBlock[], most: number): boolean {
  const { wanted, found } = look;
  let from = look.from ?? wanted.term;
  for (const { data } of blocks.filter(hasTerms)) {
    for (const entry of entriesIn(data, from)) {
      if (!isWanted(entry, wanted)) return false;
      found.add(entry);
      if (!wanted.isBeginning || entry.term.endsWith(unionMark)) return false;
      from = `${entry.term}\0`;
    }
  }
  look.from = from;
  return wanted.isBeginning && blocks.length >= most;
}

const isWanted = ({ term }: SegmentEntry, wanted: WantedTerm): boolean =>
  wanted.isBeginning ? term.startsWith(wanted.term) : term === wanted.term;

async function readBlocks(
  reads: Pick<SegmentReads, "blocks">,
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

/** What is read together. */
export interface LooksTogether {
  readonly looks: readonly Look[];
  /** Segments whose first block is read too. */
  readonly firstOf: readonly IndexSegment[];
}

/** Looks for each term in its segment; returns the first block of each segment that was asked for. */
export async function lookEverywhere(
  reads: Pick<SegmentReads, "blocks">,
  { looks, firstOf }: LooksTogether,
  effort: Effort,
): Promise<Uint8Array[]> {
  const first = firstOf.map((segment): BlockRange => ({ segment, from: "", before: "", most: 1 }));
  let ranges = looks.map(rangeOf);
  const read = await readBlocks(reads, [...ranges, ...first], effort);
  let left = looks.filter((look, index) => lookIn(look, read[index]!, ranges[index]!.most));
  while (left.length > 0) {
    ranges = left.map(rangeOf);
    const more = await readBlocks(reads, ranges, effort);
    left = left.filter((look, index) => lookIn(look, more[index]!, ranges[index]!.most));
  }
  return read.slice(looks.length).map(([block]) => block!.data);
}
