/** The columns of people, and the readers of their rows. */
import type { TeamRole } from "daybook/internal";
import type { OneTimeCode } from "../../contract/codes.ts";
import type { DenialRow } from "../../contract/denials.ts";
import type { Invitation } from "../../contract/invitations.ts";
import type { Member, Membership } from "../../contract/members.ts";
import type { HeldSession, Session } from "../../contract/sessions.ts";
import type { Team } from "../../contract/teams.ts";
import type { User, UserName } from "../../contract/users.ts";
import {
  column,
  columnBy,
  countColumn,
  joined,
  jsonColumn,
  type RowShape,
  rowShape,
  shapeUnder,
} from "../statements/row-shape.ts";

/** A User without its password. */
export const holderShape: RowShape<HeldSession["user"]> = rowShape<HeldSession["user"]>({
  userId: column("user_id"),
  id: column("id"),
  email: column("email"),
  name: column("name"),
  issuer: column("issuer"),
  subject: column("subject"),
  isOperator: column("is_operator"),
  createdAt: column("created_at"),
});
export const userShape: RowShape<User> = joined(
  holderShape,
  rowShape<Pick<User, "password">>({ password: column("password") }),
);

export const userNameShape: RowShape<UserName> = rowShape<UserName>({
  userId: column("user_id"),
  id: column("id"),
  name: column("name"),
  email: column("email"),
});

export const sessionShape: RowShape<Session> = rowShape<Session>({
  id: column("id"),
  userId: column("user_id"),
  method: column("method"),
  userAgent: column("user_agent"),
  createdAt: column("created_at"),
  expiresAt: column("expires_at"),
  lastSeenAt: column("last_seen_at"),
  authenticatedAt: column("authenticated_at"),
});

/** From `one_time_code c`, with the issuer's present right to issue it. */
export const codeShape: RowShape<OneTimeCode> = rowShape<OneTimeCode>({
  codeHash: column("c.code_hash"),
  userId: column("c.user_id"),
  expiresAt: column("c.expires_at"),
  issuerMay: column(`CASE
    WHEN c.issued_by IS NULL THEN true
    WHEN c.issued_by = 'operator' THEN
      c.created_at >= (SELECT d.operator_token_since FROM deployment d WHERE d.singleton)
    ELSE EXISTS (SELECT FROM user_account u WHERE u.id = c.issued_by AND u.is_operator) END`),
});

/** The roles that the teams of the membership `m` give, as a JSON list, possibly with duplicates. */
export const teamRolesOfMember = `(SELECT coalesce(json_agg(t.role), '[]') FROM team_member x
    JOIN team t ON t.organization_id = x.organization_id AND t.id = x.team_id
    WHERE x.organization_id = m.organization_id AND x.user_id = m.user_id AND t.role IS NOT NULL)`;
export const eachRoleOnce = (roles: readonly TeamRole[]): TeamRole[] => [...new Set(roles)].sort();
const readTeamRoles = (json: unknown): TeamRole[] => eachRoleOnce(JSON.parse(json as string));

/** From `membership m`. */
export const membershipShape: RowShape<Membership> = rowShape<Membership>({
  organizationId: column("m.organization_id"),
  role: column("m.role"),
  teamRoles: columnBy(teamRolesOfMember, readTeamRoles),
});
/** From `membership m`, and the user in a table with the alias. */
export const memberShape = (alias: string): RowShape<Member> =>
  joined(
    membershipShape,
    rowShape<Omit<Member, keyof Membership>>({
      user: shapeUnder(alias, userNameShape),
      version: column("m.version"),
      joinedAt: column("m.joined_at"),
    }),
  );

export const invitationShape: RowShape<Invitation> = rowShape<Invitation>({
  organizationId: column("organization_id"),
  id: column("id"),
  email: column("email"),
  role: column("role"),
  invitedBy: jsonColumn("invited_by"),
  state: column("state"),
  createdAt: column("created_at"),
  expiresAt: column("expires_at"),
});

/** From `team t`. */
export const teamShape: RowShape<Team> = rowShape<Team>({
  organizationId: column("t.organization_id"),
  id: column("t.id"),
  name: column("t.name"),
  role: column("t.role"),
  version: column("t.version"),
  createdAt: column("t.created_at"),
  members: countColumn(
    "(SELECT count(*) FROM team_member x WHERE x.organization_id = t.organization_id AND x.team_id = t.id)",
  ),
});

export const denialShape: RowShape<DenialRow> = rowShape<DenialRow>({
  organizationId: column("organization_id"),
  subject: column("subject"),
  recordedAt: column("recorded_at"),
  pending: column("pending"),
  event: column("event"),
});
