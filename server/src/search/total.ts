/** How many events match a query, and at which place of them a page begins. */
import { demandAskable } from "./allowed.ts";
import { everything } from "./asked-of-index.ts";
import type { EventsQuery } from "./events-query.ts";
import { countFound, type FindQuery, type FindReads, find } from "./full-text/index.ts";
import { searchPlaceOf } from "./organizations.ts";
import type { ScopedStore } from "./pages.ts";
import { type OrganizationView, visibleFilter } from "./visible.ts";

export interface TotalRequest extends EventsQuery {
  /** The first event of a page; undefined for the newest page. */
  readonly first?: FirstEvent | undefined;
}

interface FirstEvent {
  readonly id: string;
  readonly occurredAt: bigint;
}

/** `isLeast`: there may be more, because the count stopped, or events wait to be indexed. */
export interface Total {
  readonly count: number;
  readonly isLeast: boolean;
  /** How many come before the first event of the page; undefined if that is unknown. */
  readonly newer: number | undefined;
}

/** The organization, or all if undefined. */
interface TotalScope {
  readonly organizationId: number | undefined;
  readonly view: OrganizationView;
}

const endOfTime = 9_000_000_000_000_000n;
const none: Total = { count: 0, isLeast: false, newer: 0 };

/**
 * Counts the events that match, by the full-text index.
 * @throws DaybookError `not-allowed` if the caller may not ask that
 */
export async function totalOf(
  store: ScopedStore,
  request: TotalRequest,
  { organizationId, view }: TotalScope,
): Promise<Total> {
  demandAskable(request, { view, isInOne: organizationId !== undefined });
  const filter = visibleFilter(request.filter, view);
  const reads = store.within(view.rowScope);
  const place = await searchPlaceOf(reads, request.organizations);
  if (filter === undefined || place === undefined) return none;
  const wanted = request.wanted ?? everything;
  const query = { ...(organizationId === undefined ? {} : { organizationId }), ...place, filter, wanted };
  const { counts, unindexed } = await countFound(reads, { ...query, bounds: boundsOf(request) });
  const count = counts.reduce((sum, bucket) => sum + bucket.count, 0);
  const isLeast = unindexed.left > 0 || counts.some(({ more }) => more);
  return { count, isLeast, newer: await newerOf(reads, query, { counts, request }) };
}

/** Before the first event of the page, its moment, and after it. */
function boundsOf({ filter: { from = 0n, to = endOfTime }, first }: TotalRequest): bigint[] {
  const at = first?.occurredAt ?? -1n;
  if (at < from || at >= to) return [from, to];
  return [...new Set([from, at, at + 1n, to])];
}

interface Counted {
  readonly counts: readonly { readonly count: number; readonly more: boolean }[];
  readonly request: TotalRequest;
}

/** The most events of one time whose order is looked at. */
const mostAtOnce = 1_000;

async function newerOf(
  reads: FindReads,
  query: Omit<FindQuery, "limit">,
  { counts, request: { filter, first } }: Counted,
): Promise<number | undefined> {
  if (first === undefined) return 0;
  const { from = 0n, to = endOfTime } = filter;
  const { occurredAt, id } = first;
  const moment = counts[occurredAt === from ? 0 : 1];
  const after = occurredAt + 1n >= to ? { count: 0, more: false } : counts.at(-1);
  if (moment === undefined || moment.more || after === undefined || after.more) return undefined;
  if (moment.count <= 1) return after.count;
  const atOnce = { ...query.filter, from: occurredAt, to: occurredAt + 1n };
  const { events } = await find(reads, { ...query, filter: atOnce, limit: mostAtOnce, slots: [] });
  const before = events.findIndex((event) => event.id === id);
  return before === -1 ? undefined : after.count + before;
}
