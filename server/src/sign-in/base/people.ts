/** A person in events: as the actor, as the target, and the logs for what they do. */
import type { Actor, Context, EventInput, RecordedBy, Target } from "daybook/internal";
import { byServer, type ChangeTransaction, type Initiator } from "../../log/index.ts";
import type { Organization } from "../../store/contract/organizations.ts";
import type { User, UserName } from "../../store/contract/users.ts";
import type { SignInStore } from "./sign-in-store.ts";

/** The part of an organization that recording needs. */
export type MemberOrganization = Pick<Organization, "organizationId">;

/** The organization whose log is for what belongs to no other. */
export const reserved: MemberOrganization = { organizationId: 0 };

/** Daybook itself. */
export const daybook: Actor = { type: "system", id: "daybook" };

/** A person as others see them. */
export const nameOf = ({ userId, id, name, email }: UserName): UserName => ({ userId, id, name, email });
export const actorOf = ({ id, name, email }: UserName): Actor => ({ type: "user", id, name, email });
export const targetOf = ({ id, name }: Pick<User, "id" | "name">): Target => ({ type: "user", id, name });

/** The recorder of events that a person causes. */
export const recordedByOf = ({ id, isOperator }: Pick<User, "id" | "isOperator">): RecordedBy =>
  isOperator ? { type: "operator", id } : byServer;

/** A person who acts on their own account, before or without a session. */
export const asThemselves = (
  user: UserName & Pick<User, "isOperator">,
  context: Context | undefined,
): Initiator => ({
  actor: actorOf(user),
  recordedBy: recordedByOf(user),
  ...(context === undefined ? {} : { context }),
});

/**
 * The logs for events about a person's account: always the reserved one, so that it has everything about accounts, and each open
 * organization of which they are a member.
 */
export async function logsOf(
  store: Pick<SignInStore, "membershipsOf">,
  { userId }: Pick<User, "userId">,
): Promise<readonly MemberOrganization[]> {
  const memberships = await store.membershipsOf(userId);
  const open = memberships.filter(({ organization }) => organization.closedAt === null);
  return [reserved, ...open.map(({ organizationId }) => ({ organizationId }))];
}

/** One event for several logs. */
interface ForLogs {
  readonly logs: readonly MemberOrganization[];
  readonly event: EventInput;
  readonly recordedBy: RecordedBy;
}

/** Records the event in each of the logs, with separate ids. */
export async function recordInAll(
  tx: ChangeTransaction,
  { logs, event, recordedBy }: ForLogs,
): Promise<void> {
  for (const log of logs) await tx.record(log, event, recordedBy);
}
