/**
 * Whether who made an invitation may still invite. An invitation is a key that was cut from another: it ends with the right by which it
 * was made, or who was removed would come back by a link of their own.
 */
import { DaybookError } from "daybook/internal";
import type { ChangeTransaction } from "../log/index.ts";
import type { Invitation } from "../store/contract/invitations.ts";
import type { User } from "../store/contract/users.ts";
import type { PeopleDependencies } from "./dependencies.ts";

type InvitationOrigin = Pick<Invitation, "organizationId" | "invitedBy" | "createdAt">;

/** How people are looked up: under the locks of a change, or as they are now. */
interface InviterReads {
  readonly user: (id: string) => Promise<User | undefined>;
  readonly isOwner: (organizationId: number, user: User) => Promise<boolean>;
}

const underLocks = ({ rows }: ChangeTransaction): InviterReads => ({
  user: (id) => rows.userForUpdate({ id }),
  isOwner: async (organizationId, { id }) =>
    (await rows.memberForUpdate(organizationId, id))?.role === "OWNER",
});

const asTheyAre = ({ store }: Pick<PeopleDependencies, "store">): InviterReads => ({
  user: (id) => store.user({ id }),
  isOwner: async (organizationId, { userId }) =>
    (await store.membershipsOf(userId)).some(
      (membership) => membership.organizationId === organizationId && membership.role === "OWNER",
    ),
});

/** Of an invitation by the operator token: whether no other token has replaced it since. */
async function isOfThisToken(
  { store }: Pick<PeopleDependencies, "store">,
  createdAt: bigint,
): Promise<boolean> {
  const deployment = await store.deployment();
  return deployment === undefined || deployment.operatorTokenSince <= createdAt;
}

/** Whether who made it is still an owner or an operator; of the operator token, whether it is still the one. */
export async function inviterMay(
  dependencies: Pick<PeopleDependencies, "store">,
  { organizationId, invitedBy, createdAt }: InvitationOrigin,
  tx?: ChangeTransaction,
): Promise<boolean> {
  if (invitedBy.id === "operator") return isOfThisToken(dependencies, createdAt);
  const look = tx === undefined ? asTheyAre(dependencies) : underLocks(tx);
  const inviter = await look.user(invitedBy.id);
  // accounts are never deleted: who has none is no person
  return inviter === undefined || inviter.isOperator || look.isOwner(organizationId, inviter);
}

/** @throws DaybookError `invitation-used` with the reason */
export async function refuseUnlessInviterMay(...query: Parameters<typeof inviterMay>): Promise<void> {
  if (await inviterMay(...query)) return;
  throw new DaybookError("invitation-used", {
    detail: "The person who sent this invitation is no longer allowed to invite anyone.",
    remedy: "Ask an owner of the organization for a new invitation.",
  });
}
