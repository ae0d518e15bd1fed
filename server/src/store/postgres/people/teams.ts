/** The rows of an organization's teams in a writing transaction. */
import { nameKey } from "../../contract/name-key.ts";
import type { TeamRows } from "../../contract/teams.ts";
import { type ChangeSession, changedAtText } from "../statements/change-time.ts";
import type { Statement } from "../statements/session.ts";
import { assignments, change, onlyRow } from "../statements/statements.ts";
import { teamShape } from "./columns.ts";

const insertTeam: Statement = {
  text: `INSERT INTO team AS t (organization_id, id, name, name_key, role, created_at) VALUES ($1, $2, $3, $4, $5, $6)
    RETURNING ${teamShape.columns}`,
};
/** A team by its id. */
export const selectTeam: Statement = {
  name: "team",
  text: `SELECT ${teamShape.columns} FROM team t WHERE t.organization_id = $1 AND t.id = $2`,
};
const teamForUpdate: Statement = { text: `${selectTeam.text} FOR UPDATE OF t` };
const insertTeamMember: Statement = {
  text: `INSERT INTO team_member (organization_id, team_id, user_id, joined_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING RETURNING true`,
};
const deleteTeamMember: Statement = {
  text: "DELETE FROM team_member WHERE organization_id = $1 AND team_id = $2 AND user_id = $3 RETURNING true",
};
export const teamsOf: Statement = {
  name: "teams_of",
  text: `SELECT ${teamShape.columns} FROM team_member p
    JOIN team t ON t.organization_id = p.organization_id AND t.id = p.team_id
    WHERE p.organization_id = $1 AND p.user_id = $2 ORDER BY p.team_id`,
};

const teamColumnOf = { name: "name", key: "name_key", role: "role" } as const;

export const teamRows = (changing: ChangeSession): TeamRows => ({
  insertTeam: async ({ organizationId, id, name, role }) => {
    const values = [organizationId, id, name, nameKey(name), role, await changedAtText(changing)];
    return teamShape.read(onlyRow(await changing.session.rows(insertTeam, values), "team"));
  },
  teamForUpdate: async (organizationId, id) => {
    const [row] = await changing.session.rows(teamForUpdate, [organizationId, id]);
    return row && teamShape.read(row);
  },
  updateTeam: async (organizationId, id, { name, role }) => {
    const key = name === undefined ? undefined : nameKey(name);
    const { texts, values } = assignments(teamColumnOf, { name, key, role }, 3);
    const set = ["version = version + 1", ...texts].join(", ");
    await change(changing.session, `UPDATE team SET ${set} WHERE organization_id = $1 AND id = $2`, [
      organizationId,
      id,
      ...values,
    ]);
  },
  deleteTeam: (organizationId, id) =>
    change(
      changing.session,
      `WITH places AS (DELETE FROM team_member WHERE organization_id = $1 AND team_id = $2)
        DELETE FROM team WHERE organization_id = $1 AND id = $2`,
      [organizationId, id],
    ),
  insertTeamMember: async (...place) =>
    (await changing.session.rows(insertTeamMember, [...place, await changedAtText(changing)])).length > 0,
  deleteTeamMember: async (...place) => (await changing.session.rows(deleteTeamMember, place)).length > 0,
  teamsOf: async (organizationId, userId) =>
    (await changing.session.rows(teamsOf, [organizationId, userId])).map(teamShape.read),
});
