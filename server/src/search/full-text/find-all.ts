/** All events that meet a query, oldest first, by the full-text index: for downloads. Memory is a bit for each event of the log, and a few blocks. */
import { type Documents, documentsInBlock, type EventQuery, meets } from "../../full-text/index.ts";
import type { StoredEvent } from "../../store/contract/events.ts";
import type { Filter } from "../../store/contract/pages.ts";
import { conditionsOf } from "./conditions.ts";
import { type FullPageKey, keyIn, keyOf, leaveOut, newestFirst, readDocumentBlocks } from "./documents.ts";
import type { FindReads } from "./find.ts";
import { type MatchedSegment, matchesIn } from "./matches.ts";
import { oldestVersion, wholeList } from "./segment-list.ts";
import { unindexedMatches } from "./unindexed.ts";

export interface FindAllQuery {
  readonly organizationId: number;
  readonly filter: Filter;
  readonly wanted: EventQuery;
  /** The place after which to begin; default: at the start. */
  readonly after?: FullPageKey | undefined;
}

/** How many segments are looked at together, how many blocks of places are read at once, and how many events. */
const [segmentsTogether, blocksTogether, eventsTogether] = [64, 16, 200];

const isBefore = (a: FullPageKey, b: FullPageKey): boolean => newestFirst(a, b) > 0;

/**
 * The events, oldest first by (occurredAt, seq, logNo). Undefined if too many wait to be indexed. Rejects with SegmentGone if a segment was merged
 * meanwhile: the caller begins again after the last event that it got.
 */
export async function findAll(
  reads: FindReads,
  query: FindAllQuery,
): Promise<AsyncGenerator<StoredEvent> | undefined> {
  const { organizationId, filter, wanted, after } = query;
  const unindexed = await unindexedMatches(reads, query);
  if (unindexed.left > 0) return undefined;
  const from = after === undefined ? (filter.from ?? 0n) : after.occurredAt;
  const segments = (await wholeList(reads, organizationId, unindexed.places)).filter(
    ({ newest, oldest }) => newest >= from && (filter.to === undefined || oldest < filter.to),
  );
  const conditions = conditionsOf(wanted, filter, oldestVersion(segments));
  const effort = { bytes: Number.POSITIVE_INFINITY };
  // what is indexed since these were read
  const changed = [...unindexed.changed, ...unindexed.events];
  let isDecided = true;
  const walks: OldestFirst[] = [];
  for (let at = 0; at < segments.length; at += segmentsTogether) {
    const some = segments.slice(at, at + segmentsTogether);
    const matched = await matchesIn(reads, some, { conditions, effort });
    await leaveOut(reads, matched, { changed, effort });
    isDecided &&= matched.every(({ undecided }) => undecided === undefined);
    walks.push(...matched.map((one) => new OldestFirst(one, from)));
  }
  const isInside = (key: FullPageKey): boolean =>
    key.occurredAt >= from &&
    (filter.to === undefined || key.occurredAt < filter.to) &&
    (after === undefined || isBefore(after, key));
  const waiting = unindexed.events
    .filter((event) => isInside(keyOf(event)))
    .sort((a, b) => newestFirst(keyOf(b), keyOf(a)));
  const isFound = isDecided ? undefined : (event: StoredEvent) => meets(event, wanted);
  return merged(waiting, indexed(reads, walks, { isInside, isFound }));
}

/** Which places and events are wanted. */
interface Wanting {
  readonly isInside: (key: FullPageKey) => boolean;
  readonly isFound: ((event: StoredEvent) => boolean) | undefined;
}

async function* indexed(
  reads: FindReads,
  walks: readonly OldestFirst[],
  { isInside, isFound }: Wanting,
): AsyncGenerator<StoredEvent> {
  for (let keys: FullPageKey[] = []; ; keys = []) {
    while (keys.length < eventsTogether) {
      const key = await nextOf(reads, walks);
      if (key === undefined) break;
      if (isInside(key)) keys.push(key);
    }
    if (keys.length === 0) return;
    const events = await reads.eventsAt(keys);
    for (const event of events) if (isFound === undefined || isFound(event)) yield event;
  }
}

/** The next place of all segments. */
async function nextOf(reads: FindReads, walks: readonly OldestFirst[]): Promise<FullPageKey | undefined> {
  for (;;) {
    let first: OldestFirst | undefined;
    for (const walk of walks)
      if (!walk.isAtEnd && (first === undefined || walk.isEarlier(first))) first = walk;
    if (first === undefined) return undefined;
    if (first.key !== undefined) return first.take();
    await first.read(reads);
  }
}

/** The matches of a segment, from the oldest on. */
class OldestFirst {
  readonly #matched: MatchedSegment;
  readonly #read = new Map<number, Documents>();
  #next: number;

  constructor(matched: MatchedSegment, from: bigint) {
    this.#matched = matched;
    // equal times can reach into the block before
    const block = matched.times.findLastIndex((time) => time < Number(from));
    this.#next = matched.found.firstFrom(Math.max(0, block) * documentsInBlock);
  }

  get isAtEnd(): boolean {
    return this.#next < 0;
  }

  /** The place of the next match; undefined if its block must be read first. */
  get key(): FullPageKey | undefined {
    return keyIn(this.#read, this.#next, this.#matched.segment);
  }

  /** Whether it has, or may have, the earlier place. One that must be read first comes before a known one of the same time. */
  isEarlier(other: OldestFirst): boolean {
    const [time, otherTime] = [this.#earliest, other.#earliest];
    if (time !== otherTime) return time < otherTime;
    const [key, otherKey] = [this.key, other.key];
    return key === undefined || (otherKey !== undefined && isBefore(key, otherKey));
  }

  /** No match from here on is older. */
  get #earliest(): bigint {
    return this.key?.occurredAt ?? BigInt(this.#matched.times[Math.floor(this.#next / documentsInBlock)]!);
  }

  take(): FullPageKey | undefined {
    const { key } = this;
    this.#next = this.#matched.found.firstFrom(this.#next + 1);
    return key;
  }

  /** Reads the next blocks with matches. */
  async read(reads: FindReads): Promise<void> {
    const { segment, found } = this.#matched;
    const blocks: number[] = [];
    for (let at = this.#next; at >= 0 && blocks.length < blocksTogether; ) {
      const block = Math.floor(at / documentsInBlock);
      blocks.push(block);
      at = found.firstFrom((block + 1) * documentsInBlock);
    }
    const documents = await readDocumentBlocks(
      reads,
      blocks.map((block) => ({ segment, block })),
      { bytes: Number.POSITIVE_INFINITY },
    );
    this.#read.clear();
    blocks.forEach((block, n) => {
      this.#read.set(block, documents[n]!);
    });
  }
}

/** Both in order; they have no event in common. */
async function* merged(
  waiting: readonly StoredEvent[],
  found: AsyncGenerator<StoredEvent>,
): AsyncGenerator<StoredEvent> {
  let at = 0;
  for await (const event of found) {
    for (; at < waiting.length && isBefore(keyOf(waiting[at]!), keyOf(event)); at++) yield waiting[at]!;
    yield event;
  }
  yield* waiting.slice(at);
}
