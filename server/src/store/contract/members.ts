/** The contract of the store for members: the role of a user in an organization. */
import type { MemberRole, TeamRole } from "daybook/internal";
import type { SearchedPage } from "./lists.ts";
import type { Organization } from "./organizations.ts";
import type { UserName } from "./users.ts";

/** The memberships of a user in one organization: their own role and those of their teams. */
export interface Membership {
  readonly organizationId: number;
  readonly role: MemberRole;
  /** The roles of their teams; each once. */
  readonly teamRoles: readonly TeamRole[];
}

export interface Member extends Membership {
  readonly user: UserName;
  readonly version: number;
  readonly joinedAt: bigint;
}

/** Step 1 of a writing transaction: the rows of members. The organization's row MUST be locked before. */
export interface MemberRows {
  /** Makes a user a member, version 1. Rejects with StoreError `conflict`, constraint `membership_pkey`, if they are already a member. */
  insertMember(member: Pick<Membership, "organizationId" | "role"> & { userId: number }): Promise<void>;
  /** Locks the row of a member, by the user's public id, and returns it; undefined if they are not a member. */
  memberForUpdate(organizationId: number, id: string): Promise<Member | undefined>;
  /**
   * The number of members who have OWNER as their own role. It stays right until the transaction ends, because the organization's row is
   * locked.
   */
  countOwners(organizationId: number): Promise<number>;
  /** Sets a member's role and raises their `version`. Rejects with StoreError `conflict` if they are not a member. */
  setMemberRole(organizationId: number, userId: number, role: MemberRole): Promise<void>;
  /** Removes a member, also from the organization's teams, and their own saved views in it. Rejects with StoreError `conflict` if they are not a member. */
  deleteMember(organizationId: number, userId: number): Promise<void>;
}

/** Reading members, within a row scope: an organization's scope sees only the names and addresses of its own members. */
export interface MemberReads {
  /** Members in the order of the user's public id, the first after `after`. A search compares names and addresses. */
  members(organizationId: number, page: SearchedPage): Promise<Member[]>;
  /** A member by the user's public id; undefined if they are not a member. */
  member(organizationId: number, id: string): Promise<Member | undefined>;
}

/** Reading the memberships of a user, across organizations: no row scope applies. */
export interface MembershipReads {
  /** The roles of a user in each of their organizations, including closed ones, in the order of slug. */
  membershipsOf(userId: number): Promise<(Membership & { readonly organization: Organization })[]>;
}
