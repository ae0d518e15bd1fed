/** Pages of an organization as JSON: copied from stored bytes, or made from events that the full-text index finds. */
import type { PageKey } from "../store/contract/pages.ts";
import { askedOfIndex } from "./asked-of-index.ts";
import { type CursorScope, formatCursor, parseCursor } from "./cursor.ts";
import { copiedPage, type JsonPage, jsonPage, pageSlots } from "./event-bytes.ts";
import { type PageRequest, type ScopedStore, searchEvents } from "./pages.ts";
import { recordedEventText } from "./recorded-event-text.ts";
import { type SearchableOrganization, visibleFilter } from "./visible.ts";

/**
 * The page that `searchEvents` has.
 * @throws DaybookError what that throws
 */
export async function searchEventsJson(
  store: ScopedStore,
  organization: SearchableOrganization,
  request: PageRequest,
): Promise<JsonPage> {
  const { organizations, cursor, limit } = request;
  const { organizationId, view } = organization;
  const filter = visibleFilter(request.filter, view);
  const isAsked = askedOfIndex(request, filter) !== undefined;
  if (isAsked || organizations !== undefined || filter === undefined)
    return jsonPage(await searchEvents(store, organization, request, recordedEventText));
  const scope: CursorScope = { organizationId, filter, times: request.times };
  const events = await store.within(view.rowScope).pageBytes({
    organizationId,
    filter,
    limit: limit + 1,
    slots: pageSlots(view),
    ...(cursor === undefined ? {} : { after: parseCursor(cursor, scope) }),
  });
  const cursorAfter = (last: PageKey): string => formatCursor(last, scope);
  return copiedPage(events, { organization, view, limit, cursorAfter });
}
