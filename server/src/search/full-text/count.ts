/** Counts the events that contain words, in buckets of time: exactly, from the index alone, unless the text of each must be looked at. */
import { documentsInBlock, type EventQuery } from "../../full-text/index.ts";
import type { Count } from "../../store/contract/counts.ts";
import type { Filter } from "../../store/contract/pages.ts";
import type { IndexSegment } from "../../store/contract/segments.ts";
import { type Among, everywhere } from "./among.ts";
import { conditionsOf } from "./conditions.ts";
import { type DocumentBlock, leaveOut, readDocumentBlocks } from "./documents.ts";
import { type FindReads, find } from "./find.ts";
import type { Effort } from "./looks.ts";
import { type MatchedSegment, matchesIn, whileSegmentsStay } from "./matches.ts";
import { oldestVersion, wholeList } from "./segment-list.ts";
import { type Unindexed, unindexedMatches } from "./unindexed.ts";

export interface FoundCountQuery {
  readonly organizationId?: number;
  /** `from` and `to` are ignored: `bounds` decide. */
  readonly filter: Filter;
  readonly wanted: EventQuery;
  /** Which organizations, of all. */
  readonly among?: Among | undefined;
  /** Times in order: a bucket is between each and the next, without its end. */
  readonly bounds: readonly bigint[];
}

export interface FoundCounts {
  readonly counts: Count[];
  readonly unindexed: Unindexed;
}

/** The bytes of the index to read for one count, and the segments to look at together. */
const mostBytes = 32_000_000;
const segmentsTogether = 64;
/** How many segments of all organizations are counted in. */
const mostSegments = 16_384;
/** The number of events that are counted by their text. */
const mostTexts = 1_000;

/** A count for each bucket. A count is exact unless its `more` is set. */
export async function countFound(reads: FindReads, query: FoundCountQuery): Promise<FoundCounts> {
  const { wanted, bounds, among = everywhere } = query;
  const { from: _from, to: _to, ...filter } = query.filter;
  if (conditionsOf(wanted, filter).needsText) return countTexts(reads, { ...query, filter });
  const counted = await whileSegmentsStay(async () => {
    const unindexed = await unindexedMatches(reads, { ...query, filter });
    const buckets = new Buckets(bounds);
    for (const { occurredAt } of unindexed.events) buckets.add(occurredAt);
    const effort = { bytes: mostBytes };
    // what is indexed since these were read
    const changed = [...unindexed.changed, ...unindexed.events];
    const list = await segmentsOf(reads, query.organizationId, unindexed.places);
    const conditions = conditionsOf(wanted, filter, oldestVersion(list));
    if (conditions.needsText) return undefined;
    let segments = list.filter(({ organizationId }) => among(organizationId));
    for (;;) {
      const [latest] = segments;
      if (latest === undefined || effort.bytes <= 0) break;
      // those that follow are older
      if (latest.newest < query.bounds[0]!) {
        segments = [];
        break;
      }
      const some = segments.splice(0, segmentsTogether).filter((one) => buckets.overlap(one));
      const matched = await matchesIn(reads, some, { conditions, effort });
      if (matched.some(({ undecided }) => undecided !== undefined)) return undefined;
      await leaveOut(reads, matched, { changed, effort });
      await addMatches(reads, matched, { buckets, effort });
    }
    const end = segments[0] ?? (list.length === mostSegments ? list.at(-1) : undefined);
    if (end !== undefined) buckets.stopAt(end.newest);
    return { counts: buckets.counts, unindexed };
  });
  return counted ?? countTexts(reads, { ...query, filter });
}

/** The segments to count in, those with the newest events first: all at once, so that none is merged with one that was counted. */
const segmentsOf = (
  reads: FindReads,
  organizationId: number | undefined,
  places: Unindexed["places"],
): Promise<IndexSegment[]> =>
  organizationId === undefined
    ? reads.newestSegments(mostSegments)
    : wholeList(reads, organizationId, places);

/** Counts by looking at texts, the newest events first. */
async function countTexts(reads: FindReads, query: FoundCountQuery): Promise<FoundCounts> {
  const { bounds, filter } = query;
  const buckets = new Buckets(bounds);
  const window = { ...filter, from: bounds[0]!, to: bounds.at(-1)! };
  const found = await find(reads, { ...query, filter: window, limit: mostTexts });
  for (const { occurredAt } of found.events) buckets.add(occurredAt);
  const last = found.events.length === mostTexts ? found.events.at(-1) : found.reached;
  if (last !== undefined) buckets.stopAt(last.occurredAt);
  return { counts: buckets.counts, unindexed: found.unindexed };
}

/** The counts between bounds. */
class Buckets {
  readonly bounds: readonly bigint[];
  readonly counts: { count: number; more: boolean }[];

  constructor(bounds: readonly bigint[]) {
    this.bounds = bounds;
    this.counts = bounds.slice(1).map(() => ({ count: 0, more: false }));
  }

  add(time: bigint): void {
    const bucket = this.bounds.findLastIndex((bound) => bound <= time);
    const counted = this.counts[bucket];
    if (counted !== undefined) counted.count++;
  }

  overlap({ oldest, newest }: IndexSegment): boolean {
    return newest >= this.bounds[0]! && oldest < this.bounds.at(-1)!;
  }

  /** Nothing before that time, and perhaps not all at it, was counted. */
  stopAt(time: bigint): void {
    this.counts.forEach((one, bucket) => {
      if (this.bounds[bucket]! <= time) one.more = true;
    });
  }
}

interface CountState {
  readonly buckets: Buckets;
  readonly effort: Effort;
}

/** Adds the matches of segments to the buckets. Where a bound is within a block of documents with matches, the block is read. */
async function addMatches(
  reads: FindReads,
  matched: readonly MatchedSegment[],
  { buckets, effort }: CountState,
): Promise<void> {
  const bounds = buckets.bounds.map(Number);
  const cuts = matched.map(({ times }) => bounds.map((bound) => times.findLastIndex((time) => time < bound)));
  const missing: (DocumentBlock & { readonly index: number })[] = [];
  matched.forEach(({ segment, found }, index) => {
    for (const block of new Set(cuts[index])) {
      const [first, last] = [block * documentsInBlock, (block + 1) * documentsInBlock];
      if (block >= 0 && found.lastBefore(last) >= first) missing.push({ segment, block, index });
    }
  });
  const documents = await readDocumentBlocks(reads, missing, effort);
  const times = new Map(
    missing.map(({ index, block }, at) => [`${index} ${block}`, documents[at]!.occurredAt]),
  );
  matched.forEach(({ found }, index) => {
    const before = bounds.map((bound, at) => {
      const block = cuts[index]![at]!;
      if (block < 0) return 0;
      const within = times.get(`${index} ${block}`)?.findIndex((time) => time >= bound) ?? 0;
      return found.countIn(0, block * documentsInBlock + (within === -1 ? documentsInBlock : within));
    });
    buckets.counts.forEach((one, bucket) => {
      one.count += before[bucket + 1]! - before[bucket]!;
    });
  });
}
