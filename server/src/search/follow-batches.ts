/** Batches of follows: those at one place of a log share their batch, and all that is made of it. */
import { formatPosition } from "daybook/internal";
import type { StoredEvent } from "../store/contract/events.ts";
import type { EventsQuery } from "./events-query.ts";
import { recordedEventText } from "./recorded-event-text.ts";
import { isVisible, type SearchableOrganization, visiblePart } from "./visible.ts";
import { testOf } from "./wanted-events.ts";

/**
 * Some events in order. `positions[i]` is the position of `events[i]`; `position` that of the last event read, even if it isn't visible or wanted: a
 * batch can be empty, and still say how far the follow has come. Follows share batches: don't change one.
 */
export interface FollowBatch {
  /** The JSON of each event as it is read back. */
  readonly events: readonly string[];
  readonly positions: readonly string[];
  readonly position: string | null;
}

/** By the rows that follows share: the batches for the different views of them. */
const batchesOf = new WeakMap<readonly StoredEvent[], Map<string, FollowBatch>>();

/** What a follow reads: the origin of its log, and which events; undefined for all. */
export interface FollowedLog {
  readonly log: string;
  readonly query: EventsQuery | undefined;
}

/** The visible and wanted part of rows of one log. */
export function batchOf(
  rows: readonly [StoredEvent, ...StoredEvent[]],
  followed: FollowedLog,
  organization: SearchableOrganization,
): FollowBatch {
  const { view, slug, name } = organization;
  const batches = batchesOf.get(rows) ?? new Map<string, FollowBatch>();
  batchesOf.set(rows, batches);
  const key = JSON.stringify([view.context, view.onlyTarget, slug, name, keyOfQuery(followed.query)]);
  const batch = batches.get(key) ?? newBatch(rows, followed, organization);
  batches.set(key, batch);
  return batch;
}

/** The same text for the same query. */
const keyOfQuery = (query: EventsQuery | undefined): string =>
  query === undefined
    ? ""
    : JSON.stringify([query.filter, query.wanted], (_, value) =>
        typeof value === "bigint" ? String(value) : value,
      );

function newBatch(
  rows: readonly StoredEvent[],
  { log, query }: FollowedLog,
  organization: SearchableOrganization,
): FollowBatch {
  const { view } = organization;
  const isWanted = query && testOf(query);
  const visible = rows.filter((row) => isVisible(row, view) && (isWanted === undefined || isWanted(row)));
  return {
    events: visible.map((row) => recordedEventText(visiblePart(row, view), organization)),
    positions: visible.map((row) => positionOf(row, log)),
    position: positionOf(rows.at(-1)!, log),
  };
}

export const positionOf = (row: StoredEvent, log: string): string =>
  formatPosition({ log, seq: row.seq, leafHash: row.leafHash });
