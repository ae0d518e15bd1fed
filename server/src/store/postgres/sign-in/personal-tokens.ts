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
import { holderShape } from "../people/columns.ts";
import { heldMemberships } from "../people/memberships.ts";
import { type ChangeSession, changedAtText } from "../statements/change-time.ts";
import { column, countColumn, joined, rowShape, shapeUnder } from "../statements/row-shape.ts";
import type { Statement } from "../statements/session.ts";
import { onlyRow, type Run } from "../statements/statements.ts";
import { timestampText } from "../statements/times.ts";

const token = rowShape<PersonalToken>({
  id: column("id"),
  userId: column("user_id"),
  tokenHash: column("token_hash"),
  name: column("name"),
  prefix: column("prefix"),
  createdAt: column("created_at"),
  expiresAt: column("expires_at"),
  lastUsedOn: column("last_used_on"),
});
const tokenCount = countColumn("count(*)");

const insert: Statement = {
  text: `INSERT INTO personal_token (id, user_id, token_hash, name, prefix, expires_at, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${token.columns}`,
};
const count: Statement = {
  text: `SELECT ${tokenCount.columns} FROM personal_token WHERE user_id = $1 AND expires_at > $2`,
};
const remove: Statement = {
  text: `DELETE FROM personal_token WHERE user_id = $1 AND ($2::text IS NULL OR id = $2) RETURNING ${token.columns}`,
};

const byId = (a: PersonalToken, b: PersonalToken): number => (a.id < b.id ? -1 : 1);

export const personalTokenRows = (changing: ChangeSession): PersonalTokenRows => ({
  insertPersonalToken: async ({ id, userId, tokenHash, name, prefix, expiresAt }) => {
    const of = [id, userId, tokenHash, name, prefix, timestampText(expiresAt)];
    const values = [...of, await changedAtText(changing)];
    return token.read(onlyRow(await changing.session.rows(insert, values), "token"));
  },
  countPersonalTokens: async (userId, now) =>
    tokenCount.read(onlyRow(await changing.session.rows(count, [userId, timestampText(now)]), "count")),
  deletePersonalTokens: async ({ userId, id }) =>
    (await changing.session.rows(remove, [userId, id ?? null])).map(token.read).sort(byId),
});

const heldToken = joined(
  shapeUnder("p", token),
  rowShape<Pick<HeldPersonalToken, "user" | "memberships">>({
    user: shapeUnder("u", holderShape),
    memberships: heldMemberships("p"),
  }),
);
export const heldPersonalTokens: Statement = {
  name: "held_personal_tokens",
  text: `SELECT ${heldToken.columns}
    FROM personal_token p JOIN user_account u ON u.user_id = p.user_id WHERE p.token_hash = ANY ($1)`,
};
export const personalTokensOf: Statement = {
  text: `SELECT ${token.columns} FROM personal_token WHERE user_id = $1`,
};
export const notePersonalTokensUsed: Statement = {
  name: "note_personal_tokens_used",
  text: `UPDATE personal_token p SET last_used_on = $2 FROM unnest($1::bytea[]) AS k (token_hash)
    WHERE p.token_hash = k.token_hash AND (p.last_used_on IS NULL OR p.last_used_on < $2 OR p.last_used_on > $2::date + 1)`,
};

/** `write` runs one statement on a writing connection; it needs no transaction around it. */
export const personalTokenReads = (read: Run, write: Run): PersonalTokenReads => ({
  personalTokens: async (hashes) =>
    (await read((session) => session.rows(heldPersonalTokens, [hashes]))).map(heldToken.read),
  personalTokensOf: async (userId) =>
    (await read((session) => session.rows(personalTokensOf, [userId]))).map(token.read),
  notePersonalTokensUsed: async (tokens, day) => {
    // all processes lock the rows in this order, so that they can't deadlock
    const hashes = tokens.map(({ tokenHash }) => tokenHash).sort(Buffer.compare);
    if (hashes.length > 0) await write((session) => session.rows(notePersonalTokensUsed, [hashes, day]));
  },
});
