/** What all changes of API clients share: the organization's lock, what isn't there, the name that is taken, stored answers. */
import { DaybookError, refuse } from "daybook/internal";
import type { ChangeTransaction, EventLog, Once } from "../log/index.ts";
import type { ApiClientAuthReads } from "../store/contract/api-clients.ts";
import { StoreError } from "../store/contract/errors.ts";
import type { Organization } from "../store/contract/organizations.ts";
import type { RowScope } from "../store/contract/row-scope.ts";
import type { Store } from "../store/store.ts";

/** What the files of this room stand on. */
export interface ApiClientDependencies {
  readonly store: Pick<Store, "within"> & ApiClientAuthReads;
  readonly log: Pick<EventLog, "change">;
  /** Microseconds since 1970 UTC. */
  readonly clock: () => bigint;
  /** Is told what fails beside the requests. */
  readonly failed: (error: unknown) => void;
}

/** An organization as the caller sees it. */
export interface ClientOrganization extends Organization {
  readonly view: { readonly rowScope: RowScope };
}

/** Locks the organization, so that its changes follow each other. Throws `organization-closed`. */
export async function openForUpdate(tx: ChangeTransaction, { organizationId }: Organization): Promise<void> {
  const row = await tx.rows.organizationForUpdate(organizationId);
  if (row.closedAt !== null) throw new DaybookError("organization-closed");
}

export const notFound = (): DaybookError => new DaybookError("api-client-not-found");

/** Says in the API's words that the name is taken; throws everything else on. */
export function nameTaken(error: unknown): never {
  if (!(error instanceof StoreError) || error.constraint !== "api_client_name_key") throw error;
  throw refuse("name-taken", {
    pointer: "/name",
    detail: "Another API client of this organization has this name.",
    remedy: "Choose another name. Names that differ only in case count as the same.",
  });
}

/** How an answer is kept for a repeat of the request: never with its token, which the database must not know. */
export const withoutToken = <T extends object>(): Pick<Once<T>, "write" | "read"> => ({
  write: (answer) => JSON.stringify({ ...answer, token: undefined }),
  read: (text) => JSON.parse(text) as T,
});
