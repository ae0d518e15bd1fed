/**
 * Creates an organization with its log: the row, the log and its head, and LOG_OPENED as leaf 0, in the caller's transaction. Heads are
 * never created later.
 */
import { type EventInput, newLogOrigin, vkey } from "daybook/internal";
import type { Deployment } from "../store/contract/deployment.ts";
import type { Organization } from "../store/contract/organizations.ts";
import { byServer, type ChangeTransaction } from "./change.ts";

/** The organization to create, and the deployment whose name and key its log gets. */
export interface OrganizationToOpen {
  readonly organization: Pick<Organization, "id" | "slug" | "name"> & { readonly organizationId?: 0 };
  readonly deployment: Pick<Deployment, "logName" | "publicKey">;
}

/** A new organization, and the name of its log. */
export interface OpenedOrganization {
  readonly organization: Organization;
  readonly origin: string;
}

/** Creates the organization; throws the store's `conflict` if its slug or id is taken. */
export async function openOrganization(
  tx: ChangeTransaction,
  { organization, deployment }: OrganizationToOpen,
): Promise<OpenedOrganization> {
  const origin = newLogOrigin(deployment.logName);
  const made = await tx.rows.insertOrganization({ ...organization, origin });
  await tx.record(made, logOpened(made.id, vkey(origin, deployment.publicKey)), byServer);
  return { organization: made, origin };
}

/** Leaf 0 of a log that doesn't continue another one. */
const logOpened = (organizationId: string, key: string): EventInput => ({
  type: "LOG_OPENED",
  actor: { type: "system", id: "daybook" },
  data: { keys: [key], organization: organizationId, previous: null },
});
