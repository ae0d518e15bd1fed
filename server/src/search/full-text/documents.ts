/** Walks the matches of segments, newest first, and reads the places of documents when they are needed. */
import { type Documents, documentsInBlock, documentsTerm, readDocuments } from "../../full-text/index.ts";
import type { PageKey } from "../../store/contract/pages.ts";
import type { SegmentKey, SegmentReads } from "../../store/contract/segments.ts";
import { type Effort, type MatchedSegment, SegmentGone } from "./matches.ts";

export type FullPageKey = Required<PageKey>;

/** Negative if `a` comes first on pages. */
export function newestFirst(a: FullPageKey, b: FullPageKey): number {
  for (const member of ["occurredAt", "seq", "logNo", "organizationId"] as const) {
    if (a[member] !== b[member]) return a[member] < b[member] ? 1 : -1;
  }
  return 0;
}

const blockOf = (document: number): number => Math.floor(document / documentsInBlock);

/** The matches of a segment, from the newest on. */
export class SegmentWalk {
  readonly #matched: MatchedSegment;
  readonly #keys = new Map<number, readonly FullPageKey[]>();
  /** The document that is next, or -1 at the end. */
  #next: number;

  /** From `place` on, which is exclusive. */
  constructor(matched: MatchedSegment, place: FullPageKey) {
    this.#matched = matched;
    const { found, times } = matched;
    const after = times.findIndex((time) => time > Number(place.occurredAt));
    this.#next = found.lastBefore(after === -1 ? found.size : Math.min(found.size, after * documentsInBlock));
  }

  get isAtEnd(): boolean {
    return this.#next < 0;
  }

  /** The key of the next match; undefined if its block must be read first. */
  get key(): FullPageKey | undefined {
    return this.#keys.get(blockOf(this.#next))?.[this.#next % documentsInBlock];
  }

  /** No match from here on is newer. */
  get latest(): bigint {
    const { segment, times } = this.#matched;
    const time = times[blockOf(this.#next) + 1];
    return this.key?.occurredAt ?? (time === undefined ? segment.newest : BigInt(time));
  }

  /** Leaves the next match behind. */
  step(): void {
    this.#next = this.#matched.found.lastBefore(this.#next);
  }

  /** The block that has the place of the next match. */
  get missing(): DocumentBlock {
    return { segment: this.#matched.segment, block: blockOf(this.#next) };
  }

  /** Takes the documents of a block that was missing. */
  take(block: number, { occurredAt, seq }: Documents): void {
    const { organizationId, logNo } = this.#matched.segment;
    const keyOf = (number: number, at: number): FullPageKey => ({
      ...{ occurredAt: BigInt(occurredAt[at]!), seq: BigInt(number) },
      ...{ logNo, organizationId },
    });
    this.#keys.set(block, Array.from(seq, keyOf));
  }
}

/** A block of documents, by its number in its segment. */
export interface DocumentBlock {
  readonly segment: SegmentKey;
  readonly block: number;
}

/** Reads blocks of documents. */
export async function readDocumentBlocks(
  reads: SegmentReads,
  wanted: readonly DocumentBlock[],
  effort: Effort,
): Promise<Documents[]> {
  const ranges = wanted.map(({ segment, block }) => {
    const term = documentsTerm(block);
    return { segment, from: term, before: term, most: 1 };
  });
  return (await reads.blocks(ranges)).map(([block], index) => {
    if (block?.first !== ranges[index]!.from) throw new SegmentGone();
    effort.bytes -= block.data.length;
    return readDocuments(block.data);
  });
}

/** Reads the blocks of the next matches of some walks. */
export async function readPlaces(
  reads: SegmentReads,
  walks: readonly SegmentWalk[],
  effort: Effort,
): Promise<void> {
  const missing = walks.map((walk) => walk.missing);
  const documents = await readDocumentBlocks(reads, missing, effort);
  for (const [index, walk] of walks.entries()) walk.take(missing[index]!.block, documents[index]!);
}
