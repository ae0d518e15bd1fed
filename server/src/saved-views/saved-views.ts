/**
 * Saved views: searches of an organization's log under a name, of one person or shared. Each change is an event; that of a view of one's own
 * has neither its name nor its search, because everyone who reads the log would see them (docs/adr/0063-saved-views.md).
 */
import { DaybookError, refuse, type SavedSearch } from "daybook/internal";
import type { EventLog } from "../log/index.ts";
import { checkName, isId, newId, type ScopedOrganization, unlessTaken } from "../people/index.ts";
import { inOne } from "../store/contract/placement.ts";
import type { Store } from "../store/store.ts";
import { change, found, mostViews, opened, remove, saveOnce } from "./change-views.ts";
import { checkSearch, searchText } from "./check-search.ts";
import type { ChangingView, ListedView, ViewPerson, WantedView } from "./view-types.ts";

export interface SavedViews {
  /** The person's own, then the shared ones, each by name; at most `limit`. */
  list(place: ScopedOrganization, person: ViewPerson, limit?: number): Promise<ListedView[]>;
  /** Throws `view-not-found`, also for another person's view. */
  view(place: ScopedOrganization, person: ViewPerson, viewId: string): Promise<ListedView>;
  /**
   * Throws `request-invalid`, `query-invalid` and `not-allowed` (its search; a view of one's own without a person; too many views),
   * `name-taken`, `organization-closed`, and what recording throws.
   */
  save(wanted: WantedView): Promise<ListedView>;
  /** Absent values stay. The present values record nothing. Throws as above, `view-not-found`, `changed-meanwhile`. */
  change(
    request: ChangingView & { readonly name?: unknown; readonly search?: SavedSearch },
  ): Promise<ListedView>;
  /** Throws `view-not-found`, `not-allowed`, `changed-meanwhile`, `organization-closed`. */
  remove(request: ChangingView): Promise<void>;
}

interface ViewDependencies {
  readonly store: Pick<Store, "within">;
  readonly log: Pick<EventLog, "change">;
}

export function openSavedViews({ store, log }: ViewDependencies): SavedViews {
  return {
    list: async ({ organizationId, rowScope }, person, limit = mostViews.own + mostViews.forEveryone) =>
      (await store.within(rowScope).savedViews(organizationId, { userId: person?.userId, limit })).map(
        opened,
      ),
    view: async ({ organizationId, rowScope }, person, viewId) => {
      const row = isId(viewId) ? await store.within(rowScope).savedView(organizationId, viewId) : undefined;
      return opened(found(row, person));
    },
    save: async (wanted) => {
      const { person, forEveryone, organization } = wanted;
      if (!forEveryone && person === undefined) throw nobodysOwn();
      const name = checkName(wanted.name, "view name");
      const search = searchText(checkSearch(wanted.search, organization));
      const row = { id: newId("view"), userId: forEveryone ? null : (person?.userId ?? null), name, search };
      return unlessTaken(
        log.change((tx) => saveOnce(tx, row, wanted), inOne(organization)),
        nameTaken(),
      );
    },
    change: async ({ name, search, ...request }) => {
      const set = {
        ...(name === undefined ? {} : { name: checkName(name, "view name") }),
        ...(search === undefined ? {} : { search: searchText(checkSearch(search, request.organization)) }),
      };
      return unlessTaken(
        log.change((tx) => change(tx, set, request), inOne(request.organization)),
        nameTaken(),
      );
    },
    remove: (request) => log.change((tx) => remove(tx, request), inOne(request.organization)),
  };
}

const nobodysOwn = (): DaybookError =>
  new DaybookError("not-allowed", {
    detail: "Only people have views of their own.",
    remedy: "Share the view.",
  });

const nameTaken = (): Parameters<typeof unlessTaken>[1] => ({
  constraint: "saved_view_name_key",
  error: refuse("name-taken", { pointer: "/name", detail: "Another view already has this name." }),
});
