/**
 * The times of Daybook's own rows: when something was made, began or ended. New times must be those of their events, to the microsecond. It
 * reads every such column of the database, including those of new tables.
 */
import type { RecordedEvent } from "daybook/internal";
import { expect } from "vitest";
import type { News } from "./recorded.ts";
import type { OperationsWorld } from "./world.ts";

/** `table.column` and its time, `2026-11-22T11:20:31.123456Z`. */
export type RowTimes = ReadonlySet<string>;

/** Tables of the log itself and its words, and tables whose times no event has: when a key or a denied attempt was last counted. */
const others = [
  "event",
  "event_target",
  "full_text_block",
  "full_text_changed",
  "full_text_segment",
  "head",
  "idempotency",
  "denial",
  "maintenance",
  "schema_migration",
];
/** Future ends are in the data of events; so is the start of a check. No event has when a session was last used or its holder last confirmed their identity. */
const ends = [
  ...["authenticated_at", "expires_at", "last_seen_at", "works_until"],
  ...["started_at", "begun_at", "claimed_until"],
];

/** The columns of the schema, which is the same in every test. */
let columns: readonly { readonly table: string; readonly column: string }[] = [];

const timesOf = ({ table, column }: (typeof columns)[number]): string =>
  `SELECT '${table}.${column} ' || to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at
    FROM ${table} WHERE ${column} IS NOT NULL`;

export async function rowTimesOf({ sql }: Pick<OperationsWorld, "sql">): Promise<RowTimes> {
  if (columns.length === 0) columns = (await sql.query(listColumns, [others, ends])).rows;
  const { rows } = await sql.query<{ at: string }>(columns.map(timesOf).join("\nUNION ALL\n"));
  return new Set(rows.map(({ at }) => at));
}

const listColumns = `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
  WHERE table_schema = current_schema() AND data_type = 'timestamp with time zone'
    AND NOT table_name = ANY($1) AND NOT column_name = ANY($2)`;

/** Throws unless each new time since `before` is that of a new event, and no event is ahead of its recording. */
export function checkTimes(before: RowTimes, after: RowTimes, news: News): void {
  const events: readonly RecordedEvent[] = [...news.values()].flat();
  const occurred = new Set(events.map(({ occurredAt }) => occurredAt));
  const fresh = [...after].filter((each) => !before.has(each));
  expect(fresh.filter((each) => !occurred.has(each.split(" ")[1]!))).toEqual([]);
  for (const { occurredAt, recordedAt } of events) expect(occurredAt <= recordedAt).toBe(true);
}
