/** Pages of events, newest first, of one organization or of all; and one event by its id. */
import { DaybookError } from "daybook/error";
import { isEventId, type RecordedEvent } from "daybook/event";
import type { Filter, Organization, PageKey, Store, StoredEvent } from "../store/store.ts";
import { type CursorScope, formatCursor, parseCursor } from "./cursor.ts";
import { filterOf, filterParameters } from "./filter.ts";
import { type Query, readParameters, single, wholeNumber } from "./query.ts";
import { toRecordedEvent } from "./recorded-event.ts";

/** Which page: `limit` is 1 to 1,000. */
export interface PageRequest {
  readonly filter: Filter;
  readonly cursor: string | undefined;
  readonly limit: number;
}

/** `next` is the cursor of the following page, null on the last one. */
export interface EventPage {
  readonly events: RecordedEvent[];
  readonly next: string | null;
}

/** The parameters that `parsePageRequest` reads. */
export const pageParameters: readonly string[] = [...filterParameters, "cursor", "limit"];

/** How many events a page may have, and has if nobody asks. */
export const pageLimit: { readonly min: number; readonly max: number; readonly fallback: number } = {
  min: 1,
  max: 1000,
  fallback: 25,
};

/**
 * The page that a query asks for.
 * @throws DaybookError `query-invalid`
 */
export function parsePageRequest(query: Query): PageRequest {
  const parameters = readParameters(query, pageParameters);
  return {
    filter: filterOf(parameters),
    cursor: single(parameters, "cursor"),
    limit: wholeNumber(parameters, "limit", pageLimit),
  };
}

/**
 * One page of an organization's events, newest first by occurredAt.
 * @throws DaybookError `cursor-invalid`
 */
export async function searchEvents(
  store: Store,
  organization: Organization,
  request: PageRequest,
): Promise<EventPage> {
  const { organizationId } = organization;
  const { rows, next } = await readPage(store, request, { organizationId, filter: request.filter });
  return { events: rows.map((row) => toRecordedEvent(row, organization)), next };
}

/**
 * One page of the events of all organizations, newest first by occurredAt: for operators.
 * @throws DaybookError `cursor-invalid`
 */
export async function searchAllEvents(store: Store, request: PageRequest): Promise<EventPage> {
  const { rows, next } = await readPage(store, request, {
    organizationId: undefined,
    filter: request.filter,
  });
  const ids = [...new Set(rows.map((row) => row.organizationId))];
  const organizations = ids.length > 0 ? await store.organizationsById(ids) : [];
  const byId = new Map(organizations.map((organization) => [organization.organizationId, organization]));
  const events = rows.flatMap((row) => {
    const organization = byId.get(row.organizationId);
    return organization === undefined ? [] : [toRecordedEvent(row, organization)];
  });
  return { events, next };
}

/**
 * The event of that id.
 * @throws DaybookError `event-not-found`, for what is no event id too
 */
export async function eventById(
  store: Store,
  organization: Organization,
  id: string,
): Promise<RecordedEvent> {
  const stored = isEventId(id) ? await store.event(organization.organizationId, id) : undefined;
  if (stored === undefined) throw new DaybookError("event-not-found");
  return toRecordedEvent(stored, organization);
}

async function readPage(
  store: Store,
  { filter, cursor, limit }: PageRequest,
  scope: CursorScope,
): Promise<{ rows: StoredEvent[]; next: string | null }> {
  const after = cursor === undefined ? undefined : parseCursor(cursor, scope);
  const { organizationId } = scope;
  const rows = await store.page({
    filter,
    limit: limit + 1,
    ...(organizationId === undefined ? {} : { organizationId }),
    ...(after === undefined ? {} : { after }),
  });
  const more = rows.length > limit;
  if (more) rows.length = limit;
  const last = rows.at(-1);
  return { rows, next: more && last !== undefined ? formatCursor(keyOf(last), scope) : null };
}

const keyOf = ({ occurredAt, seq, logNo, organizationId }: StoredEvent): PageKey => ({
  occurredAt,
  seq,
  logNo,
  organizationId,
});
