/** The rows of an organization's members and invitations in a writing transaction. */

import type { InvitationRows } from "../../contract/invitations.ts";
import type { Member, MemberRows } from "../../contract/members.ts";
import { addressKey } from "../../contract/name-key.ts";
import { type ChangeSession, changedAtText } from "../statements/change-time.ts";
import { countColumn, type RowShape } from "../statements/row-shape.ts";
import type { Statement } from "../statements/session.ts";
import { change, onlyRow } from "../statements/statements.ts";
import { timestampText } from "../statements/times.ts";
import { invitationShape, memberShape } from "./columns.ts";

const insertMember: Statement = {
  text: "INSERT INTO membership (organization_id, user_id, role, joined_at) VALUES ($1, $2, $3, $4)",
};
export const member: RowShape<Member> = memberShape("u");
const ownerCount = countColumn("count(*)");
/** A member by the user's public id, with the roles of their teams. */
export const selectMember: Statement = {
  name: "member",
  text: `SELECT ${member.columns}
    FROM user_account u JOIN membership m ON m.organization_id = $1 AND m.user_id = u.user_id WHERE u.id = $2`,
};
const memberForUpdate: Statement = { text: `${selectMember.text} FOR UPDATE OF m` };
const countOwners: Statement = {
  text: `SELECT ${ownerCount.columns} FROM membership WHERE organization_id = $1 AND role = 'OWNER'`,
};
const insertInvitation: Statement = {
  text: `INSERT INTO invitation (organization_id, id, token_hash, email, email_key, role, invited_by, expires_at, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING ${invitationShape.columns}`,
};
const openInvitationForUpdate: Statement = {
  text: `SELECT ${invitationShape.columns} FROM invitation
    WHERE organization_id = $1 AND email_key = $2 AND state = 'open' FOR UPDATE`,
};
const invitationForUpdate: Statement = {
  text: `SELECT ${invitationShape.columns} FROM invitation WHERE organization_id = $1 AND id = $2 FOR UPDATE`,
};

const members = (changing: ChangeSession): MemberRows => ({
  insertMember: async ({ organizationId, userId, role }) => {
    await changing.session.rows(insertMember, [organizationId, userId, role, await changedAtText(changing)]);
  },
  memberForUpdate: async (organizationId, id) => {
    const [row] = await changing.session.rows(memberForUpdate, [organizationId, id]);
    return row && member.read(row);
  },
  countOwners: async (organizationId) =>
    ownerCount.read(onlyRow(await changing.session.rows(countOwners, [organizationId]), "count")),
  setMemberRole: (organizationId, userId, role) =>
    change(
      changing.session,
      "UPDATE membership SET role = $3, version = version + 1 WHERE organization_id = $1 AND user_id = $2",
      [organizationId, userId, role],
    ),
  deleteMember: (organizationId, userId) =>
    change(
      changing.session,
      `WITH places AS (DELETE FROM team_member WHERE organization_id = $1 AND user_id = $2),
        views AS (DELETE FROM saved_view WHERE organization_id = $1 AND user_id = $2)
        DELETE FROM membership WHERE organization_id = $1 AND user_id = $2`,
      [organizationId, userId],
    ),
});

const invitations = (changing: ChangeSession): InvitationRows => ({
  insertInvitation: async ({ organizationId, id, tokenHash, email, role, invitedBy, expiresAt }) => {
    const who = [tokenHash, email, addressKey(email), role, JSON.stringify(invitedBy)];
    const values = [organizationId, id, ...who, timestampText(expiresAt), await changedAtText(changing)];
    return invitationShape.read(onlyRow(await changing.session.rows(insertInvitation, values), "invitation"));
  },
  openInvitationForUpdate: async (organizationId, email) => {
    const [row] = await changing.session.rows(openInvitationForUpdate, [organizationId, addressKey(email)]);
    return row && invitationShape.read(row);
  },
  invitationForUpdate: async (organizationId, id) => {
    const [row] = await changing.session.rows(invitationForUpdate, [organizationId, id]);
    return row && invitationShape.read(row);
  },
  closeInvitation: (organizationId, id, state) =>
    change(
      changing.session,
      "UPDATE invitation SET state = $3 WHERE organization_id = $1 AND id = $2 AND state = 'open'",
      [organizationId, id, state],
    ),
});

export const memberRows = (changing: ChangeSession): MemberRows & InvitationRows => ({
  ...members(changing),
  ...invitations(changing),
});
