/** Second factors, recovery codes and half-sessions: their rows in a writing transaction, and reading them. */

import type { DeploymentRows } from "../../contract/deployment.ts";
import type {
  HalfSession,
  SecondFactor,
  SecondFactorReads,
  SecondFactorRows,
} from "../../contract/second-factors.ts";
import { type ChangeSession, changedAtText } from "../statements/change-time.ts";
import { column, countColumn, joined, rowShape } from "../statements/row-shape.ts";
import type { Row, Statement, StatementSession } from "../statements/session.ts";
import { change, type Run } from "../statements/statements.ts";
import { timestampText } from "../statements/times.ts";

const factor = rowShape<SecondFactor>({
  userId: column("user_id"),
  id: column("id"),
  kind: column("kind"),
  sealed: column("sealed"),
  lastStep: column("last_step"),
  createdAt: column("created_at"),
});
const half = rowShape<HalfSession>({
  tokenHash: column("token_hash"),
  userId: column("user_id"),
  method: column("method"),
  passwordHash: column("password_hash"),
  userAgent: column("user_agent"),
  tries: column("tries"),
  expiresAt: column("expires_at"),
});

const keyId = column<string | null>("secrets_key_id");
const keyForUpdate: Statement = { text: `SELECT ${keyId.columns} FROM deployment FOR UPDATE` };
const nameKey: Statement = {
  text: "UPDATE deployment SET secrets_key_id = $1 WHERE secrets_key_id IS NOT DISTINCT FROM $2 RETURNING true",
};
const insertFactor: Statement = {
  text: "INSERT INTO second_factor (user_id, id, kind, sealed, last_step, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
};
const factorForUpdate: Statement = {
  text: `SELECT ${factor.columns} FROM second_factor WHERE user_id = $1 FOR UPDATE`,
};
const deleteFactor: Statement = { text: "DELETE FROM second_factor WHERE user_id = $1 RETURNING true" };
const deleteCodes: Statement = { text: "DELETE FROM recovery_code WHERE user_id = $1" };
const insertCodes: Statement = {
  text: "INSERT INTO recovery_code (user_id, code_hash) SELECT $1, unnest($2::bytea[])",
};
const takeCode: Statement = {
  text: "DELETE FROM recovery_code WHERE user_id = $1 AND code_hash = $2 RETURNING true",
};
const insertHalf: Statement = {
  text: `INSERT INTO half_session (token_hash, user_id, method, password_hash, user_agent, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6)`,
};
const tryHalf: Statement = {
  text: `UPDATE half_session SET tries = tries + 1 WHERE token_hash = $1 RETURNING ${half.columns}`,
};
const deleteHalf: Statement = { text: "DELETE FROM half_session WHERE token_hash = $1 RETURNING true" };
const deleteHalves: Statement = { text: "DELETE FROM half_session WHERE user_id = $1" };

type FactorWrites = SecondFactorRows & Pick<DeploymentRows, "secretsKeyIdForUpdate" | "setSecretsKeyId">;

export const secondFactorRows = (changing: ChangeSession): FactorWrites => over(changing, changing.session);

const over = (changing: ChangeSession, session: StatementSession): FactorWrites => ({
  secretsKeyIdForUpdate: async () => (await session.rows(keyForUpdate, [])).map(keyId.read)[0] ?? null,
  setSecretsKeyId: async (id, before) => (await session.rows(nameKey, [id, before])).length > 0,
  insertSecondFactor: async ({ userId, id, kind, sealed, lastStep }) => {
    const values = [userId, id, kind, sealed, lastStep, await changedAtText(changing)];
    await session.rows(insertFactor, values);
  },
  secondFactorForUpdate: async (userId) =>
    (await session.rows(factorForUpdate, [userId])).map(factor.read)[0],
  takeStep: (userId, step) =>
    change(session, "UPDATE second_factor SET last_step = $2 WHERE user_id = $1", [userId, step]),
  resealSecondFactor: (userId, sealed) =>
    change(session, "UPDATE second_factor SET sealed = $2 WHERE user_id = $1", [userId, sealed]),
  deleteSecondFactor: async (userId) => {
    await session.rows(deleteCodes, [userId]);
    return (await session.rows(deleteFactor, [userId])).length > 0;
  },
  setRecoveryCodes: async (userId, codeHashes) => {
    await session.rows(deleteCodes, [userId]);
    await session.rows(insertCodes, [userId, codeHashes]);
  },
  takeRecoveryCode: async (userId, codeHash) => (await session.rows(takeCode, [userId, codeHash])).length > 0,
  insertHalfSession: async ({ tokenHash, userId, method, passwordHash, userAgent, expiresAt }) => {
    const values = [tokenHash, userId, method, passwordHash, userAgent, timestampText(expiresAt)];
    await session.rows(insertHalf, values);
  },
  tryHalfSession: async (tokenHash) => (await session.rows(tryHalf, [tokenHash])).map(half.read)[0],
  deleteHalfSession: async (tokenHash) => (await session.rows(deleteHalf, [tokenHash])).length > 0,
  deleteHalfSessions: async (userId) => void (await session.rows(deleteHalves, [userId])),
});

const ownFactor = joined(
  factor,
  rowShape({
    recoveryCodes: countColumn("(SELECT count(*) FROM recovery_code c WHERE c.user_id = f.user_id)"),
  }),
);
const selectFactor: Statement = {
  text: `SELECT ${ownFactor.columns}
    FROM second_factor f WHERE user_id = $1`,
};
const listFactors: Statement = {
  text: `SELECT ${factor.columns} FROM second_factor WHERE user_id > $1 ORDER BY user_id LIMIT $2`,
};
const selectHalf: Statement = { text: `SELECT ${half.columns} FROM half_session WHERE token_hash = $1` };

export function secondFactorReads(read: Run): SecondFactorReads {
  const rows = (statement: Statement, values: unknown[]): Promise<Row[]> =>
    read((session) => session.rows(statement, values));
  return {
    secondFactor: async (userId) => (await rows(selectFactor, [userId])).map(ownFactor.read)[0],
    secondFactors: async (after, limit) => (await rows(listFactors, [after, limit])).map(factor.read),
    halfSession: async (tokenHash) => (await rows(selectHalf, [tokenHash])).map(half.read)[0],
  };
}
