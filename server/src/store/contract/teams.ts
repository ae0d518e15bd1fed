/** The contract of the store for teams and their members. */
import type { TeamRole } from "daybook/internal";
import type { ListPage, SearchedPage } from "./lists.ts";
import type { UserName } from "./users.ts";

export interface Team {
  readonly organizationId: number;
  /** `team_…` */
  readonly id: string;
  readonly name: string;
  readonly role: TeamRole | null;
  readonly version: number;
  readonly createdAt: bigint;
  /** The number of members. */
  readonly members: number;
}

/** Step 1 of a writing transaction: the rows of teams. The organization's row MUST be locked before. */
export interface TeamRows {
  /**
   * Makes a team, version 1, without members. Rejects with StoreError `conflict`, constraint `team_name_key`, if the name (by
   * `nameKey`) is taken in the organization.
   */
  insertTeam(team: Pick<Team, "organizationId" | "id" | "name" | "role">): Promise<Team>;
  /** Locks a team's row and returns it; undefined if there is none. */
  teamForUpdate(organizationId: number, id: string): Promise<Team | undefined>;
  /**
   * Sets the given values; always raises `version` by one. Rejects with StoreError `conflict` if there is no such team, or as `insertTeam`.
   */
  updateTeam(
    organizationId: number,
    id: string,
    set: { name?: string; role?: TeamRole | null },
  ): Promise<void>;
  /** Removes a team and its memberships. Rejects with StoreError `conflict` if there is no such team. */
  deleteTeam(organizationId: number, id: string): Promise<void>;
  /** Adds a member to a team. False if they were already in it. */
  insertTeamMember(organizationId: number, teamId: string, userId: number): Promise<boolean>;
  /** Removes a member from a team. False if they were not in it. */
  deleteTeamMember(organizationId: number, teamId: string, userId: number): Promise<boolean>;
  /** The teams of a member, in the order of id. Locks nothing. */
  teamsOf(organizationId: number, userId: number): Promise<Team[]>;
}

/** Reading teams, within a row scope. */
export interface TeamReads {
  /** Teams in the order of id, the first after `after`. A search compares names. */
  teams(organizationId: number, page: SearchedPage): Promise<Team[]>;
  /** A team by its id; undefined if there is none. */
  team(organizationId: number, id: string): Promise<Team | undefined>;
  /** The teams of a member, in the order of id; empty if they are not a member. */
  teamsOf(organizationId: number, userId: number): Promise<Team[]>;
  /** The members of a team, in the order of the user's public id, the first after `after`; empty if there is no such team. */
  teamMembers(organizationId: number, teamId: string, page: ListPage): Promise<UserName[]>;
}
