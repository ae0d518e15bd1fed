/** Teams: groups of members with a name, and possibly a role. */
import type { TeamRole } from "./roles.ts";

/** A team. */
export interface Team {
  /** `team_…` */
  readonly id: string;
  /** 1 to 200 characters, unique in the organization regardless of case. */
  readonly name: string;
  /** The role that its members have in addition to their own; null if none. */
  readonly role: TeamRole | null;
  /** The number of its members. */
  readonly members: number;
  /** RFC 3339, UTC, six decimals. */
  readonly createdAt: string;
}

/** A team to add. */
export interface NewTeam {
  /** 1 to 200 characters, unique in the organization, ignoring case. */
  readonly name: string;
  /** The role that its members get in addition to their own; the default is none. */
  readonly role?: TeamRole | null;
}
