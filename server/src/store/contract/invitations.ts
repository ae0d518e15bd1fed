/** The contract of the store for invitations to become a member. The store gets their tokens only as hashes. */
import type { MemberRole } from "daybook/internal";
import type { By } from "./actors.ts";
import type { ListPage } from "./lists.ts";
import type { Organization } from "./organizations.ts";

export interface Invitation {
  readonly organizationId: number;
  /** `invitation_…` */
  readonly id: string;
  readonly email: string;
  readonly role: MemberRole;
  readonly invitedBy: By;
  readonly state: "open" | "accepted" | "withdrawn";
  readonly createdAt: bigint;
  readonly expiresAt: bigint;
}

/** Step 1 of a writing transaction: the rows of invitations. The organization's row MUST be locked before. */
export interface InvitationRows {
  /**
   * Makes an open invitation. Rejects with StoreError `conflict`, constraint `invitation_open_email_key`, if the address (by
   * `addressKey`) has an open one, expired or not.
   */
  insertInvitation(
    invitation: Omit<Invitation, "createdAt" | "state"> & { readonly tokenHash: Uint8Array },
  ): Promise<Invitation>;
  /** Locks an invitation's row and returns it, whatever its state; undefined if there is none. */
  invitationForUpdate(organizationId: number, id: string): Promise<Invitation | undefined>;
  /** Locks the row of the open invitation of an address, expired or not, and returns it; undefined if there is none. */
  openInvitationForUpdate(organizationId: number, email: string): Promise<Invitation | undefined>;
  /** Ends an open invitation. Rejects with StoreError `conflict` if there is no open one with that id. */
  closeInvitation(organizationId: number, id: string, state: "accepted" | "withdrawn"): Promise<void>;
}

/** Reading invitations, within a row scope. */
export interface InvitationReads {
  /** Open invitations in the order of id, including expired ones, the first after `after`. */
  invitations(organizationId: number, page: ListPage): Promise<Invitation[]>;
}

/** Reading an invitation by its token, before any organization is known: no row scope applies. */
export interface InvitationTokenReads {
  /** The invitation with that token and its organization, whatever their state; undefined if there is none. */
  invitationByToken(
    tokenHash: Uint8Array,
  ): Promise<(Invitation & { readonly organization: Organization }) | undefined>;
}
