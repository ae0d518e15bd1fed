/** Walks the matches of segments, newest first, and reads the places of documents when they are needed. */
import { type Documents, documentsInBlock, documentsTerm, readDocuments } from "../../full-text/index.ts";
import type { StoredEvent } from "../../store/contract/events.ts";
import type { PageKey } from "../../store/contract/pages.ts";
import { covers, type SegmentKey, type SegmentReads } from "../../store/contract/segments.ts";
import { type Effort, SegmentGone } from "./looks.ts";
import type { MatchedSegment } from "./matches.ts";

export type FullPageKey = Required<PageKey>;

/** The place of an event in the order of pages. */
export const keyOf = ({ occurredAt, seq, logNo, organizationId }: FullPageKey): FullPageKey => ({
  ...{ occurredAt, seq },
  ...{ logNo, organizationId },
});

/** Negative if `a` comes first on pages. */
export function newestFirst(a: FullPageKey, b: FullPageKey): number {
  for (const member of ["occurredAt", "seq", "logNo", "organizationId"] as const) {
    if (a[member] !== b[member]) return a[member] < b[member] ? 1 : -1;
  }
  return 0;
}

/** The key of a document of a segment; undefined if its block is not among those that are read. */
export function keyIn(
  blocks: ReadonlyMap<number, Documents>,
  document: number,
  { organizationId, logNo }: SegmentKey,
): FullPageKey | undefined {
  const documents = blocks.get(blockOf(document));
  if (documents === undefined) return undefined;
  const at = document % documentsInBlock;
  return {
    ...{ occurredAt: BigInt(documents.occurredAt[at]!), seq: BigInt(documents.seq[at]!) },
    ...{ logNo, organizationId },
  };
}

const blockOf = (document: number): number => Math.floor(document / documentsInBlock);

/** The matches of a segment, from the newest on. */
export class SegmentWalk {
  readonly #matched: MatchedSegment;
  readonly #documents = new Map<number, Documents>();
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

  /** Whether the text of the next match decides. */
  get isUndecided(): boolean {
    return this.#matched.undecided?.has(this.#next) === true;
  }

  /** The key of the next match; undefined if its block must be read first. */
  get key(): FullPageKey | undefined {
    return keyIn(this.#documents, this.#next, this.#matched.segment);
  }

  /** No match from here on is newer. */
  get latest(): bigint {
    const block = blockOf(this.#next);
    const known = this.#documents.get(block)?.occurredAt[this.#next % documentsInBlock];
    const time = known ?? this.#matched.times[block + 1];
    return time === undefined ? this.#matched.segment.newest : BigInt(time);
  }

  /** Leaves the next match behind. */
  step(): void {
    this.#next = this.#matched.found.lastBefore(this.#next);
  }

  /** The blocks that have the next matches, from the newest on. */
  *blocks(): Generator<MatchedBlock> {
    const { segment, found, times } = this.#matched;
    for (let at = this.#next; at >= 0; ) {
      const block = blockOf(at);
      const from = block * documentsInBlock;
      const newest = at === this.#next ? this.latest : BigInt(times[block + 1] ?? segment.newest);
      const oldest = BigInt(times[block]!);
      const isRead = this.#documents.has(block);
      yield { walk: this, segment, block, isRead, newest, oldest, matches: found.countIn(from, at + 1) };
      at = found.lastBefore(from);
    }
  }

  /** Takes the documents of a block that was missing. */
  take(block: number, documents: Documents): void {
    this.#documents.set(block, documents);
  }
}

/** A block of documents with matches that are left. */
export interface MatchedBlock extends DocumentBlock {
  readonly walk: SegmentWalk;
  readonly isRead: boolean;
  /** No match in it is newer. */
  readonly newest: bigint;
  /** None is older. */
  readonly oldest: bigint;
  readonly matches: number;
}

/** A block of documents, by its number in its segment. */
export interface DocumentBlock {
  readonly segment: SegmentKey;
  readonly block: number;
}

/** Reads blocks of documents. */
export async function readDocumentBlocks(
  reads: Pick<SegmentReads, "blocks">,
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
    return checked(readDocuments(block.data), wanted[index]!);
  });
}

/** The documents of a block, if they can be those of its segment. Throws RangeError for others: events would be left out. */
function checked(documents: Documents, { segment: { first, events }, block }: DocumentBlock): Documents {
  const { seq } = documents;
  const [start, end] = [Number(first), Number(first) + events];
  const isWhole = seq.length === Math.min(documentsInBlock, events - block * documentsInBlock);
  if (isWhole && seq.every((each) => each >= start && each < end)) return documents;
  throw new RangeError("The bytes of a segment have other documents than its own.");
}

/** Takes events out of the matches of segments, whatever the index has of them. */
export async function leaveOut(
  reads: SegmentReads,
  matched: readonly MatchedSegment[],
  { changed, effort }: { readonly changed: readonly StoredEvent[]; readonly effort: Effort },
): Promise<void> {
  const byOrganization = new Map<number, StoredEvent[]>();
  for (const event of changed) {
    const others = byOrganization.get(event.organizationId);
    if (others === undefined) byOrganization.set(event.organizationId, [event]);
    else others.push(event);
  }
  for (const { segment, found, times } of matched) {
    const own = (byOrganization.get(segment.organizationId) ?? []).filter((event) => covers(segment, event));
    if (own.length === 0) continue;
    // equal times can reach into the block before
    const blocks = [...new Set(own.flatMap(({ occurredAt }) => blocksAt(times, Number(occurredAt))))];
    const documents = await readDocumentBlocks(
      reads,
      blocks.map((block) => ({ segment, block })),
      effort,
    );
    const seqs = new Set(own.map(({ seq }) => Number(seq)));
    for (const [index, { seq }] of documents.entries()) {
      seq.forEach((number, at) => {
        if (seqs.has(number)) found.clear(blocks[index]! * documentsInBlock + at);
      });
    }
  }
}

/** The blocks that can have documents of a time. */
function blocksAt(times: readonly number[], time: number): number[] {
  const last = times.findLastIndex((begins) => begins <= time);
  const next = times.findIndex((begins) => begins >= time);
  const from = next === -1 ? last : Math.max(0, next - 1);
  return Array.from({ length: Math.max(0, last - from + 1) }, (_, n) => from + n);
}
