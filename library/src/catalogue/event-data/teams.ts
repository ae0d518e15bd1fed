/**
 * The TypeScript types of `data`, of the subject "teams". This file is generated from the schemas of the
 * catalogue (`UPDATE_SPEC=1 npx vitest run library/src/catalogue`); don't edit it.
 */

/** The data of NEW_TEAM, TEAM_RENAMED, REMOVE_TEAM. */
export type NewTeamData = {
  /** Team id: 1 to 256 characters. */
  teamId: string;
  /** Team: 1 to 512 characters. */
  team: string;
};

/** The data of NEW_TEAM_MEMBER, REMOVE_TEAM_MEMBER. */
export type NewTeamMemberData = {
  /** Team id: 1 to 256 characters. */
  teamId: string;
  /** Team: 1 to 512 characters. */
  team: string;
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Email: at most 320 characters that match `^\S+@[^\s@]+$`. */
  email?: string;
};
