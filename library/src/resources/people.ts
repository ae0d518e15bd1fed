/** The members of an organization, and invitations. */
import type { OrganizationName } from "../event/index.ts";
import type { MemberRole, TeamRole } from "./roles.ts";

/** A person with an account. */
export interface Person {
  /** `user_…` */
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface Member {
  readonly user: Person;
  readonly role: MemberRole;
  /** The roles that their teams add. */
  readonly teamRoles: readonly TeamRole[];
  /** RFC 3339, UTC, six decimals. */
  readonly joinedAt: string;
}

/** An open invitation. For 7 days, anyone who has its link can accept it. */
export interface Invitation {
  /** `invitation_…` */
  readonly id: string;
  readonly email: string;
  readonly role: MemberRole;
  readonly invitedBy: { readonly type: string; readonly id: string; readonly name?: string };
  /** RFC 3339, UTC, six decimals; so is `expiresAt`. */
  readonly createdAt: string;
  readonly expiresAt: string;
  /** Whether it is too old to be accepted. */
  readonly expired: boolean;
  /** Whether `invitedBy` may still invite people. If not, the invitation can't be accepted. */
  readonly inviterMay: boolean;
}

/** `email` has at most 320 bytes. */
export type NewInvitation = Pick<Invitation, "email" | "role">;

/**
 * A new invitation. `link` is returned once. It is absent if the first response was lost and the request was repeated: withdraw the
 * invitation then, and make another. `emailed`: whether Daybook also sent it by mail; absent if no mail server is configured.
 */
export type SentInvitation = Invitation & { readonly link?: string; readonly emailed?: boolean };

/** An invitation as the person who has its link reads it. */
export interface PresentedInvitation extends Pick<Invitation, "role" | "email" | "expiresAt"> {
  readonly organization: OrganizationName;
  /** Whether the address has an account. If so, sign in first; otherwise choose a name and a password. */
  readonly hasAccount: boolean;
}

export interface AcceptedInvitation extends Pick<Member, "user" | "role"> {
  readonly organization: OrganizationName;
}
