/** The row about the last backup and restore, and the times of the database. */
import type pg from "pg";
import type { LastBackup, StoreTimes } from "../../contract/maintenance.ts";
import { connectOnce } from "../connection/connection.ts";
import type { Connection } from "../connection/database.ts";
import { column, rowShape } from "../statements/row-shape.ts";
import type { Statement, StatementSession } from "../statements/session.ts";
import { onlyRow } from "../statements/statements.ts";

const lastBackupShape = rowShape<LastBackup>({
  triedAt: column("backup_tried_at"),
  madeAt: column("backup_made_at"),
  bytes: column("backup_bytes"),
});
const selectLastBackup: Statement = {
  text: `SELECT ${lastBackupShape.columns} FROM maintenance WHERE backup_tried_at IS NOT NULL`,
};

export const lastBackup = async (session: StatementSession): Promise<LastBackup | undefined> =>
  (await session.rows(selectLastBackup)).map(lastBackupShape.read)[0];

const timesShape = rowShape<StoreTimes>({
  now: column("clock_timestamp()"),
  newest: column("(SELECT max(recorded_at) FROM head)"),
});
const selectTimes: Statement = { text: `SELECT ${timesShape.columns}` };

export const times = async (session: StatementSession): Promise<StoreTimes> =>
  timesShape.read(onlyRow(await session.rows(selectTimes), "clock"));

const insertBackup: Statement = {
  text: `INSERT INTO maintenance AS m (backup_tried_at, backup_made_at, backup_bytes)
    SELECT now.at, CASE WHEN $1::bigint IS NOT NULL THEN now.at END, $1 FROM (SELECT clock_timestamp()) AS now (at)
    ON CONFLICT (singleton) DO UPDATE SET backup_tried_at = excluded.backup_tried_at,
      backup_made_at = coalesce(excluded.backup_made_at, m.backup_made_at),
      backup_bytes = coalesce(excluded.backup_bytes, m.backup_bytes)`,
};

/** The statements about backups, each of which the runtime role may run. */
export const backupStatements: readonly Statement[] = [selectLastBackup, insertBackup];

/** Notes a run of the backup: the bytes of a complete one, else undefined. */
export async function noteBackup(connection: Connection, bytes: number | undefined): Promise<void> {
  const client = await connectOnce(connection);
  try {
    await client.query({ text: insertBackup.text, values: [bytes ?? null] });
  } finally {
    await client.end();
  }
}

/** Notes that the database was restored, in the transaction that does it. */
export async function noteRestore(client: pg.ClientBase): Promise<void> {
  await client.query("INSERT INTO maintenance (restored_at) VALUES (clock_timestamp())");
}

/** When the database was restored, as text; undefined if it was not, or isn't Daybook's. */
export async function restoredAt(client: pg.ClientBase): Promise<string | undefined> {
  const { rows: found } = await client.query("SELECT to_regclass('maintenance') IS NOT NULL AS found");
  if ((found[0] as { found: boolean }).found !== true) return undefined;
  const { rows } = await client.query(
    `SELECT to_char(restored_at, 'YYYY-MM-DD HH24:MI "UTC"') AS at FROM maintenance WHERE restored_at IS NOT NULL`,
  );
  return (rows[0] as { at: string } | undefined)?.at;
}
