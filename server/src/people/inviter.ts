/**
 * Whether an inviter may still invite. An invitation ends with the right by which it was made; otherwise, a removed owner could come back
 * with a link of their own.
 */
import { DaybookError } from "daybook/internal";
import type { ChangeTransaction } from "../log/index.ts";
import type { Invitation } from "../store/contract/invitations.ts";
import type { User } from "../store/contract/users.ts";
import type { PeopleDependencies } from "./dependencies.ts";

type InvitationOrigin = Pick<Invitation, "organizationId" | "invitedBy" | "createdAt">;

/** How to look people up: under the locks of a change, or as they are now. */
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

/** For an invitation by the operator token: whether that token is still the present one. */
async function isOfThisToken(
  { store }: Pick<PeopleDependencies, "store">,
  createdAt: bigint,
): Promise<boolean> {
  const deployment = await store.deployment();
  return deployment === undefined || deployment.operatorTokenSince <= createdAt;
}

/** Whether the inviter is still an owner or an operator; for the operator token, whether it is still the present one. */
export async function inviterMay(
  dependencies: Pick<PeopleDependencies, "store">,
  { organizationId, invitedBy, createdAt }: InvitationOrigin,
  tx?: ChangeTransaction,
): Promise<boolean> {
  if (invitedBy.id === "operator") return isOfThisToken(dependencies, createdAt);
  const look = tx === undefined ? asTheyAre(dependencies) : underLocks(tx);
  const inviter = await look.user(invitedBy.id);
  // accounts are never deleted: an inviter without an account isn't a person
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
