/** Pages of events, newest first, of one organization or of all; and one event by its id. */
import { DaybookError, isEventId, type RecordedEvent, type SlotName } from "daybook/internal";
import { type Query, readParameters, single, wholeNumber } from "../query-string/index.ts";
import type { Organization } from "../store/contract/organizations.ts";
import type { HashedEvent, PageQuery } from "../store/contract/pages.ts";
import type { Reads, Store } from "../store/store.ts";
import { demandAskable } from "./allowed.ts";
import { askedOfIndex } from "./asked-of-index.ts";
import { type CursorScope, formatCursor, parseCursor } from "./cursor.ts";
import { type EventsQuery, eventsParameters, eventsQueryOf } from "./events-query.ts";
import { type FoundPage, findPage, type Searched, visibleSearched } from "./find-page.ts";
import { keyOf } from "./full-text/index.ts";
import { type SearchPlace, searchPlaceOf } from "./organizations.ts";
import { recordedSlots, toRecordedEvent } from "./recorded-event.ts";
import {
  isVisible,
  type OrganizationView,
  type SearchableOrganization,
  visibleFilter,
  visiblePart,
} from "./visible.ts";

/** Reading pages needs only a row scope. */
export type ScopedStore = Pick<Store, "within">;

/** Selects a page: `limit` is 1 to 1,000. */
export interface PageRequest extends EventsQuery {
  readonly cursor: string | undefined;
  readonly limit: number;
}

/**
 * `next` is the cursor of the following page, null on the last one. With words, a page can have fewer events than its limit although there
 * are more: the search continues from there.
 */
export interface EventPage<E = RecordedEvent> {
  readonly events: E[];
  readonly next: string | null;
  /** For a search for words: its completeness. */
  readonly searched?: Searched;
}

/** The parameters of `parsePageRequest`. */
export const pageParameters: readonly string[] = [...eventsParameters, "cursor", "limit"];

/** The maximum and the default number of events on a page. */
export const pageLimit: { readonly min: number; readonly max: number; readonly fallback: number } = {
  min: 1,
  max: 1000,
  fallback: 25,
};

/**
 * The page request in a query.
 * @throws DaybookError `query-invalid`
 */
export function parsePageRequest(query: Query): PageRequest {
  const parameters = readParameters(query, pageParameters);
  return {
    ...eventsQueryOf(parameters),
    cursor: single(parameters, "cursor"),
    limit: wholeNumber(parameters, "limit", pageLimit),
  };
}

/** What becomes of a stored event on a page: the event as it is read back, or its JSON. */
export type Presenting<E> = (event: HashedEvent, organization: Organization) => E;

/**
 * One page of an organization's events, newest first by occurredAt.
 * @throws DaybookError `cursor-invalid`
 */
export async function searchEvents<E>(
  store: ScopedStore,
  organization: SearchableOrganization,
  request: PageRequest,
  present: Presenting<E>,
): Promise<EventPage<E>> {
  const { view } = organization;
  const { rows, organization: now = organization, ...rest } = await readPage(store, request, organization);
  return { events: rows.map((row) => present(visiblePart(row, view), now)), ...rest };
}

/**
 * One page of the events of all organizations in scope, newest first by occurredAt: for operators.
 * @throws DaybookError `cursor-invalid`
 */
export async function searchAllEvents<E>(
  store: ScopedStore,
  view: OrganizationView,
  request: PageRequest,
  present: Presenting<E>,
): Promise<EventPage<E>> {
  const { rows, ...rest } = await readPage(store, request, { organizationId: undefined, view });
  const ids = [...new Set(rows.map((row) => row.organizationId))];
  const organizations = ids.length > 0 ? await store.within(view.rowScope).organizationsById(ids) : [];
  const byId = new Map(organizations.map((organization) => [organization.organizationId, organization]));
  const events = rows.flatMap((row) => {
    const organization = byId.get(row.organizationId);
    return organization === undefined ? [] : [present(visiblePart(row, view), organization)];
  });
  return { events, ...rest };
}

/**
 * The event with that id.
 * @throws DaybookError `event-not-found`, also for an invalid id, and for an event that isn't visible
 */
export async function eventById(
  store: ScopedStore,
  organization: SearchableOrganization,
  id: string,
): Promise<RecordedEvent> {
  const { organizationId, view } = organization;
  const stored = isEventId(id) ? await store.within(view.rowScope).event(organizationId, id) : undefined;
  if (stored === undefined || !isVisible(stored, view)) throw new DaybookError("event-not-found");
  return toRecordedEvent(visiblePart(stored, view), organization);
}

interface PageScope extends Pick<SearchableOrganization, "view" | "isKept"> {
  /** Undefined for all organizations. */
  readonly organizationId: number | undefined;
}

interface PageRead extends Omit<EventPage, "events"> {
  readonly rows: HashedEvent[];
  /** As it is now, if it was kept. */
  readonly organization: Organization | undefined;
}

async function readPage(
  store: ScopedStore,
  request: PageRequest,
  { organizationId, view, isKept = false }: PageScope,
): Promise<PageRead> {
  const { cursor, limit, organizations, times } = request;
  demandAskable(request, { view, isInOne: organizationId !== undefined });
  const filter = visibleFilter(request.filter, view);
  const reads = store.within(view.rowScope);
  const place = await searchPlaceOf(reads, organizations);
  const wanted = askedOfIndex(request, filter, place);
  // pages without events have no valid cursors
  if (filter === undefined || place === undefined) {
    if (cursor !== undefined) throw new DaybookError("cursor-invalid");
    return wanted === undefined ? noEvents : { ...noEvents, searched: nothingMissing };
  }
  const scope: CursorScope = { organizationId, filter, wanted, organizations, times };
  const after = cursor === undefined ? undefined : parseCursor(cursor, scope);
  const query = {
    filter,
    limit: limit + 1,
    slots: visibleSlots(view),
    ...(organizationId === undefined ? {} : { organizationId }),
    ...place,
    ...(after === undefined ? {} : { after }),
  };
  const read = await readRows(reads, query, { wanted, isKept });
  const { events: rows, organization, reached, searched } = read;
  const more = rows.length > limit;
  if (more) rows.length = limit;
  const last = more ? rows.at(-1) : undefined;
  const goOn = last === undefined ? reached : keyOf(last);
  return {
    rows,
    organization,
    next: goOn === undefined ? null : formatCursor(goOn, scope),
    ...(searched && { searched: visibleSearched(searched, view) }),
  };
}

interface RowsRead extends Partial<Omit<FoundPage, "events">> {
  readonly events: HashedEvent[];
  readonly organization?: Organization | undefined;
}

async function readRows(
  reads: Reads,
  { among, ...query }: PageQuery & SearchPlace,
  { wanted, isKept }: Pick<PageRequest, "wanted"> & Pick<PageScope, "isKept">,
): Promise<RowsRead> {
  const { organizationId } = query;
  const found =
    wanted === undefined
      ? { events: await reads.page(query) }
      : await findPage(reads, { ...query, among, wanted });
  return isKept && organizationId !== undefined
    ? { ...found, organization: (await reads.organizationsById([organizationId]))[0] }
    : found;
}

const withoutContext = recordedSlots.filter((name) => name !== "context");
const visibleSlots = ({ context }: OrganizationView): readonly SlotName[] =>
  context ? recordedSlots : withoutContext;

const noEvents: PageRead = { rows: [], organization: undefined, next: null };
const nothingMissing: Searched = { upTo: null, behind: 0 };
