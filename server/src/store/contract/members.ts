/** The contract of the store for members: what a user is in an organization. */
import type { ListPage } from "./lists.ts";
import type { Organization } from "./organizations.ts";
import type { UserName } from "./users.ts";

/** What a member is in an organization. A team never gives OWNER. */
export const memberRoles = ["OWNER", "DESIGNER", "CONSUMER", "AUDITOR"] as const;

export type MemberRole = (typeof memberRoles)[number];

export type TeamRole = Exclude<MemberRole, "OWNER">;

/** What a user is in one organization. */
export interface Membership {
  readonly organizationId: number;
  readonly role: MemberRole;
  /** What their teams add; each once. */
  readonly teamRoles: readonly TeamRole[];
}

export interface Member extends Membership {
  readonly user: UserName;
  readonly version: number;
  readonly joinedAt: bigint;
}

/** Step 1 of a writing transaction: the rows of members. The organization's row MUST be locked before. */
export interface MemberRows {
  /**
   * Makes a user a member, version 1. Rejects with StoreError `conflict`, constraint `membership_pkey`, if they are a member
   * already.
   */
  insertMember(member: Pick<Membership, "organizationId" | "role"> & { userId: number }): Promise<void>;
  /** Locks the row of a member, by the user's public id, and answers it; undefined if they are no member. */
  memberForUpdate(organizationId: number, id: string): Promise<Member | undefined>;
  /** How many members are OWNER by their own role. Right until the transaction ends, because the organization's row is locked. */
  countOwners(organizationId: number): Promise<number>;
  /** Sets a member's role and raises their `version`. Rejects with StoreError `conflict` if they are no member. */
  setMemberRole(organizationId: number, userId: number, role: MemberRole): Promise<void>;
  /**
   * Removes a member, and takes them out of the organization's teams. Rejects with StoreError `conflict` if they are no member.
   */
  deleteMember(organizationId: number, userId: number): Promise<void>;
}

/** Reading members, within a row scope: an organization's scope sees the names and addresses of its own members only. */
export interface MemberReads {
  /** Members in the order of the user's public id, the first after `after`. */
  members(organizationId: number, page: ListPage): Promise<Member[]>;
  /** A member by the user's public id; undefined if they are no member. */
  member(organizationId: number, id: string): Promise<Member | undefined>;
}

/** Reading the memberships of a user, across organizations: no row scope applies. */
export interface MembershipReads {
  /** What a user is in each of their organizations, closed ones too, in the order of slug. */
  membershipsOf(userId: number): Promise<(Membership & { readonly organization: Organization })[]>;
}
