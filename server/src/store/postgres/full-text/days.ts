/** The statements that query the full-text index day by day. */
import type { PageKey } from "../../contract/pages.ts";
import { keyShape } from "../events/columns.ts";
import { column, columnBy, countColumn, type RowShape, rowShape } from "../statements/row-shape.ts";
import type { Statement, StatementSession } from "../statements/session.ts";
import { timestampText } from "../statements/times.ts";
import { dayOf } from "./lexemes.ts";

/** The key of an event, and the position of the text that found it among all. */
export const foundWords: RowShape<{ key: Required<PageKey>; position: number }> = rowShape<{
  key: Required<PageKey>;
  position: number;
}>({
  key: keyShape("x"),
  position: countColumn("d.n"),
});
/**
 * Keys of events with matching words, by day and organization. The bounds are tested beside the index, which is the only one that this
 * statement may use. With the keys comes the position of the day's text among all.
 */
export const selectWords: Statement = {
  name: "words_of_days",
  text: `SELECT ${foundWords.columns}
    FROM unnest($1::text[]) WITH ORDINALITY AS d (wanted, n) CROSS JOIN LATERAL (
      SELECT y.* FROM (
        SELECT w.occurred_at, w.seq, w.log_no, w.organization_id FROM event_words w WHERE w.words @@ d.wanted::tsquery OFFSET 0) y
      WHERE y.occurred_at >= $2
        AND (y.occurred_at, y.seq, y.log_no, y.organization_id) < ($3::timestamptz, $4::bigint, $5::smallint, $6::integer)
      LIMIT $7) x LIMIT $7`,
};

const day = columnBy("d.at", (at) => dayOf(at as bigint));
/** Days that have events, newest first, each found with one index look-up. */
const daysOf = (from: string, bound: string, order: string): string => `WITH RECURSIVE d (at) AS (
    (SELECT x.occurred_at FROM ${from} ${bound} AND x.occurred_at >= $6 ${order} LIMIT 1)
    UNION ALL
    SELECT (SELECT x.occurred_at FROM ${from} x.occurred_at < date_trunc('day', d.at) AND x.occurred_at >= $6
      ${order} LIMIT 1) FROM d WHERE d.at IS NOT NULL)
  SELECT ${day.columns} FROM d WHERE d.at IS NOT NULL LIMIT $1`;
const daysOfOne: Statement = {
  name: "days_of_one",
  text: daysOf(
    "event_words x WHERE x.organization_id = $5 AND",
    "(x.occurred_at, x.seq, x.log_no) < ($2::timestamptz, $3::bigint, $4::smallint)",
    "ORDER BY x.occurred_at DESC, x.seq DESC, x.log_no DESC",
  ),
};
const daysOfAll: Statement = {
  name: "days_of_all",
  text: daysOf(
    "event x WHERE",
    "(x.occurred_at, x.seq, x.log_no, x.organization_id) < ($2::timestamptz, $3::bigint, $4::smallint, $5::integer)",
    "ORDER BY x.occurred_at DESC NULLS LAST, x.seq DESC, x.log_no DESC, x.organization_id DESC",
  ),
};
const organizationNumber = column<number>("organization_id");
const organizationNumbers: Statement = {
  text: `SELECT ${organizationNumber.columns} FROM organization ORDER BY organization_id`,
};

/** The organizations in scope. */
export const selectOrganizationNumbers = async (session: StatementSession): Promise<number[]> =>
  (await session.rows(organizationNumbers)).map(organizationNumber.read);

/** Days, of one organization or of all. */
export interface Days {
  readonly organizationId: number | undefined;
  /** Exclusive. */
  readonly before: Required<PageKey>;
  readonly from: bigint | undefined;
}

/** The newest `count` days that have events. */
export async function selectDays(session: StatementSession, days: Days, count: number): Promise<number[]> {
  const { organizationId, before, from = 0n } = days;
  const rows = await session.rows(organizationId === undefined ? daysOfAll : daysOfOne, [
    count,
    timestampText(before.occurredAt),
    before.seq,
    before.logNo,
    organizationId ?? before.organizationId,
    timestampText(from),
  ]);
  return rows.map(day.read);
}

/**
 * Runs a statement with bitmap scans allowed: the full-text index needs them, and the settings of connections turn them off. Such a
 * statement has a name of its own: its plan stays with the connection.
 */
export async function withBitmaps<T>(session: StatementSession, work: () => Promise<T>): Promise<T> {
  await session.begin({ command: "SET LOCAL enable_bitmapscan = on" });
  try {
    const result = await work();
    await session.end("COMMIT");
    return result;
  } catch (error) {
    await session.end("ROLLBACK").catch(() => {});
    throw error;
  }
}
