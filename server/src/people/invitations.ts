/**
 * Invitations to become a member: made with a link that is shown once, listed while they are open, withdrawn. Addresses are compared
 * ignoring case. The inviter doesn't learn whether the address has an account. `acceptance.ts` handles accepting.
 */
import { DaybookError, type EventInput } from "daybook/internal";
import { type ChangeTransaction, inOneAct, once, rowOf } from "../log/index.ts";
import type { Mail } from "../mail/index.ts";
import { paths } from "../paths.ts";
import { credentialOf, isLive } from "../secrets/index.ts";
import type { Invitation } from "../store/contract/invitations.ts";
import type { ListPage } from "../store/contract/lists.ts";
import type { Organization } from "../store/contract/organizations.ts";
import { inOne, spanning } from "../store/contract/placement.ts";
import {
  invitationData,
  type OrganizationChange,
  openForChange,
  type PeopleDependencies,
  recordChange,
  type ScopedOrganization,
} from "./dependencies.ts";
import { hashOf, isId, newId, newInvitationToken } from "./ids.ts";
import { inviterMay } from "./inviter.ts";
import { invitationLetter } from "./letters.ts";
import { checkEmail, checkRole } from "./rules.ts";

/** Microseconds: 7 days. */
export const invitationLifetime: bigint = 7n * 86_400_000_000n;

/** An invitation, and why it can't be accepted although nobody withdrew it. */
export interface ListedInvitation extends Invitation {
  /** Whether it has expired. */
  readonly expired: boolean;
  /** False if the inviter may no longer invite. */
  readonly inviterMay: boolean;
}

/** A new invitation. A repeat by Idempotency-Key has no link, because the token isn't stored. */
export interface InvitationWithLink {
  readonly invitation: ListedInvitation;
  /** The link for accepting it, with the secret: returned once. */
  readonly link?: string;
  /** Whether Daybook also sent it by mail. Absent if no mail server is configured. */
  readonly emailed?: boolean;
}

export interface Invitations {
  /**
   * Throws `request-invalid`, `invited-already`, `member-already`, `organization-closed`, `idempotency-key-reused`, and what recording
   * throws. A mail that can't be sent undoes nothing.
   */
  invite(
    request: OrganizationChange & { readonly email: unknown; readonly role: unknown },
  ): Promise<InvitationWithLink>;
  /** Open ones, including expired ones; by id. */
  invitations(place: ScopedOrganization, page: ListPage): Promise<ListedInvitation[]>;
  /**
   * Repeating it has no effect, and records no event. Throws `invitation-not-found`, `invitation-used` if it was accepted, `organization-closed`.
   */
  withdrawInvitation(request: OrganizationChange & { readonly invitationId: string }): Promise<void>;
}

/** How invitations are sent. */
export interface Post {
  /** If undefined, only by hand. */
  readonly mail: Mail | undefined;
  /** The public address, without a slash at its end; read when a link is made. */
  readonly address: () => string;
}

/** Opens this part of the service. */
export function openInvitations(dependencies: PeopleDependencies, { mail, address }: Post): Invitations {
  const { store, log, clock } = dependencies;
  const listed = async (invitation: Invitation): Promise<ListedInvitation> => ({
    ...invitation,
    expired: !isLive(invitation.expiresAt, invitationLifetime, clock()),
    inviterMay: await inviterMay(dependencies, invitation),
  });
  return {
    invite: async ({ email, role, ...request }) => {
      const token = newInvitationToken();
      const wanted = {
        id: newId("invitation"),
        email: checkEmail(email),
        role: checkRole(role),
        expiresAt: clock() + invitationLifetime,
        tokenHash: hashOf(token),
      };
      const made = await log.change(
        (tx) => inviteOnce(tx, { ...wanted, dependencies, now: clock() }, request),
        spanning("membership", [request.organization]),
      );
      const invitation = await listed(made.invitation);
      if (made.organization === undefined) return { invitation };
      const link = `${address()}${paths.invitation()}#${token}`;
      if (mail === undefined) return { invitation, link };
      const letter = invitationLetter({ ...invitation, organization: made.organization, link });
      return { invitation, link, emailed: await mail.send(letter) };
    },
    invitations: async ({ organizationId, rowScope }, page) => {
      return Promise.all((await store.within(rowScope).invitations(organizationId, page)).map(listed));
    },
    withdrawInvitation: (request) => log.change((tx) => withdraw(tx, request), inOne(request.organization)),
  };
}

