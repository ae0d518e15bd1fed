/** Reads an organization's people: lists by a unique text, page by page, and one of them. */

import type { InvitationReads } from "../../contract/invitations.ts";
import type { ListPage, SearchedPage } from "../../contract/lists.ts";
import type { MemberReads } from "../../contract/members.ts";
import type { TeamReads } from "../../contract/teams.ts";
import { shapeUnder } from "../statements/row-shape.ts";
import type { Row, Statement } from "../statements/session.ts";
import { contains, type Run, under } from "../statements/statements.ts";
import { invitationShape, memberShape, teamShape, userNameShape } from "./columns.ts";
import { member, selectMember } from "./members.ts";
import { selectTeam, teamsOf } from "./teams.ts";

// No index has an organization's members in the order of their public ids. This statement first collects those of the organization, in the
// order of their own index, and then joins the names, so that no plan walks the people of all organizations to avoid the sort.
const listed = memberShape("m");
export const listMembers: Statement = {
  name: "members",
  text: `WITH mine AS MATERIALIZED (SELECT * FROM membership WHERE organization_id = $1 ORDER BY user_id),
    named AS MATERIALIZED (
      SELECT m.*, ${under("u", "id, name, email")} FROM mine m JOIN user_account u ON u.user_id = m.user_id),
    page AS MATERIALIZED (
      SELECT * FROM named WHERE id > $2 AND (${contains("name", "$4")} OR ${contains("email", "$4")})
      ORDER BY id LIMIT $3)
    SELECT ${listed.columns} FROM page m ORDER BY m.id`,
};
export const listTeamMembers: Statement = {
  name: "team_members",
  text: `WITH mine AS MATERIALIZED (
      SELECT ${shapeUnder("u", userNameShape).columns} FROM team_member x JOIN user_account u ON u.user_id = x.user_id
      WHERE x.organization_id = $1 AND x.team_id = $2)
    SELECT ${userNameShape.columns} FROM mine WHERE id > $3 ORDER BY id LIMIT $4`,
};
export const listInvitations: Statement = {
  name: "invitations",
  text: `SELECT ${invitationShape.columns} FROM invitation
    WHERE organization_id = $1 AND state = 'open' AND id > $2 ORDER BY id LIMIT $3`,
};
export const listTeams: Statement = {
  name: "teams",
  text: `SELECT ${teamShape.columns} FROM team t
    WHERE t.organization_id = $1 AND t.id > $2 AND ${contains("t.name", "$4")} ORDER BY t.id LIMIT $3`,
};

const place = ({ after, limit }: ListPage): [string, number] => [after ?? "", limit];
const searched = ({ matching, ...page }: SearchedPage): [string, number, string] => [
  ...place(page),
  matching ?? "",
];

export function peopleReads(read: Run): MemberReads & InvitationReads & TeamReads {
  const rows = (statement: Statement, values: unknown[]): Promise<Row[]> =>
    read((session) => session.rows(statement, values));
  return {
    members: async (organizationId, page) =>
      (await rows(listMembers, [organizationId, ...searched(page)])).map(listed.read),
    member: async (organizationId, id) =>
      (await rows(selectMember, [organizationId, id])).map(member.read)[0],
    invitations: async (organizationId, page) =>
      (await rows(listInvitations, [organizationId, ...place(page)])).map(invitationShape.read),
    teams: async (organizationId, page) =>
      (await rows(listTeams, [organizationId, ...searched(page)])).map(teamShape.read),
    team: async (organizationId, id) => (await rows(selectTeam, [organizationId, id])).map(teamShape.read)[0],
    teamsOf: async (...member) => (await rows(teamsOf, member)).map(teamShape.read),
    teamMembers: async (organizationId, teamId, page) =>
      (await rows(listTeamMembers, [organizationId, teamId, ...place(page)])).map(userNameShape.read),
  };
}
