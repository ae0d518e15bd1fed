/**
 * Finds a page of events by their words: in the full-text index, and among the newest events, which the index doesn't have yet and which
 * are read directly.
 */
import { formatTime } from "daybook/internal";
import { isFound, mayHold, wordsOf } from "../full-text/index.ts";
import type { StoredEvent } from "../store/contract/events.ts";
import type { FollowerProgress } from "../store/contract/followers.ts";
import { type FindQuery, fullTextFollower } from "../store/contract/full-text.ts";
import type { PageKey } from "../store/contract/pages.ts";
import type { Reads } from "../store/store.ts";
import { passes } from "./passes.ts";

/** The completeness of a search for words. */
export interface Searched {
  /** recordedAt of the last event before which all were searched; null if there is none, or none is missing. */
  readonly upTo: string | null;
  /** The number of events that were not searched, because they are not indexed yet. */
  readonly behind: number;
}

/** A page, and where the search stopped before the page was full. */
export interface FoundPage {
  readonly events: StoredEvent[];
  readonly reached: PageKey | undefined;
  readonly searched: Searched;
}

/** The maximum number of events that are read directly for one page. */
const mostRead = 1_000;
/** The maximum number of organizations whose newest events are read directly, in a search over all. */
const mostOrganizations = 20;

type FindKey = Required<PageKey>;

/** The place of an event in the order of pages. */
export const keyOf = ({ occurredAt, seq, logNo, organizationId }: FindKey): FindKey => ({
  occurredAt,
  seq,
  logNo,
  organizationId,
});

/** Negative if `a` comes first on pages. A key within one organization can leave out the organization. */
function compareKeys(a: PageKey, b: PageKey): number {
  for (const member of ["occurredAt", "seq", "logNo", "organizationId"] as const) {
    const [left = 0, right = 0] = [a[member], b[member]];
    if (left !== right) return left < right ? 1 : -1;
  }
  return 0;
}

interface Unindexed {
  readonly events: StoredEvent[];
  readonly left: number;
}

/** The newest events of an organization that are not indexed, at most `most`, and how many are left. */
async function unindexedOf(reads: Reads, indexed: FollowerProgress, most: number): Promise<Unindexed> {
  const { organizationId, logNo, next, behind } = indexed;
  const [head] = behind > 0n ? await reads.heads([organizationId]) : [];
  if (head === undefined) return { events: [], left: 0 };
  const first = head.logNo === logNo ? next : 0n;
  const from = head.size - first > BigInt(most) ? head.size - BigInt(most) : first;
  const events = await reads.events(organizationId, head.logNo, from, most);
  const left = head.logNo === logNo ? from - next : behind - (head.size - from);
  return { events, left: Number(left > 0n ? left : 0n) };
}

async function unindexed(
  reads: Reads,
  organizationId: number | undefined,
): Promise<Unindexed & { upTo: string | null }> {
  // before querying the index: events that are indexed meanwhile are found twice, but never missed
  const places = await reads.followerProgress(fullTextFollower, organizationId);
  const events: StoredEvent[] = [];
  let left = 0;
  for (const [index, place] of places.entries()) {
    if (index >= mostOrganizations || events.length >= mostRead) left += Number(place.behind);
    else {
      const found = await unindexedOf(reads, place, mostRead - events.length);
      events.push(...found.events);
      left += found.left;
    }
  }
  return { events, left, upTo: upToOf(places, left, events) };
}

function upToOf(
  places: readonly FollowerProgress[],
  left: number,
  events: readonly StoredEvent[],
): string | null {
  if (left > 0 && places.some(({ recordedAt }) => recordedAt === null)) return null;
  const times = places.flatMap(({ recordedAt }) => (recordedAt === null ? [] : [recordedAt]));
  if (left === 0) times.push(...events.map(({ recordedAt }) => recordedAt));
  if (times.length === 0) return null;
  return formatTime(times.reduce((a, b) => ((left === 0 ? a > b : a < b) ? a : b)));
}

/** A page by words: at most `limit` events. */
export async function findPage(reads: Reads, query: FindQuery): Promise<FoundPage> {
  const { organizationId, after, filter, wanted, limit } = query;
  const beside = await unindexed(reads, organizationId);
  const { events, reached } = await reads.find(query);
  const known = new Set(events.map(({ id, organizationId: whose }) => `${whose} ${id}`));
  const fresh = beside.events.filter(
    (event) =>
      !known.has(`${event.organizationId} ${event.id}`) &&
      (after === undefined || compareKeys(after, keyAs(event, after)) < 0) &&
      (reached === undefined || compareKeys(keyAs(event, reached), reached) < 0) &&
      passes(event, filter) &&
      mayHold(wanted, event) &&
      isFound(wanted, wordsOf(event)),
  );
  const all =
    fresh.length === 0 ? events : [...events, ...fresh].sort((a, b) => compareKeys(keyOf(a), keyOf(b)));
  return {
    events: all.slice(0, limit),
    reached: all.length > limit ? undefined : reached,
    searched: { upTo: beside.upTo, behind: beside.left },
  };
}

/** The key of an event, with its organization if the other key has one. */
const keyAs = (event: StoredEvent, { organizationId }: PageKey): PageKey => {
  const { organizationId: whose, ...key } = keyOf(event);
  return organizationId === undefined ? key : { ...key, organizationId: whose };
};
