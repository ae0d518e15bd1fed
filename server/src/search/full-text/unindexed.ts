/** The events that the index does not have yet, or has otherwise: they are read and tested one by one, so that a recorded event is on the very next page. */
import { type EventQuery, meets } from "../../full-text/index.ts";
import type { StoredEvent } from "../../store/contract/events.ts";
import { type FollowerProgress, isCut } from "../../store/contract/followers.ts";
import { fullTextFollower } from "../../store/contract/full-text.ts";
import type { Filter } from "../../store/contract/pages.ts";
import type { Reads } from "../../store/store.ts";
import { type Among, everywhere } from "./among.ts";
import { passes } from "./passes.ts";

/** The maximum number of events that are read for one search; large ones are fewer (`mostBytesAtOnce`). */
const mostRead = 5_000;

export interface Unindexed {
  /** Those that match, in no order. */
  readonly events: readonly StoredEvent[];
  /** The events that the index has otherwise than they are, whether they match or not. */
  readonly changed: readonly StoredEvent[];
  /** How far each log is indexed: that of the organization, or all that are not indexed to their end. */
  readonly places: readonly FollowerProgress[];
  /** recordedAt of the last of them; null if there is none, or some are left. */
  readonly recordedAt: bigint | null;
  /** The number of events that are neither indexed nor read: more are recorded than are indexed. */
  readonly left: number;
}

export interface UnindexedQuery {
  readonly organizationId?: number;
  /** Which organizations, of all. */
  readonly among?: Among | undefined;
  readonly filter: Filter;
  readonly wanted: EventQuery;
}

/** The matching events that are not indexed. MUST be called before the segments are read: what is indexed between is found twice, not missed. */
export async function unindexedMatches(
  reads: Pick<Reads, "followerProgress" | "unfollowed" | "changedEvents" | "eventsAt">,
  { organizationId, among = everywhere, filter, wanted }: UnindexedQuery,
): Promise<Unindexed> {
  const places = await reads.followerProgress(fullTextFollower, organizationId);
  const behind = places.reduce((sum, place) => sum + Number(place.behind), 0);
  const [events, changed] = await Promise.all([
    behind === 0 ? [] : reads.unfollowed(fullTextFollower, organizationId, mostRead),
    reads.changedEvents(organizationId).then((places) => reads.eventsAt(places)),
  ]);
  const waiting = new Set(changed.length === 0 ? [] : events.map(({ id }) => id));
  // others that are missing were indexed meanwhile
  const left = behind > events.length && isCut(events, mostRead) ? behind - events.length : 0;
  const times = left > 0 ? [] : events.map(({ recordedAt }) => recordedAt);
  return {
    events: [...events, ...changed.filter(({ id }) => !waiting.has(id))].filter(
      (event) => among(event.organizationId) && passes(event, filter) && meets(event, wanted),
    ),
    changed,
    places,
    recordedAt: times.length === 0 ? null : times.reduce((a, b) => (a > b ? a : b)),
    left,
  };
}
