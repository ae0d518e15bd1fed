/** Reading API clients for whoever may: the list, and one. Within the caller's row scope only. */
import type { ApiClientKey, ApiClientReads, ListedApiClient } from "../store/contract/api-clients.ts";
import type { ListPage } from "../store/contract/lists.ts";
import type { RowScope } from "../store/contract/row-scope.ts";
import type { Store } from "../store/store.ts";
import { type ClientOrganization, notFound } from "./organization.ts";

/** What an id can be made of; a text that isn't never reaches the database. */
const form = /^[A-Za-z0-9_-]{1,128}$/;

type ClientStore = Pick<Store, "within">;
const readsOf = (store: ClientStore, { view }: ClientOrganization): ApiClientReads =>
  store.within(view.rowScope);

/** Deleted ones too: they keep their history. Throws `api-client-not-found`. */
export async function findApiClient(
  store: ClientStore,
  organization: ClientOrganization,
  id: string,
): Promise<ListedApiClient> {
  if (!form.test(id)) throw notFound();
  const found = await readsOf(store, organization).apiClient(organization.organizationId, id);
  if (found === undefined) throw notFound();
  return found;
}

/** The newest first, without deleted ones. */
export async function listApiClients(
  store: ClientStore,
  organization: ClientOrganization,
  page: ListPage,
): Promise<ListedApiClient[]> {
  if (page.after !== undefined && !form.test(page.after)) return [];
  return readsOf(store, organization).apiClients(organization.organizationId, page);
}

/** What these clients are called, those that are deleted too: of the ones that are in scope. */
export const namesOf = (
  store: ClientStore,
  rowScope: RowScope,
  clients: readonly ApiClientKey[],
): ReturnType<ApiClientReads["apiClientNames"]> =>
  clients.length === 0 ? Promise.resolve([]) : store.within(rowScope).apiClientNames(clients);
