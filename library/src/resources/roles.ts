/** The roles of members and of teams; docs/access.md lists what each may do. */

/** Every role of a member. */
export const memberRoles = ["OWNER", "DESIGNER", "CONSUMER", "AUDITOR"] as const;

/** What a member may do in an organization. */
export type MemberRole = (typeof memberRoles)[number];

/** Every role of a team: a team can't give OWNER. */
export const teamRoles = ["DESIGNER", "CONSUMER", "AUDITOR"] as const;

/** What the members of a team may do in addition to their own role. */
export type TeamRole = (typeof teamRoles)[number];
