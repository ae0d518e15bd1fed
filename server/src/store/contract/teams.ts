/** The contract of the store for teams, and for who is in them. */
import type { ListPage } from "./lists.ts";
import type { TeamRole } from "./members.ts";
import type { UserName } from "./users.ts";

export interface Team {
  readonly organizationId: number;
  /** `team_…` */
  readonly id: string;
  readonly name: string;
  readonly role: TeamRole | null;
  readonly version: number;
  readonly createdAt: bigint;
  /** How many. */
  readonly members: number;
}

/** The rows of teams in a writing transaction. */
export interface TeamRows {
  /** StoreError `conflict`, constraint `team_name_key`, where the name is taken. */
  insertTeam(team: Pick<Team, "organizationId" | "id" | "name" | "role">): Promise<Team>;
  /** Undefined if there is none. Locks the row. */
  teamForUpdate(organizationId: number, id: string): Promise<Team | undefined>;
  /** Raises `version`. Throws as `insertTeam`. */
  updateTeam(
    organizationId: number,
    id: string,
    set: { name?: string; role?: TeamRole | null },
  ): Promise<void>;
  /** With its members. */
  deleteTeam(organizationId: number, id: string): Promise<void>;
  /** False if they were in it already. */
  insertTeamMember(organizationId: number, teamId: string, userId: number): Promise<boolean>;
  /** False if they were not in it. */
  deleteTeamMember(organizationId: number, teamId: string, userId: number): Promise<boolean>;
  /** In the order of id. */
  teamsOf(organizationId: number, userId: number): Promise<Team[]>;
}

/** Reading teams, within a row scope. */
export interface TeamReads {
  /** By id. */
  teams(organizationId: number, page: ListPage): Promise<Team[]>;
  team(organizationId: number, id: string): Promise<Team | undefined>;
  /** By the user's public id. */
  teamMembers(organizationId: number, teamId: string, page: ListPage): Promise<UserName[]>;
}
