/** Reads API clients within the caller's row scope: the list, and one. */
import type {
  ApiClientKey,
  ApiClientPage,
  ApiClientReads,
  ListedApiClient,
} from "../store/contract/api-clients.ts";
import type { RowScope } from "../store/contract/row-scope.ts";
import type { Store } from "../store/store.ts";
import { type ClientOrganization, notFound } from "./organization.ts";

/** The form of ids; other texts never reach the database. */
const form = /^[A-Za-z0-9_-]{1,128}$/;

type ClientStore = Pick<Store, "within">;
const readsOf = (store: ClientStore, { view }: ClientOrganization): ApiClientReads =>
  store.within(view.rowScope);

/** Includes deleted clients, which keep their history. Throws `api-client-not-found`. */
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

/** Without deleted ones. */
export async function listApiClients(
  store: ClientStore,
  organization: ClientOrganization,
  page: ApiClientPage,
): Promise<ListedApiClient[]> {
  if (page.after !== undefined && !form.test(page.after)) return [];
  return readsOf(store, organization).apiClients(organization.organizationId, page);
}

/** The names of these clients within the row scope, including deleted ones. */
export const namesOf = (
  store: ClientStore,
  rowScope: RowScope,
  clients: readonly ApiClientKey[],
): ReturnType<ApiClientReads["apiClientNames"]> =>
  clients.length === 0 ? Promise.resolve([]) : store.within(rowScope).apiClientNames(clients);
