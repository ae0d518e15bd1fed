/** The contract of the store for invitations to become a member. Their tokens come here hashed, never as they are. */
import type { By } from "./actors.ts";
import type { ListPage } from "./lists.ts";
import type { MemberRole } from "./members.ts";
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

/** The rows of invitations in a writing transaction. */
export interface InvitationRows {
  /** StoreError `conflict`, constraint `invitation_open_email_key`, where the address is invited already. */
  insertInvitation(
    invitation: Omit<Invitation, "createdAt" | "state"> & { readonly tokenHash: Uint8Array },
  ): Promise<Invitation>;
  /** Undefined if there is none. Locks the row. */
  invitationForUpdate(organizationId: number, id: string): Promise<Invitation | undefined>;
  /** The one of that address that is open, expired or not. Locks the row. */
  openInvitationForUpdate(organizationId: number, email: string): Promise<Invitation | undefined>;
  closeInvitation(organizationId: number, id: string, state: "accepted" | "withdrawn"): Promise<void>;
}

/** Reading invitations, within a row scope. */
export interface InvitationReads {
  /** Those that are open, expired ones too; by id. */
  invitations(organizationId: number, page: ListPage): Promise<Invitation[]>;
}

/** Reading an invitation by its token, before any organization is known. */
export interface InvitationTokenReads {
  invitationByToken(
    tokenHash: Uint8Array,
  ): Promise<(Invitation & { readonly organization: Organization }) | undefined>;
}
