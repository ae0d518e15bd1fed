/** Finds a page of events by their words and terms, with the filter, in the full-text index and among the events that it does not have yet. */
import { type EventQuery, meets } from "../../full-text/index.ts";
import type { StoredEvent } from "../../store/contract/events.ts";
import type { PageQuery } from "../../store/contract/pages.ts";
import type { Reads } from "../../store/store.ts";
import { type Among, everywhere } from "./among.ts";
import { type Candidate, type Candidates, candidatesOf } from "./candidates.ts";
import { conditionsOf } from "./conditions.ts";
import { type FullPageKey, keyOf, newestFirst } from "./documents.ts";
import { whileSegmentsStay } from "./matches.ts";
import { listSegments } from "./segment-list.ts";
import { type Unindexed, unindexedMatches } from "./unindexed.ts";

/** A page of the events that meet a query. */
export interface FindQuery extends Omit<PageQuery, "oldestFirst"> {
  readonly wanted: EventQuery;
  /** Which organizations, of all. */
  readonly among?: Among | undefined;
}

/**
 * The found events, in the order of a page. `reached`: the search stopped at that place, before the page was full and everything was searched.
 */
export interface FoundEvents {
  readonly events: StoredEvent[];
  readonly reached: FullPageKey | undefined;
  readonly unindexed: Unindexed;
}

export type FindReads = Pick<
  Reads,
  "segments" | "newestSegments" | "blocks" | "changedEvents" | "eventsAt" | "followerProgress" | "unfollowed"
>;

/** The bytes of the index to read for one page, and the events whose text to look at. */
const mostBytes = 8_000_000;
const mostTexts = 2_000;
/** The number of events whose text is looked at together. */
const textsTogether = 100;

const endOfTime = 9_000_000_000_000_000n;

/** A place before all events of that time, and after all later ones. */
const before = (occurredAt: bigint): FullPageKey => ({ occurredAt, seq: 0n, logNo: 0, organizationId: 0 });

/** The start of a search: its `after`, its end, or the end of time. */
const startOf = ({ after, filter, organizationId }: FindQuery): FullPageKey =>
  after === undefined ? before(filter.to ?? endOfTime) : { organizationId: organizationId ?? 0, ...after };

/** At most `limit` events that meet the query and pass the filter, newest first. */
export const find = (reads: FindReads, query: FindQuery): Promise<FoundEvents> =>
  whileSegmentsStay(() => findOnce(reads, query));

async function findOnce(reads: FindReads, query: FindQuery): Promise<FoundEvents> {
  const { organizationId, among = everywhere, filter, wanted, limit } = query;
  const after = startOf(query);
  const unindexed = await unindexedMatches(reads, query);
  const { needsText } = conditionsOf(wanted, filter);
  const candidates = candidatesOf(reads, {
    segments: listSegments(reads, { organizationId, among, places: unindexed.places }),
    conditions: (version) => conditionsOf(wanted, filter, version),
    changed: unindexed.changed,
    after,
    from: filter.from ?? 0n,
    most: needsText ? textsTogether : limit,
    effort: { bytes: mostBytes },
  });
  const finding = { reads, needsText, wanted, limit };
  const { events, reached } = await indexedEvents(finding, candidates);
  const isOfPage = (event: StoredEvent): boolean =>
    newestFirst(after, keyOf(event)) < 0 && (reached === undefined || newestFirst(keyOf(event), reached) < 0);
  const all = merge(events, unindexed.events.filter(isOfPage));
  return {
    events: all.slice(0, limit),
    reached: all.length >= limit ? undefined : reached,
    unindexed,
  };
}

interface FindState {
  readonly reads: FindReads;
  /** Whether the text of nearly every event decides. */
  readonly needsText: boolean;
  readonly wanted: EventQuery;
  readonly limit: number;
}

/** The events of a page that the index has. */
async function indexedEvents(
  { reads, needsText, wanted, limit }: FindState,
  candidates: Candidates,
): Promise<Pick<FoundEvents, "events" | "reached">> {
  const events: StoredEvent[] = [];
  let last: FullPageKey | undefined;
  let texts = mostTexts;
  let together = needsText ? textsTogether : 0;
  for (;;) {
    const most = Math.max(together, limit - events.length);
    const some: Candidate[] = [];
    while (some.length < most) {
      const candidate = await candidates.next();
      if (candidate === undefined) break;
      some.push(candidate);
    }
    last = some.at(-1)?.key ?? last;
    const undecided = new Set(some.filter(({ isUndecided }) => isUndecided).map(({ key }) => placeText(key)));
    const read = await reads.eventsAt(some.map(({ key }) => key));
    const found = read.filter((event) => !undecided.has(placeText(event)) || meets(event, wanted));
    events.push(...found);
    texts -= undecided.size;
    if (events.length >= limit) return { events, reached: undefined };
    if (some.length < most) return { events, reached: stoppedAt(candidates, last) };
    if (texts <= 0) return { events, reached: last };
    if (found.length < read.length) together = textsTogether;
  }
}

const placeText = ({ organizationId, logNo, seq }: Omit<FullPageKey, "occurredAt">): string =>
  `${organizationId} ${logNo} ${seq}`;

/** Where the next search goes on, if not everything was searched: at the last place, unless all of that time is done. */
function stoppedAt({ left }: Candidates, last: FullPageKey | undefined): FullPageKey | undefined {
  if (left === undefined) return undefined;
  return last !== undefined && last.occurredAt <= left ? last : before(left + 1n);
}

/** Both in the order of a page, each event once. */
function merge(indexed: readonly StoredEvent[], others: readonly StoredEvent[]): StoredEvent[] {
  if (others.length === 0) return [...indexed];
  const known = new Set(indexed.map(({ id, organizationId }) => `${organizationId} ${id}`));
  const fresh = others.filter(({ id, organizationId }) => !known.has(`${organizationId} ${id}`));
  return [...indexed, ...fresh].sort((a, b) => newestFirst(keyOf(a), keyOf(b)));
}
