/**
 * The common dependencies, and the start of each change: it locks the organization's row first, so that the changes of one organization run
 * one after the other.
 */
import { DaybookError, type EventInput, formatTime, type Target } from "daybook/internal";
import type { BusinessRows, ChangeRequest, ChangeTransaction, EventLog } from "../log/index.ts";
import { StoreError } from "../store/contract/errors.ts";
import type { Invitation } from "../store/contract/invitations.ts";
import type { Organization } from "../store/contract/organizations.ts";
import type { RowScope } from "../store/contract/row-scope.ts";
import type { UserName } from "../store/contract/users.ts";
import type { Store } from "../store/store.ts";

/** The dependencies of this service. */
export interface PeopleDependencies {
  readonly store: Pick<
    Store,
    "within" | "organizationsNamed" | "deployment" | "membershipsOf" | "invitationByToken" | "user"
  >;
  readonly log: Pick<EventLog, "change">;
  /** Microseconds since 1970 UTC. */
  readonly clock: () => bigint;
}

/** A change in an organization: the organization, the initiator, and the version that they read, if given. */
export interface OrganizationChange extends ChangeRequest {
  readonly organization: Pick<Organization, "organizationId">;
}

/** A change that someone can give a reason for, in their own words, which its event then has. */
export interface WithReason {
  readonly reason?: unknown;
}

/** A change of a resource with a version. If `ifVersion` is absent, any version is changed. */
export interface ChangingVersion extends OrganizationChange {
  readonly ifVersion?: number | undefined;
}

/** An organization with a caller's row scope. */
export interface ScopedOrganization {
  readonly organizationId: number;
  readonly rowScope: RowScope;
}

/** The organization whose log is for what belongs to no other. It has no members and no settings. */
export const reserved = { organizationId: 0 } as const;

/** Locks the organization. Throws `not-allowed` for the reserved one, `organization-closed`. */
export async function openForChange(
  rows: BusinessRows,
  { organizationId }: OrganizationChange["organization"],
): Promise<Organization> {
  refuseReserved({ organizationId });
  const organization = await rows.organizationForUpdate(organizationId);
  if (organization.closedAt !== null) throw new DaybookError("organization-closed");
  return organization;
}

export function refuseReserved({ organizationId }: OrganizationChange["organization"]): void {
  if (organizationId !== reserved.organizationId) return;
  throw new DaybookError("not-allowed", { detail: "The reserved organization can't be changed." });
}

/** Throws `changed-meanwhile` if someone has changed it since it was read. */
export function refuseStale({ version }: { version: number }, ifVersion: number | undefined): void {
  if (ifVersion !== undefined && ifVersion !== version) throw new DaybookError("changed-meanwhile");
}

/** Runs a change; if a unique name is taken, according to the constraint, it throws `taken`. */
export async function unlessTaken<T>(
  work: Promise<T>,
  taken: { readonly constraint: string; readonly error: DaybookError },
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StoreError && error.constraint === taken.constraint) throw taken.error;
    throw error;
  }
}

/** Records an event of an act in the organization's log. */
export async function recordChange(
  tx: ChangeTransaction,
  organization: OrganizationChange["organization"],
  { initiator, ...event }: Pick<ChangeRequest, "initiator"> & Omit<EventInput, "actor" | "context">,
): Promise<void> {
  const { actor, context, recordedBy } = initiator;
  await tx.record(organization, { ...event, actor, ...(context && { context }) }, recordedBy);
}

/** A person as the target of an event. */
export const userTarget = ({ id, name }: Pick<UserName, "id" | "name">): Target => ({
  type: "user",
  id,
  name,
});

/** An invitation as the data of an event: its id, and until when it can be accepted. */
export const invitationData = ({
  id,
  expiresAt,
}: Pick<Invitation, "id" | "expiresAt">): { invitationId: string; expiresAt: string } => ({
  invitationId: id,
  expiresAt: formatTime(expiresAt),
});

/** The maximum number of sessions in one event; for more, there are several. */
const mostSessions = 1000;

/** Ended sessions as the data of SESSIONS_ENDED; empty if there were none. */
export function sessionsEnded(
  { id }: Pick<UserName, "id">,
  why: string,
  ended: readonly string[],
): { userId: string; why: string; sessions: number; sessionIds: string[] }[] {
  const chunks = Array.from({ length: Math.ceil(ended.length / mostSessions) }, (_, index) =>
    ended.slice(index * mostSessions, (index + 1) * mostSessions),
  );
  return chunks.map((sessionIds) => ({ userId: id, why, sessions: sessionIds.length, sessionIds }));
}

/** A person as the data of an event. */
export const userData = ({ id, email }: UserName): { userId: string; email: string } => ({
  userId: id,
  email,
});
