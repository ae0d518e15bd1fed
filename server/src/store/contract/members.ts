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

/** The rows of members in a writing transaction. */
export interface MemberRows {
  /** StoreError `conflict`, constraint `membership_pkey`, where they are a member already. */
  insertMember(member: Pick<Membership, "organizationId" | "role"> & { userId: number }): Promise<void>;
  /** By the user's public id; undefined if they are no member. */
  memberForUpdate(organizationId: number, id: string): Promise<Member | undefined>;
  countOwners(organizationId: number): Promise<number>;
  /** Raises the member's `version`. */
  setMemberRole(organizationId: number, userId: number, role: MemberRole): Promise<void>;
  /** With their places in its teams. */
  deleteMember(organizationId: number, userId: number): Promise<void>;
}

/** Reading members, within a row scope. */
export interface MemberReads {
  /** By the user's public id. */
  members(organizationId: number, page: ListPage): Promise<Member[]>;
  member(organizationId: number, id: string): Promise<Member | undefined>;
}

/** Reading the memberships of a user, across organizations. */
export interface MembershipReads {
  /** The organizations that a user is a member of, by slug. */
  membershipsOf(userId: number): Promise<(Membership & { readonly organization: Organization })[]>;
}
