/** Tries to record, without a row: the locks and rights of every statement of a recording, a commit, and room on the disk. */
import type { WriteTrial } from "../../contract/readiness.ts";
import { copiesOfAppending } from "../events/append.ts";
import { CopyRows } from "../statements/copy-rows.ts";
import { column, rowShape } from "../statements/row-shape.ts";
import type { Statement, StatementSession } from "../statements/session.ts";
import { onlyRow } from "../statements/statements.ts";

const trial = rowShape<WriteTrial>({
  now: column("clock_timestamp()"),
  recordedAt: column("(SELECT h.recorded_at FROM head h WHERE h.organization_id = 0)"),
});
const selectTrial: Statement = { text: `SELECT ${trial.columns}` };
const updateNoHead: Statement = { text: "UPDATE head SET size = size WHERE false" };
// commits a record of its own to the write-ahead log, and touches no table
const writeNothing: Statement = { text: "SELECT pg_logical_emit_message(true, 'daybook', 'ready')" };

const temporaryRight = column<boolean>("has_database_privilege(current_database(), 'TEMPORARY')");
const selectRight: Statement = { text: `SELECT ${temporaryRight.columns}` };
// rows below the limit of compression: 125 pages of 8 KB
const takeRoom: readonly Statement[] = [
  { text: 'CREATE TEMPORARY TABLE daybook_room (filler text COLLATE "C") ON COMMIT DROP' },
  { text: "INSERT INTO daybook_room SELECT repeat(md5(n::text), 60) FROM generate_series(1, 500) n" },
];

/** Within a transaction that has begun; the caller commits it. */
export async function tryWriting(
  session: StatementSession,
  { room }: { readonly room: boolean },
): Promise<WriteTrial> {
  const rows = await session.rows(selectTrial);
  await Promise.all([
    session.copyIn(copiesOfAppending.map((copy) => ({ copy, rows: new CopyRows().whole() }))),
    session.rows(updateNoHead),
    session.rows(writeNothing),
  ]);
  // without the right to temporary tables, a full disk shows at the first event
  if (room && temporaryRight.read(onlyRow(await session.rows(selectRight), "right")))
    for (const statement of takeRoom) await session.rows(statement);
  return trial.read(onlyRow(rows, "clock"));
}
