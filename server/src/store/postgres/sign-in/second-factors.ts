/** Second factors, recovery codes and half-sessions: their rows in a writing transaction, and reading them. */

import type { DeploymentRows } from "../../contract/deployment.ts";
import type {
  HalfSession,
  SecondFactor,
  SecondFactorReads,
  SecondFactorRows,
} from "../../contract/second-factors.ts";
import type { SignInMethod } from "../../contract/sessions.ts";
import { type ChangeSession, changedAtText } from "../statements/change-time.ts";
import type { Row, Statement, StatementSession } from "../statements/session.ts";
import { change, type Run } from "../statements/statements.ts";
import { timestampText } from "../statements/times.ts";

const factorColumns = "user_id, id, kind, sealed, last_step, created_at";
const readFactor = (row: Row): SecondFactor => ({
  userId: row[0] as number,
  id: row[1] as string,
  kind: row[2] as "TOTP",
  sealed: row[3] as string,
  lastStep: row[4] as bigint,
  createdAt: row[5] as bigint,
});

const halfColumns = "token_hash, user_id, method, password_hash, user_agent, tries, expires_at";
const readHalf = (row: Row): HalfSession => ({
  tokenHash: row[0] as Buffer,
  userId: row[1] as number,
  method: row[2] as SignInMethod,
  passwordHash: row[3] as Buffer,
  userAgent: row[4] as string | null,
  tries: row[5] as number,
  expiresAt: row[6] as bigint,
});

const keyForUpdate: Statement = { text: "SELECT secrets_key_id FROM deployment FOR UPDATE" };
const nameKey: Statement = {
  text: "UPDATE deployment SET secrets_key_id = $1 WHERE secrets_key_id IS NOT DISTINCT FROM $2 RETURNING true",
};
const insertFactor: Statement = {
  text: "INSERT INTO second_factor (user_id, id, kind, sealed, last_step, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
};
const factorForUpdate: Statement = {
  text: `SELECT ${factorColumns} FROM second_factor WHERE user_id = $1 FOR UPDATE`,
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
  text: `UPDATE half_session SET tries = tries + 1 WHERE token_hash = $1 RETURNING ${halfColumns}`,
};
const deleteHalf: Statement = { text: "DELETE FROM half_session WHERE token_hash = $1 RETURNING true" };
const deleteHalves: Statement = { text: "DELETE FROM half_session WHERE user_id = $1" };

type FactorWrites = SecondFactorRows & Pick<DeploymentRows, "secretsKeyIdForUpdate" | "setSecretsKeyId">;

export const secondFactorRows = (changing: ChangeSession): FactorWrites => over(changing, changing.session);

const over = (changing: ChangeSession, session: StatementSession): FactorWrites => ({
  secretsKeyIdForUpdate: async () =>
    ((await session.rows(keyForUpdate, []))[0]?.[0] as string | null) ?? null,
  setSecretsKeyId: async (id, before) => (await session.rows(nameKey, [id, before])).length > 0,
  insertSecondFactor: async ({ userId, id, kind, sealed, lastStep }) => {
    const values = [userId, id, kind, sealed, lastStep, await changedAtText(changing)];
    await session.rows(insertFactor, values);
  },
  secondFactorForUpdate: async (userId) => (await session.rows(factorForUpdate, [userId])).map(readFactor)[0],
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
  tryHalfSession: async (tokenHash) => (await session.rows(tryHalf, [tokenHash])).map(readHalf)[0],
  deleteHalfSession: async (tokenHash) => (await session.rows(deleteHalf, [tokenHash])).length > 0,
  deleteHalfSessions: async (userId) => void (await session.rows(deleteHalves, [userId])),
});

const selectFactor: Statement = {
  text: `SELECT ${factorColumns}, (SELECT count(*) FROM recovery_code c WHERE c.user_id = f.user_id)
    FROM second_factor f WHERE user_id = $1`,
};
const listFactors: Statement = {
  text: `SELECT ${factorColumns} FROM second_factor WHERE user_id > $1 ORDER BY user_id LIMIT $2`,
};
const selectHalf: Statement = { text: `SELECT ${halfColumns} FROM half_session WHERE token_hash = $1` };

export function secondFactorReads(read: Run): SecondFactorReads {
  const rows = (statement: Statement, values: unknown[]): Promise<Row[]> =>
    read((session) => session.rows(statement, values));
  return {
    secondFactor: async (userId) =>
      (await rows(selectFactor, [userId])).map((row) => ({
        ...readFactor(row),
        recoveryCodes: Number(row[6]),
      }))[0],
    secondFactors: async (after, limit) => (await rows(listFactors, [after, limit])).map(readFactor),
    halfSession: async (tokenHash) => (await rows(selectHalf, [tokenHash])).map(readHalf)[0],
  };
}
