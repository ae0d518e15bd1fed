/**
 * Personal tokens: their rows in a writing transaction, and their reads, including those of authentication. The caller decides whether a
 * token still works.
 */
import type {
  HeldPersonalToken,
  PersonalToken,
  PersonalTokenReads,
  PersonalTokenRows,
} from "../../contract/personal-tokens.ts";
import { holderColumns, readHolder } from "../people/columns.ts";
import { heldMemberships, readHeldMemberships } from "../people/memberships.ts";
import { type ChangeSession, changedAtText } from "../statements/change-time.ts";
import type { Row, Statement } from "../statements/session.ts";
import { type Run, under } from "../statements/statements.ts";
import { timestampText } from "../statements/times.ts";

const columns = "id, user_id, token_hash, name, prefix, created_at, expires_at, last_used_on";
const width = 8;
const readToken = (row: Row): PersonalToken => ({
  id: row[0] as string,
  userId: row[1] as number,
  tokenHash: row[2] as Buffer,
  name: row[3] as string,
  prefix: row[4] as string,
  createdAt: row[5] as bigint,
  expiresAt: row[6] as bigint,
  lastUsedOn: row[7] as string | null,
});

const insert: Statement = {
  text: `INSERT INTO personal_token (id, user_id, token_hash, name, prefix, expires_at, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${columns}`,
};
const count: Statement = {
  text: "SELECT count(*) FROM personal_token WHERE user_id = $1 AND expires_at > $2",
};
const remove: Statement = {
  text: `DELETE FROM personal_token WHERE user_id = $1 AND ($2::text IS NULL OR id = $2) RETURNING ${columns}`,
};

const byId = (a: PersonalToken, b: PersonalToken): number => (a.id < b.id ? -1 : 1);

export const personalTokenRows = (changing: ChangeSession): PersonalTokenRows => ({
  insertPersonalToken: async ({ id, userId, tokenHash, name, prefix, expiresAt }) => {
    const of = [id, userId, tokenHash, name, prefix, timestampText(expiresAt)];
    return readToken((await changing.session.rows(insert, [...of, await changedAtText(changing)]))[0]!);
  },
  countPersonalTokens: async (userId, now) =>
    Number((await changing.session.rows(count, [userId, timestampText(now)]))[0]![0]),
  deletePersonalTokens: async ({ userId, id }) =>
    (await changing.session.rows(remove, [userId, id ?? null])).map(readToken).sort(byId),
});

export const heldPersonalTokens: Statement = {
  name: "held_personal_tokens",
  text: `SELECT ${under("p", columns)}, ${under("u", holderColumns)}, ${heldMemberships("p")}
    FROM personal_token p JOIN user_account u ON u.user_id = p.user_id WHERE p.token_hash = ANY ($1)`,
};
export const personalTokensOf: Statement = {
  text: `SELECT ${columns} FROM personal_token WHERE user_id = $1`,
};
export const notePersonalTokensUsed: Statement = {
  name: "note_personal_tokens_used",
  text: `UPDATE personal_token p SET last_used_on = $2 FROM unnest($1::bytea[]) AS k (token_hash)
    WHERE p.token_hash = k.token_hash AND (p.last_used_on IS NULL OR p.last_used_on < $2)`,
};

const readHeld = (row: Row): HeldPersonalToken => ({
  ...readToken(row),
  user: readHolder(row.slice(width)),
  memberships: readHeldMemberships(row[width + 8]),
});

/** `write` runs one statement on a writing connection; it needs no transaction around it. */
export const personalTokenReads = (read: Run, write: Run): PersonalTokenReads => ({
  personalTokens: async (hashes) =>
    (await read((session) => session.rows(heldPersonalTokens, [hashes]))).map(readHeld),
  personalTokensOf: async (userId) =>
    (await read((session) => session.rows(personalTokensOf, [userId]))).map(readToken),
  notePersonalTokensUsed: async (tokens, day) => {
    // all processes lock the rows in this order, so that they can't deadlock
    const hashes = tokens.map(({ tokenHash }) => tokenHash).sort(Buffer.compare);
    if (hashes.length > 0) await write((session) => session.rows(notePersonalTokensUsed, [hashes, day]));
  },
});
