/** Shared by all changes of API clients: the organization's lock, the error for a taken name, stored responses. */
import { DaybookError, refuse } from "daybook/internal";
import type { Timeliness } from "../jobs/index.ts";
import type { ChangeTransaction, EventLog, Once } from "../log/index.ts";
import type { ApiClientAuthReads } from "../store/contract/api-clients.ts";
import { StoreError } from "../store/contract/errors.ts";
import type { Organization } from "../store/contract/organizations.ts";
import type { RowScope } from "../store/contract/row-scope.ts";
import type { Store } from "../store/store.ts";

/** The dependencies of this service. */
export interface ApiClientDependencies {
  readonly store: Pick<Store, "within"> & ApiClientAuthReads;
  readonly log: Pick<EventLog, "change">;
  /** Microseconds since 1970 UTC. */
  readonly clock: () => bigint;
  /** Called with failures outside requests. */
  readonly failed: (error: unknown) => void;
  /** Whether the clock may be trusted for recording that something has expired. */
  readonly isTimely: Timeliness;
}

/** An organization with the caller's row scope. */
export interface ClientOrganization extends Organization {
  readonly view: { readonly rowScope: RowScope };
}

/** Locks the organization, so that its changes run one after the other. Throws `organization-closed`. */
export async function openForUpdate(tx: ChangeTransaction, { organizationId }: Organization): Promise<void> {
  const row = await tx.rows.organizationForUpdate(organizationId);
  if (row.closedAt !== null) throw new DaybookError("organization-closed");
}

export const notFound = (): DaybookError => new DaybookError("api-client-not-found");

/** Turns a name conflict into the API's error; throws other errors unchanged. */
export function nameTaken(error: unknown): never {
  if (!(error instanceof StoreError) || error.constraint !== "api_client_name_key") throw error;
  throw refuse("name-taken", {
    pointer: "/name",
    detail: "Another API client of this organization has this name.",
    remedy: "Choose another name. Names that differ only in case count as the same.",
  });
}

/** Stores a response for a repeat of the request, without its token, which the database must not have. */
export const withoutToken = <T extends object>(): Pick<Once<T>, "write" | "read"> => ({
  write: (answer) => JSON.stringify({ ...answer, token: undefined }),
  read: (text) => JSON.parse(text) as T,
});
