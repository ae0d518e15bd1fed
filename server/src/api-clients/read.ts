/** Reading API clients for whoever may: the list, and one. Within the caller's sight only. */
import type { ApiClientKey, ApiClientReads, ListedApiClient } from "../store/api-clients.ts";
import type { ListPage } from "../store/people.ts";
import type { Sight, Store } from "../store/store.ts";
import { notFound, type SeenOrganization } from "./organization.ts";

/** What an id can be made of; a text that isn't never reaches the database. */
const form = /^[A-Za-z0-9_-]{1,128}$/;

type Seeing = Pick<Store, "seeing">;
const readsOf = (store: Seeing, { view }: SeenOrganization): ApiClientReads => store.seeing(view.sight);

/** Deleted ones too: they keep their history. Throws `api-client-not-found`. */
export async function findApiClient(
  store: Seeing,
  organization: SeenOrganization,
  id: string,
): Promise<ListedApiClient> {
  if (!form.test(id)) throw notFound();
  const found = await readsOf(store, organization).apiClient(organization.organizationId, id);
  if (found === undefined) throw notFound();
  return found;
}

/** The newest first, without deleted ones. */
export async function listApiClients(
  store: Seeing,
  organization: SeenOrganization,
  page: ListPage,
): Promise<ListedApiClient[]> {
  if (page.after !== undefined && !form.test(page.after)) return [];
  return readsOf(store, organization).apiClients(organization.organizationId, page);
}

/** What these clients are called, those that are deleted too: of the ones that are in sight. */
export const namesOf = (
  store: Seeing,
  sight: Sight,
  clients: readonly ApiClientKey[],
): ReturnType<ApiClientReads["apiClientNames"]> =>
  clients.length === 0 ? Promise.resolve([]) : store.seeing(sight).apiClientNames(clients);
