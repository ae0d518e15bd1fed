/** The columns of people, and the readers of their rows. */
import type { MemberRole, TeamRole } from "daybook/internal";
import type { By } from "../../contract/actors.ts";
import type { OneTimeCode } from "../../contract/codes.ts";
import type { DenialRow } from "../../contract/denials.ts";
import type { Invitation } from "../../contract/invitations.ts";
import type { Member, Membership } from "../../contract/members.ts";
import type { HeldSession, Session } from "../../contract/sessions.ts";
import type { Team } from "../../contract/teams.ts";
import type { User, UserName } from "../../contract/users.ts";
import { column, countColumn, jsonColumn, type RowShape, rowShape } from "../statements/row-shape.ts";
import type { Row } from "../statements/session.ts";

const holder: RowShape<HeldSession["user"]> = rowShape<HeldSession["user"]>({
  userId: column("user_id"),
  id: column("id"),
  email: column("email"),
  name: column("name"),
  issuer: column("issuer"),
  subject: column("subject"),
  isOperator: column("is_operator"),
  createdAt: column("created_at"),
});
/** The columns of a User without its password, in the order of `readHolder`. */
export const holderColumns: string = holder.columns;
export const userColumns: string = `${holderColumns}, password`;
export const readHolder: RowShape<HeldSession["user"]>["read"] = holder.read;
export const readUser = (row: Row): User => ({
  ...holder.read(row),
  password: row[holder.width] as string | null,
});

const userName: RowShape<UserName> = rowShape<UserName>({
  userId: column("user_id"),
  id: column("id"),
  name: column("name"),
  email: column("email"),
});
export const userNameColumns: string = userName.columns;
export const readUserName: RowShape<UserName>["read"] = userName.read;

const session: RowShape<Session> = rowShape<Session>({
  id: column("id"),
  userId: column("user_id"),
  method: column("method"),
  userAgent: column("user_agent"),
  createdAt: column("created_at"),
  expiresAt: column("expires_at"),
  lastSeenAt: column("last_seen_at"),
  authenticatedAt: column("authenticated_at"),
});
export const sessionColumns: string = session.columns;
export const readSession: RowShape<Session>["read"] = session.read;

const code: RowShape<OneTimeCode> = rowShape<OneTimeCode>({
  codeHash: column("c.code_hash"),
  userId: column("c.user_id"),
  expiresAt: column("c.expires_at"),
  issuerMay: column(`CASE
    WHEN c.issued_by IS NULL THEN true
    WHEN c.issued_by = 'operator' THEN
      c.created_at >= (SELECT d.operator_token_since FROM deployment d WHERE d.singleton)
    ELSE EXISTS (SELECT FROM user_account u WHERE u.id = c.issued_by AND u.is_operator) END`),
});
/** For `one_time_code c`: with the issuer's present right to issue it. */
export const codeColumns: string = code.columns;
export const readCode: RowShape<OneTimeCode>["read"] = code.read;

/** The roles that the teams of the membership `m` give, as a JSON list, possibly with duplicates. */
export const teamRolesOfMember = `(SELECT coalesce(json_agg(t.role), '[]') FROM team_member x
    JOIN team t ON t.organization_id = x.organization_id AND t.id = x.team_id
    WHERE x.organization_id = m.organization_id AND x.user_id = m.user_id AND t.role IS NOT NULL)`;
export const eachRoleOnce = (roles: readonly TeamRole[]): TeamRole[] => [...new Set(roles)].sort();
const readTeamRoles = (json: unknown): TeamRole[] => eachRoleOnce(JSON.parse(json as string));

/** The columns of a Member of `membership m`, between those of a UserName and the roles of the teams. */
export const membershipColumns = "m.organization_id, m.role, m.version, m.joined_at";
export const readMember = (row: Row): Member => ({
  user: readUserName(row),
  ...readMembership([row[4], row[5], row[8]]),
  version: row[6] as number,
  joinedAt: row[7] as bigint,
});
/** Reads organization, role, and the JSON of the teams' roles. */
export const readMembership = (row: Row): Membership => ({
  organizationId: row[0] as number,
  role: row[1] as MemberRole,
  teamRoles: readTeamRoles(row[2]),
});

export const readBy = (json: unknown): By => JSON.parse(json as string) as By;

const invitation: RowShape<Invitation> = rowShape<Invitation>({
  organizationId: column("organization_id"),
  id: column("id"),
  email: column("email"),
  role: column("role"),
  invitedBy: jsonColumn("invited_by"),
  state: column("state"),
  createdAt: column("created_at"),
  expiresAt: column("expires_at"),
});
export const invitationColumns: string = invitation.columns;
export const readInvitation: RowShape<Invitation>["read"] = invitation.read;

const team: RowShape<Team> = rowShape<Team>({
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
/** The columns of a Team of `team t`. */
export const teamColumns: string = team.columns;
export const readTeam: RowShape<Team>["read"] = team.read;

const refusal: RowShape<DenialRow> = rowShape<DenialRow>({
  organizationId: column("organization_id"),
  subject: column("subject"),
  recordedAt: column("recorded_at"),
  pending: column("pending"),
  event: column("event"),
});
export const refusalColumns: string = refusal.columns;
export const readDenial: RowShape<DenialRow>["read"] = refusal.read;
