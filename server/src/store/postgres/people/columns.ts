/** The columns of people, and what a row of them is in the terms of the contract. It refuses to know who asks for them. */
import type { By } from "../../contract/actors.ts";
import type { OneTimeCode } from "../../contract/codes.ts";
import type { Refusal } from "../../contract/denials.ts";
import type { Invitation } from "../../contract/invitations.ts";
import type { Member, MemberRole, Membership, TeamRole } from "../../contract/members.ts";
import type { HeldSession, Session, SignInMethod } from "../../contract/sessions.ts";
import type { Team } from "../../contract/teams.ts";
import type { User, UserName } from "../../contract/users.ts";
import type { Row } from "../statements/session.ts";

/** The columns of a User without its password, in the order in which `readHolder` takes them. */
export const holderColumns = "user_id, id, email, name, issuer, subject, is_operator, created_at";
export const userColumns: string = `${holderColumns}, password`;

export const readHolder = (row: Row): HeldSession["user"] => ({
  userId: row[0] as number,
  id: row[1] as string,
  email: row[2] as string,
  name: row[3] as string,
  issuer: row[4] as string | null,
  subject: row[5] as string | null,
  isOperator: row[6] as boolean,
  createdAt: row[7] as bigint,
});
export const readUser = (row: Row): User => ({ ...readHolder(row), password: row[8] as string | null });

export const userNameColumns = "user_id, id, name, email";
export const readUserName = (row: Row): UserName => ({
  userId: row[0] as number,
  id: row[1] as string,
  name: row[2] as string,
  email: row[3] as string,
});

export const sessionColumns =
  "id, user_id, method, user_agent, created_at, expires_at, last_seen_at, authenticated_at";
export const readSession = (row: Row): Session => ({
  id: row[0] as string,
  userId: row[1] as number,
  method: row[2] as SignInMethod,
  userAgent: row[3] as string | null,
  createdAt: row[4] as bigint,
  expiresAt: row[5] as bigint,
  lastSeenAt: row[6] as bigint,
  authenticatedAt: row[7] as bigint,
});

/** Of `one_time_code c`: with its issuer's right to issue it, as it is now. */
export const codeColumns = `c.code_hash, c.user_id, c.expires_at, CASE
    WHEN c.issued_by IS NULL THEN true
    WHEN c.issued_by = 'operator' THEN
      c.created_at >= (SELECT d.operator_token_since FROM deployment d WHERE d.singleton)
    ELSE EXISTS (SELECT FROM user_account u WHERE u.id = c.issued_by AND u.is_operator) END`;
export const readCode = (row: Row): OneTimeCode => ({
  codeHash: row[0] as Buffer,
  userId: row[1] as number | null,
  expiresAt: row[2] as bigint,
  issuerMay: row[3] as boolean,
});

/** The roles that their teams give the member of the membership `m`, as a JSON list; the same one may be there twice. */
export const teamRolesOfMember = `(SELECT coalesce(json_agg(t.role), '[]') FROM team_member x
    JOIN team t ON t.organization_id = x.organization_id AND t.id = x.team_id
    WHERE x.organization_id = m.organization_id AND x.user_id = m.user_id AND t.role IS NOT NULL)`;
export const eachRoleOnce = (roles: readonly TeamRole[]): TeamRole[] => [...new Set(roles)].sort();
const readTeamRoles = (json: unknown): TeamRole[] => eachRoleOnce(JSON.parse(json as string));

/** The columns of a Member of `membership m`, after those of a UserName and before the roles that their teams give. */
export const membershipColumns = "m.organization_id, m.role, m.version, m.joined_at";
export const readMember = (row: Row): Member => ({
  user: readUserName(row),
  ...readMembership([row[4], row[5], row[8]]),
  version: row[6] as number,
  joinedAt: row[7] as bigint,
});
/** Of organization, role, and the JSON of the teams' roles. */
export const readMembership = (row: Row): Membership => ({
  organizationId: row[0] as number,
  role: row[1] as MemberRole,
  teamRoles: readTeamRoles(row[2]),
});

export const readBy = (json: unknown): By => JSON.parse(json as string) as By;

export const invitationColumns =
  "organization_id, id, email, role, invited_by, state, created_at, expires_at";
export const readInvitation = (row: Row): Invitation => ({
  organizationId: row[0] as number,
  id: row[1] as string,
  email: row[2] as string,
  role: row[3] as MemberRole,
  invitedBy: readBy(row[4]),
  state: row[5] as Invitation["state"],
  createdAt: row[6] as bigint,
  expiresAt: row[7] as bigint,
});

/** The columns of a Team of `team t`. */
export const teamColumns = `t.organization_id, t.id, t.name, t.role, t.version, t.created_at,
    (SELECT count(*) FROM team_member x WHERE x.organization_id = t.organization_id AND x.team_id = t.id)`;
export const readTeam = (row: Row): Team => ({
  organizationId: row[0] as number,
  id: row[1] as string,
  name: row[2] as string,
  role: row[3] as TeamRole | null,
  version: row[4] as number,
  createdAt: row[5] as bigint,
  members: Number(row[6]),
});

export const refusalColumns = "organization_id, subject, recorded_at, pending, event";
export const readDenial = (row: Row): Refusal => ({
  organizationId: row[0] as number,
  subject: row[1] as string,
  recordedAt: row[2] as bigint,
  pending: row[3] as number,
  event: row[4] as string | null,
});
