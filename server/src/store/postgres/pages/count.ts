/**
 * Counts events over time. It reads at most about `most` events: first each bucket up to the same number, then those that have more share
 * the rest. PostgreSQL computes calendars.
 */
import type { CalendarQuery, Count, CountQuery } from "../../contract/counts.ts";
import { column, countColumn, rowShape } from "../statements/row-shape.ts";
import type { Statement, StatementSession } from "../statements/session.ts";
import { timestampText } from "../statements/times.ts";
import { walkSql } from "./walk-sql.ts";
import type { Namer } from "./walks.ts";

const hour = column<bigint>(
  "generate_series(date_trunc('hour', $1::timestamptz, $3), $2::timestamptz + $4 * interval '1 hour', $4 * interval '1 hour')",
);
const day = column<bigint>("s AT TIME ZONE $3");
const hours: Statement = { text: `SELECT ${hour.columns} LIMIT 1000` };
const days: Statement = {
  text: `SELECT ${day.columns} FROM generate_series(date_trunc('day', $1::timestamptz AT TIME ZONE $3),
    $2::timestamptz AT TIME ZONE $3 + $4 * interval '1 day', $4 * interval '1 day') s LIMIT 1000`,
};

/** The bounds of the hours or days in a span. Rejects with StoreError `refused` for a time zone that PostgreSQL doesn't have. */
export async function calendar(
  session: StatementSession,
  { unit, step, from, to, timeZone }: CalendarQuery,
): Promise<bigint[]> {
  const values = [timestampText(from), timestampText(to), timeZone, step];
  const [bound, statement] = unit === "hour" ? [hour, hours] : [day, days];
  const bounds = (await session.rows(statement, values)).map(bound.read);
  // the last one is the first that is not before the end
  return bounds.slice(0, bounds.findIndex((at) => at >= to) + 1);
}

/** Counts several spans of time, each up to its limit. */
interface CountSpan {
  readonly from: bigint;
  readonly to: bigint;
  limit: number;
}

/** Counts spans, and distributes the limit twice. */
async function spread<T extends { readonly count: number }>(
  most: number,
  spans: readonly CountSpan[],
  counted: (spans: readonly CountSpan[]) => Promise<T[]>,
): Promise<T[]> {
  const even = Math.floor(most / spans.length);
  for (const span of spans) span.limit = even;
  const counts = await counted(spans);
  const full = spans.map((_, index) => index).filter((index) => counts[index]!.count >= even);
  const left = most - counts.reduce((sum, { count }) => sum + count, 0);
  const more = full.length === 0 ? 0 : even + Math.floor(left / full.length);
  if (more < 2 * even) return counts;
  for (const index of full) spans[index]!.limit = more;
  const again = await counted(full.map((index) => spans[index]!));
  full.forEach((index, n) => {
    counts[index] = again[n]!;
  });
  return counts;
}

async function countWalks(session: StatementSession, named: Namer, query: CountQuery): Promise<Count[]> {
  const { organizationId, filter, bounds, most } = query;
  const bucket = { from: "b.from_at", to: "b.to_at", limit: "b.most" };
  const walk = walkSql({ order: "newest", organizationId, filter, bucket, limit: 0 });
  const at = walk.values.length;
  const counted = rowShape({ count: countColumn(`(SELECT count(*) FROM (${walk.text}) c)`) });
  const text = `SELECT ${counted.columns} FROM unnest($${at + 1}::timestamptz[], $${at + 2}::timestamptz[],
    $${at + 3}::integer[]) WITH ORDINALITY AS b (from_at, to_at, most, n) ORDER BY b.n`;
  const spans = spansOf(bounds);
  const counts = await spread(most, spans, async (some) => {
    const rows = await session.rows(named(text), [
      ...walk.values,
      some.map(({ from }) => timestampText(from)),
      some.map(({ to }) => timestampText(to)),
      some.map(({ limit }) => limit),
    ]);
    return rows.map(counted.read);
  });
  return counts.map(({ count }, index) => ({ count, more: count >= spans[index]!.limit }));
}

const spansOf = (bounds: readonly bigint[]): CountSpan[] =>
  bounds.slice(1).map((to, index) => ({ from: bounds[index]!, to, limit: 0 }));

/** A count for each bucket. */
export const count = async (session: StatementSession, named: Namer, query: CountQuery): Promise<Count[]> =>
  query.bounds.length < 2 ? [] : countWalks(session, named, query);
