/** The members of an organization, and invitations. */
import type { OrganizationName } from "../event/index.ts";
import type { MemberRole, TeamRole } from "./roles.ts";

/** A person with an account. */
export interface Person {
  /** `user_…` */
  readonly id: string;
  /** The name that the person gave. */
  readonly name: string;
  /** The email address of the account, at most 320 bytes. */
  readonly email: string;
}

/** A member of an organization. */
export interface Member {
  /** The person. */
  readonly user: Person;
  /** The member's own role. */
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
  /** The address that was invited, at most 320 bytes. */
  readonly email: string;
  /** The role that the person gets. */
  readonly role: MemberRole;
  /** The owner or operator who invited them, as they were then. */
  readonly invitedBy: {
    /** The kind of caller. */
    readonly type: string;
    /** Their id. */
    readonly id: string;
    /** Their name at that time. */
    readonly name?: string;
  };
  /** RFC 3339, UTC, six decimals. */
  readonly createdAt: string;
  /** RFC 3339, UTC, six decimals. */
  readonly expiresAt: string;
  /** Whether it is too old to be accepted. */
  readonly expired: boolean;
  /** Whether `invitedBy` may still invite people. If not, the invitation can't be accepted. */
  readonly inviterMay: boolean;
}

/** `email` has at most 320 bytes. */
export type NewInvitation = Pick<Invitation, "email" | "role">;

/** A new invitation. */
export type SentInvitation = Invitation & {
  /**
   * The link, returned once. It is absent if the first response was lost and the request was repeated: withdraw the invitation then, and
   * make another.
   */
  readonly link?: string;
  /** Whether Daybook also sent the link by mail; absent if no mail server is configured. */
  readonly emailed?: boolean;
};

/** An invitation as the person who has its link reads it. */
export interface PresentedInvitation extends Pick<Invitation, "role" | "email" | "expiresAt"> {
  /** The organization that they join. */
  readonly organization: OrganizationName;
  /** Whether the address has an account. If so, sign in first; otherwise choose a name and a password. */
  readonly hasAccount: boolean;
}

/** The new membership of someone who accepted. */
export interface AcceptedInvitation extends Pick<Member, "user" | "role"> {
  /** The organization that they join. */
  readonly organization: OrganizationName;
}