type InvitationToMake = Pick<Invitation, "id" | "email" | "role" | "expiresAt"> & {
  readonly tokenHash: Uint8Array;
  readonly dependencies: PeopleDependencies;
  readonly now: bigint;
};

/** `organization` only for one that was just made. */
interface MadeInvitation {
  readonly invitation: Invitation;
  readonly organization?: Organization;
}

const inviteOnce = (
  tx: ChangeTransaction,
  wanted: InvitationToMake,
  request: OrganizationChange,
): Promise<MadeInvitation> =>
  once<MadeInvitation>(tx.rows, {
    organizationId: request.organization.organizationId,
    idempotency: request.idempotency,
    status: 201,
    work: () => invite(tx, wanted, request),
    write: ({ invitation }) =>
      JSON.stringify(invitation, (_, value) => (typeof value === "bigint" ? `${value}` : value)),
    read: (text) => {
      const kept = JSON.parse(text);
      return {
        invitation: { ...kept, createdAt: BigInt(kept.createdAt), expiresAt: BigInt(kept.expiresAt) },
      };
    },
  });

async function invite(
  tx: ChangeTransaction,
  wanted: InvitationToMake,
  { initiator, ...request }: OrganizationChange,
): Promise<MadeInvitation> {
  const organization = await openForChange(tx.rows, request.organization);
  const { organizationId } = organization;
  const user = await tx.rows.userForUpdate({ email: wanted.email });
  if (user && (await tx.rows.memberForUpdate(organizationId, user.id)))
    throw new DaybookError("member-already");
  const invitedBy = rowOf(initiator.actor);
  const { dependencies, now, ...row } = wanted;
  const before = await tx.rows.openInvitationForUpdate(organizationId, wanted.email);
  if (
    before !== undefined &&
    isLive(before.expiresAt, invitationLifetime, now) &&
    (await inviterMay(dependencies, before, tx))
  )
    throw new DaybookError("invited-already");
  const act = before === undefined ? initiator : inOneAct(initiator, wanted.id);
  if (before !== undefined) await end(tx, before, act);
  const invitation = await tx.rows.insertInvitation({ ...row, organizationId, invitedBy });
  await recordChange(tx, organization, {
    initiator: act,
    type: "NEW_ORGANIZATION_MEMBER",
    ...about(invitation, wanted),
  });
  return { invitation, organization };
}

async function end(
  tx: ChangeTransaction,
  invitation: Invitation,
  initiator: OrganizationChange["initiator"],
): Promise<void> {
  await tx.rows.closeInvitation(invitation.organizationId, invitation.id, "withdrawn");
  await recordChange(tx, invitation, { initiator, type: "INVITATION_WITHDRAWN", ...about(invitation) });
}

async function withdraw(
  tx: ChangeTransaction,
  { organization, invitationId, initiator }: OrganizationChange & { readonly invitationId: string },
): Promise<void> {
  const { organizationId } = await openForChange(tx.rows, organization);
  const invitation = isId(invitationId)
    ? await tx.rows.invitationForUpdate(organizationId, invitationId)
    : undefined;
  if (invitation === undefined) throw new DaybookError("invitation-not-found");
  if (invitation.state === "withdrawn") return;
  if (invitation.state === "accepted") throw new DaybookError("invitation-used");
  await end(tx, invitation, initiator);
}

/** The person is known only by the address yet, so the target is the invitation. For a new one, the event has its token's credential. */
const about = (
  { id, email, role, ...rest }: Invitation,
  issued?: Pick<InvitationToMake, "tokenHash">,
): Pick<EventInput, "targets" | "data"> => ({
  targets: [{ type: "user", id, name: email }],
  data: {
    email,
    role,
    ...invitationData({ id, ...rest }),
    ...(issued && { credential: credentialOf(issued.tokenHash) }),
  },
});
