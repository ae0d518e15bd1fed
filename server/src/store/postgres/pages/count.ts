/**
 * Counts events over time. It reads at most about `most` events: first each bucket up to the same number, then those that have more share
 * the rest. PostgreSQL computes calendars.
 */
import type { CalendarQuery, Count, CountQuery } from "../../contract/counts.ts";
import { selectOrganizationNumbers, withBitmaps } from "../full-text/days.ts";
import { dayLength, dayOf, tsqueryOn, tsqueryText } from "../full-text/lexemes.ts";
import { column, countColumn, rowShape } from "../statements/row-shape.ts";
import type { Statement, StatementSession } from "../statements/session.ts";
import { timestampText } from "../statements/times.ts";
import { listConditions, walkSql } from "./walk-sql.ts";
import type { Namer } from "./walks.ts";

const hour = column<bigint>(
  "generate_series(date_trunc('hour', $1::timestamptz, $3), $2::timestamptz + interval '1 hour', interval '1 hour')",
);
const day = column<bigint>("s AT TIME ZONE $3");
const hours: Statement = { text: `SELECT ${hour.columns} LIMIT 1000` };
const days: Statement = {
  text: `SELECT ${day.columns} FROM generate_series(date_trunc('day', $1::timestamptz AT TIME ZONE $3),
    $2::timestamptz AT TIME ZONE $3 + interval '1 day', interval '1 day') s LIMIT 1000`,
};

/** The bounds of the hours or days in a span. Rejects with StoreError `refused` for a time zone that PostgreSQL doesn't have. */
export async function calendar(
  session: StatementSession,
  { unit, from, to, timeZone }: CalendarQuery,
): Promise<bigint[]> {
  const values = [timestampText(from), timestampText(to), timeZone];
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

/** The maximum number of days of organizations that are counted by words. */
const mostDays = 15_000;

/** By days of the full-text index, which are in UTC; each result goes into its bucket. */
async function countWords(session: StatementSession, query: CountQuery): Promise<Count[]> {
  const { organizationId, bounds, most } = query;
  const wanted = tsqueryText(query.wanted!);
  const organizations =
    organizationId === undefined ? await selectOrganizationNumbers(session) : [organizationId];
  const counts = spansOf(bounds).map(() => ({ count: 0, more: false }));
  if (counts.length === 0) return [];
  const first = dayOf(bounds[0]!);
  const last = dayOf(bounds.at(-1)! - 1n);
  const wholeDays = Math.max(1, Math.floor(mostDays / organizations.length));
  const from = Math.max(first, last - wholeDays + 1);
  const spans = Array.from({ length: last - from + 1 }, (_, n) => spanOfDay(from + n));
  const found = await spread(most, spans, (some) =>
    wordsOfDays(session, { query, wanted, organizations, some }),
  );
  found.forEach(({ byBucket, count }, index) => {
    const span = spans[index]!;
    for (const [bucket, n] of byBucket) if (counts[bucket] !== undefined) counts[bucket].count += n;
    if (count < span.limit) return;
    counts.forEach((one, bucket) => {
      if (bounds[bucket]! < span.to && bounds[bucket + 1]! > span.from) one.more = true;
    });
  });
  counts.forEach((one, bucket) => {
    if (bounds[bucket]! < BigInt(from) * dayLength) one.more = true;
  });
  return counts;
}

const spanOfDay = (day: number): CountSpan => ({
  from: BigInt(day) * dayLength,
  to: BigInt(day + 1) * dayLength,
  limit: 0,
});

interface OfDays {
  readonly query: CountQuery;
  readonly wanted: string;
  readonly organizations: readonly number[];
  readonly some: readonly CountSpan[];
}

interface PartialCount {
  /** The results of the index. */
  count: number;
  readonly byBucket: Map<number, number>;
}

async function wordsOfDays(session: StatementSession, of: OfDays): Promise<PartialCount[]> {
  const { query, wanted, organizations, some } = of;
  const { filter, bounds } = query;
  const pairs = some.flatMap((span, day) => organizations.map((number) => ({ span, day, number })));
  const values: unknown[] = [
    pairs.map(({ span, number }) => tsqueryOn(wanted, dayOf(span.from), number)),
    pairs.map(({ span }) => span.limit),
    bounds.map(timestampText),
    pairs.map(({ day }) => day),
  ];
  const lists = listConditions(filter, (value) => `$${values.push(value)}`);
  const isIn =
    lists.length === 0
      ? ""
      : `LEFT JOIN event e ON e.organization_id = x.organization_id AND e.log_no = x.log_no AND e.seq = x.seq
        AND ${lists.join(" AND ")}`;
  const shape = rowShape({
    day: column<number>("d.day"),
    bucket: column<number>("width_bucket(x.occurred_at, $3::timestamptz[])"),
    all: countColumn("count(*)"),
    passed: countColumn(`count(${lists.length === 0 ? "*" : "e.seq"})`),
  });
  const text = `SELECT ${shape.columns}
    FROM unnest($1::text[], $2::integer[], $4::integer[]) AS d (wanted, most, day) CROSS JOIN LATERAL (
      SELECT w.occurred_at, w.organization_id, w.log_no, w.seq FROM event_words w
      WHERE w.words @@ d.wanted::tsquery LIMIT d.most) x ${isIn} GROUP BY 1, 2`;
  const found = some.map((): PartialCount => ({ count: 0, byBucket: new Map() }));
  const rows = await withBitmaps(session, () => session.rows({ text }, values));
  for (const { day, bucket, all, passed } of rows.map(shape.read)) {
    const one = found[day]!;
    one.count += all;
    one.byBucket.set(bucket - 1, passed);
  }
  return found;
}

/** A count for each bucket. */
export async function count(session: StatementSession, named: Namer, query: CountQuery): Promise<Count[]> {
  if (query.bounds.length < 2) return [];
  return query.wanted === undefined ? countWalks(session, named, query) : countWords(session, query);
}
