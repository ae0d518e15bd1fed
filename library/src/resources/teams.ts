/** Teams: members under a name, to whom it can give a role. */
import type { TeamRole } from "./roles.ts";

export interface Team {
  /** `team_…` */
  readonly id: string;
  readonly name: string;
  /** The role that its members have in addition to their own; null: none. */
  readonly role: TeamRole | null;
  /** How many are in it. */
  readonly members: number;
  /** RFC 3339, UTC, six decimals. */
  readonly createdAt: string;
}

export interface NewTeam {
  /** 1 to 200 characters, unique in the organization regardless of case. */
  readonly name: string;
  readonly role?: TeamRole | null;
}
