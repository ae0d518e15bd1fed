/** A person in events: as the one who acts, as what is acted on, and in whose logs what they do is recorded. */
import type { Actor, Context, EventInput, RecordedBy, Target } from "daybook/internal";
import { byServer, type ChangeTransaction, type Initiator } from "../log/index.ts";
import type { Organization } from "../store/contract/organizations.ts";
import type { User, UserName } from "../store/contract/users.ts";
import type { SignInStore } from "./sign-in-store.ts";

/** An organization as far as recording goes. */
export type MemberOrganization = Pick<Organization, "organizationId">;

/** The organization whose log holds what belongs to no other. */
export const reserved: MemberOrganization = { organizationId: 0 };

/** Daybook itself. */
export const daybook: Actor = { type: "system", id: "daybook" };

/** A person as others may see them. */
export const nameOf = ({ userId, id, name, email }: UserName): UserName => ({ userId, id, name, email });
export const actorOf = ({ id, name, email }: UserName): Actor => ({ type: "user", id, name, email });
export const targetOf = ({ id, name }: Pick<User, "id" | "name">): Target => ({ type: "user", id, name });

/** Who was authenticated, for events that a person brings about. */
export const recordedByOf = ({ id, isOperator }: Pick<User, "id" | "isOperator">): RecordedBy =>
  isOperator ? { type: "operator", id } : byServer;

/** A person who does something to their own account, before or without a session. */
export const asThemselves = (
  user: UserName & Pick<User, "isOperator">,
  context: Context | undefined,
): Initiator => ({
  actor: actorOf(user),
  recordedBy: recordedByOf(user),
  ...(context === undefined ? {} : { context }),
});

/**
 * Whose logs tell of what happens to a person's account: the reserved one always, so that it alone says all of accounts, and each
 * open organization that they are a member of.
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

/** Records the event in each of the logs, each with an id of its own. */
export async function recordInAll(
  tx: ChangeTransaction,
  { logs, event, recordedBy }: ForLogs,
): Promise<void> {
  for (const log of logs) await tx.record(log, event, recordedBy);
}
