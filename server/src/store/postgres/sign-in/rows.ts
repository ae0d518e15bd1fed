/** The rows of accounts in a writing transaction: users, sessions, viewer sessions, one-time codes. */

import type { CodeRows } from "../../contract/codes.ts";
import { addressKey } from "../../contract/name-key.ts";
import type { SessionRows } from "../../contract/sessions.ts";
import type { User, UserRows } from "../../contract/users.ts";
import type { OpenedBy, ViewerSessionRows } from "../../contract/viewer-sessions.ts";
import { codeShape, userShape } from "../people/columns.ts";
import { type ChangeSession, changedAtText } from "../statements/change-time.ts";
import { column } from "../statements/row-shape.ts";
import type { Statement, StatementSession } from "../statements/session.ts";
import { assignments, change, onlyRow } from "../statements/statements.ts";
import { timestampText } from "../statements/times.ts";
import { viewerSessionShape, withOpeners } from "./viewer-columns.ts";

const insertUser: Statement = {
  text: `INSERT INTO user_account (id, email, email_key, name, password, issuer, subject, is_operator, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING ${userShape.columns}`,
};
const userWhere = (condition: string): Statement => ({
  text: `SELECT ${userShape.columns} FROM user_account WHERE ${condition} FOR UPDATE`,
});
const userByNumber = userWhere("user_id = $1");
const userById = userWhere("id = $1");
const userByEmail = userWhere("email_key = $1");
const isThere = column<boolean>("EXISTS (SELECT FROM user_account)");
const anyUser: Statement = { text: `SELECT ${isThere.columns}` };
// any number works, as long as no other lock of Daybook uses it
const lockFirstUser: Statement = { text: "SELECT pg_advisory_xact_lock(7093462512)" };
const insertSession: Statement = {
  text: `INSERT INTO session
      (token_hash, id, user_id, method, user_agent, expires_at, created_at, authenticated_at, last_seen_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, least($9::timestamptz, $7), coalesce($8::timestamptz, $7))`,
};
const sessionId = column<string>("id");
const deleteSessions: Statement = {
  text: `DELETE FROM session WHERE user_id = $1 AND ($2::text IS NULL OR id = $2) AND ($3::text IS NULL OR id <> $3)
    RETURNING ${sessionId.columns}`,
};
const insertViewerSession: Statement = {
  name: "insert_viewer_session",
  text: `INSERT INTO viewer_session
      (token_hash, organization_id, id, role, viewer_id, viewer_name, only_target, expires_at,
       client_id, opener_id, opener_session, operator_token_hash, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
};
const viewerSessionForUpdate: Statement = {
  text: `SELECT ${viewerSessionShape.columns} FROM ${withOpeners} WHERE v.organization_id = $1 AND v.id = $2 FOR UPDATE OF v`,
};
const deleteViewerSession: Statement = {
  text: "DELETE FROM viewer_session WHERE organization_id = $1 AND id = $2",
};
const insertCode: Statement = {
  text: `INSERT INTO one_time_code (code_hash, user_id, expires_at, issued_by, created_at)
    VALUES ($1, $2, $3, $4, $5)`,
};
const takeCode: Statement = {
  text: `DELETE FROM one_time_code c WHERE c.code_hash = $1 RETURNING ${codeShape.columns}`,
};
const deleteCodes: Statement = { text: "DELETE FROM one_time_code WHERE user_id = $1" };
const deleteFirstCodes: Statement = { text: "DELETE FROM one_time_code WHERE user_id IS NULL" };

const userColumnOf = {
  name: "name",
  password: "password",
  issuer: "issuer",
  subject: "subject",
  isOperator: "is_operator",
} as const;

async function userForUpdate(
  session: StatementSession,
  which: Parameters<UserRows["userForUpdate"]>[0],
): Promise<User | undefined> {
  const find = (statement: Statement, value: unknown) => session.rows(statement, [value]);
  const [row] =
    "userId" in which
      ? await find(userByNumber, which.userId)
      : "id" in which
        ? await find(userById, which.id)
        : await find(userByEmail, addressKey(which.email));
  return row && userShape.read(row);
}

/** If there is no user, look again after taking the lock: another transaction may have been first. */
async function anyUserForUpdate(session: StatementSession): Promise<boolean> {
  const look = async (): Promise<boolean> => isThere.read(onlyRow(await session.rows(anyUser), "answer"));
  if (await look()) return true;
  await session.rows(lockFirstUser);
  return look();
}

const users = (changing: ChangeSession): UserRows => ({
  insertUser: async ({ id, email, name, password, issuer, subject, isOperator }) => {
    const who = [id, email, addressKey(email), name, password, issuer, subject, isOperator];
    const values = [...who, await changedAtText(changing)];
    return userShape.read(onlyRow(await changing.session.rows(insertUser, values), "user"));
  },
  userForUpdate: (which) => userForUpdate(changing.session, which),
  updateUser: async (userId, set) => {
    const { texts, values } = assignments(userColumnOf, set, 2);
    if (texts.length === 0) return;
    const text = `UPDATE user_account SET ${texts.join(", ")} WHERE user_id = $1`;
    await change(changing.session, text, [userId, ...values]);
  },
  anyUserForUpdate: () => anyUserForUpdate(changing.session),
});

/** The columns of the opener of a viewer session, in the order of the statement. */
function openerValues(openedBy: OpenedBy): unknown[] {
  if (openedBy.kind === "api_client") return [openedBy.id, null, null, null];
  if (openedBy.kind === "user") return [null, openedBy.userId, openedBy.sessionId, null];
  return [null, null, null, openedBy.tokenHash];
}

const sessions = (changing: ChangeSession): SessionRows & ViewerSessionRows & CodeRows => ({
  insertSession: async ({ tokenHash, id, userId, method, userAgent, expiresAt, ...times }) => {
    const of = [tokenHash, id, userId, method, userAgent, timestampText(expiresAt)];
    const [seen, shown] = [times.lastSeenAt, times.authenticatedAt].map((at) =>
      at === undefined ? null : timestampText(at),
    );
    const values = [...of, await changedAtText(changing), seen, shown];
    await changing.session.rows(insertSession, values);
  },
  authenticateSession: async (userId, id) =>
    change(changing.session, "UPDATE session SET authenticated_at = $3 WHERE user_id = $1 AND id = $2", [
      userId,
      id,
      await changedAtText(changing),
    ]),
  deleteSessions: async ({ userId, id, except }) => {
    const rows = await changing.session.rows(deleteSessions, [userId, id ?? null, except ?? null]);
    return rows.map(sessionId.read).sort();
  },
  insertViewerSession: async ({ tokenHash, organizationId, id, role, expiresAt, ...viewer }) => {
    const { viewerId, viewerName, onlyTarget, openedBy } = viewer;
    const of = [viewerId, viewerName, onlyTarget, timestampText(expiresAt), ...openerValues(openedBy)];
    const values = [tokenHash, organizationId, id, role, ...of, await changedAtText(changing)];
    await changing.session.rows(insertViewerSession, values);
  },
  viewerSessionForUpdate: async (organizationId, id) => {
    const [row] = await changing.session.rows(viewerSessionForUpdate, [organizationId, id]);
    return row && viewerSessionShape.read(row);
  },
  deleteViewerSession: async (organizationId, id) => {
    await changing.session.rows(deleteViewerSession, [organizationId, id]);
  },
  insertCode: async ({ codeHash, userId, expiresAt, issuedBy }) => {
    const values = [codeHash, userId, timestampText(expiresAt), issuedBy, await changedAtText(changing)];
    await changing.session.rows(insertCode, values);
  },
  takeCode: async (codeHash) => {
    const [row] = await changing.session.rows(takeCode, [codeHash]);
    return row && codeShape.read(row);
  },
  deleteCodes: async (userId) => {
    const { session } = changing;
    await (userId === null ? session.rows(deleteFirstCodes) : session.rows(deleteCodes, [userId]));
  },
});

export const userRows = (changing: ChangeSession): UserRows & SessionRows & ViewerSessionRows & CodeRows => ({
  ...users(changing),
  ...sessions(changing),
});
