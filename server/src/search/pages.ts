/** Pages of events, newest first, of one organization or of all; and one event by its id. */
import { DaybookError } from "daybook/error";
import { isEventId, type RecordedEvent } from "daybook/event";
import type { Filter, PageKey, Store, StoredEvent } from "../store/store.ts";
import { type CursorScope, formatCursor, parseCursor } from "./cursor.ts";
import { filterOf, filterParameters } from "./filter.ts";
import { type Query, readParameters, single, wholeNumber } from "./query.ts";
import { toRecordedEvent } from "./recorded-event.ts";
import { asSeen, isSeen, type SeenOrganization, seenFilter, type View } from "./viewer.ts";

/** Pages read by nothing but a sight. */
type Seeing = Pick<Store, "seeing">;

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
  store: Seeing,
  organization: SeenOrganization,
  request: PageRequest,
): Promise<EventPage> {
  const { organizationId, view } = organization;
  const { rows, next } = await readPage(store, request, { organizationId, view });
  return { events: rows.map((row) => toRecordedEvent(asSeen(row, view), organization)), next };
}

/**
 * One page of the events of all organizations that are in sight, newest first by occurredAt: for operators.
 * @throws DaybookError `cursor-invalid`
 */
export async function searchAllEvents(store: Seeing, view: View, request: PageRequest): Promise<EventPage> {
  const { rows, next } = await readPage(store, request, { organizationId: undefined, view });
  const ids = [...new Set(rows.map((row) => row.organizationId))];
  const organizations = ids.length > 0 ? await store.seeing(view.sight).organizationsById(ids) : [];
  const byId = new Map(organizations.map((organization) => [organization.organizationId, organization]));
  const events = rows.flatMap((row) => {
    const organization = byId.get(row.organizationId);
    return organization === undefined ? [] : [toRecordedEvent(asSeen(row, view), organization)];
  });
  return { events, next };
}

/**
 * The event of that id.
 * @throws DaybookError `event-not-found`, for what is no event id, and for an event that isn't seen, too
 */
export async function eventById(
  store: Seeing,
  organization: SeenOrganization,
  id: string,
): Promise<RecordedEvent> {
  const { organizationId, view } = organization;
  const stored = isEventId(id) ? await store.seeing(view.sight).event(organizationId, id) : undefined;
  if (stored === undefined || !isSeen(stored, view)) throw new DaybookError("event-not-found");
  return toRecordedEvent(asSeen(stored, view), organization);
}

interface Pages {
  /** Undefined: of all organizations. */
  readonly organizationId: number | undefined;
  readonly view: View;
}

async function readPage(
  store: Seeing,
  request: PageRequest,
  { organizationId, view }: Pages,
): Promise<{ rows: StoredEvent[]; next: string | null }> {
  const { cursor, limit } = request;
  const filter = seenFilter(request.filter, view);
  // pages without events have no cursors that could be theirs
  if (filter === undefined && cursor !== undefined) throw new DaybookError("cursor-invalid");
  if (filter === undefined) return { rows: [], next: null };
  const scope: CursorScope = { organizationId, filter };
  const after = cursor === undefined ? undefined : parseCursor(cursor, scope);
  const rows = await store.seeing(view.sight).page({
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
