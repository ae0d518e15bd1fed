/** Removes expired rows that have no effect, in portions, so that no row is locked for long. The caller decides how long rows are kept. */
import { countColumn } from "../statements/row-shape.ts";
import type { Statement, StatementSession } from "../statements/session.ts";
import { onlyRow } from "../statements/statements.ts";
import { timestampText } from "../statements/times.ts";

const portion = 1000;
const gone = countColumn("count(*)");

/** The oldest first. Rows that another transaction holds are left for the next time. */
const removal = (table: string, time: string): Statement => ({
  name: `sweep_${table}`,
  text: `WITH gone AS (
      DELETE FROM ${table} WHERE ctid = ANY (ARRAY (
        SELECT ctid FROM ${table} WHERE ${time} < $1 ORDER BY ${time} LIMIT ${portion} FOR UPDATE SKIP LOCKED)) RETURNING true)
    SELECT ${gone.columns} FROM gone`,
});
const expired = [
  "session",
  "half_session",
  "viewer_session",
  "one_time_code",
  "known_browser",
  "personal_token",
].map((table) => removal(table, "expires_at"));
const oldKeys = removal("idempotency", "created_at");

/** For the test of the query plans. */
export const removals: readonly Statement[] = [...expired, oldKeys];

async function removeAll(session: StatementSession, statement: Statement, before: bigint): Promise<void> {
  const values = [timestampText(before)];
  for (;;) {
    const rows = await session.rows(statement, values);
    if (gone.read(onlyRow(rows, "count")) < portion) return;
  }
}

/** On a connection outside a transaction: each portion is a separate one. */
export async function sweep(session: StatementSession, now: bigint, keysBefore: bigint): Promise<void> {
  for (const statement of expired) await removeAll(session, statement, now);
  await removeAll(session, oldKeys, keysBefore);
}
