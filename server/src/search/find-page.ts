/** Finds a page of events by their words, and says how complete the search is. */
import { formatTime } from "daybook/internal";
import type { StoredEvent } from "../store/contract/events.ts";
import type { PageKey } from "../store/contract/pages.ts";
import type { Reads } from "../store/store.ts";
import { type FindQuery, find, type Unindexed } from "./full-text/index.ts";
import type { OrganizationView } from "./visible.ts";

/** The completeness of a search for words. */
export interface Searched {
  /** recordedAt of the last event before which all were searched; null if there is none, or none is missing. */
  readonly upTo: string | null;
  /** The number of events that were not searched, because too many wait to be indexed. For readers of one target 1 at most: there are some. */
  readonly behind: number;
}

/** A page, and where the search stopped before the page was full. */
export interface FoundPage {
  readonly events: StoredEvent[];
  readonly reached: PageKey | undefined;
  readonly searched: Searched;
}

/** How complete a search was that left out these events. */
export function searchedOf({
  places,
  recordedAt,
  left,
}: Pick<Unindexed, "places" | "recordedAt" | "left">): Searched {
  return { upTo: upToOf({ places, recordedAt, left }), behind: left };
}

/** The same for a reader: who sees one target learns neither when others were recorded, nor how many. */
export const visibleSearched = (searched: Searched, { onlyTarget }: OrganizationView): Searched =>
  onlyTarget === undefined ? searched : { upTo: null, behind: Math.min(searched.behind, 1) };

function upToOf({
  places,
  recordedAt,
  left,
}: Pick<Unindexed, "places" | "recordedAt" | "left">): string | null {
  if (left > 0 && places.some((place) => place.recordedAt === null)) return null;
  const times = places.flatMap((place) => (place.recordedAt === null ? [] : [place.recordedAt]));
  if (recordedAt !== null) times.push(recordedAt);
  if (times.length === 0) return null;
  return formatTime(times.reduce((a, b) => ((left === 0 ? a > b : a < b) ? a : b)));
}

/** A page by words: at most `limit` events. */
export async function findPage(reads: Reads, query: FindQuery): Promise<FoundPage> {
  const { events, reached, unindexed } = await find(reads, query);
  return { events, reached, searched: searchedOf(unindexed) };
}
