/**
 * Finds the newest events that contain words. First, it walks some of the newest events that pass the filter, which finds common words.
 * Then it queries the full-text index day by day, newest first, which finds rare ones; if a day has many, it walks that day. The search is
 * fast for any word, and its effort is limited: it can stop early, and then returns how far it came.
 */
import type { StoredEvent } from "../../contract/events.ts";
import type { FindQuery, FullTextPage } from "../../contract/full-text.ts";
import type { PageKey } from "../../contract/pages.ts";
import { selectEvent } from "../events/columns.ts";
import { readEvent } from "../events/read.ts";
import { listConditions, readTestedKey, walkSql } from "../pages/walk-sql.ts";
import type { Namer } from "../pages/walks.ts";
import type { StatementSession } from "../statements/session.ts";
import { timestampText } from "../statements/times.ts";
import { foundWords, selectDays, selectOrganizationNumbers, selectWords, withBitmaps } from "./days.ts";
import { dayLength, tsqueryOn, tsqueryText } from "./lexemes.ts";

/** The effort for one page: events walked or found, and queried days of an organization, which count double. */
const mostEffort = 30_000;
/** The minimum number of events to walk at first, and to find in the index at a time. */
const fewestWalked = 500;
const fewestFound = 1_000;
/** The number of days in one query: at first, and at most. */
const fewestDays = 4;
const mostDays = 256;
/** The number of found events that are read at a time if a filter can refuse some. */
const slice = 200;

type FullPageKey = Required<PageKey>;

/** A running search. */
interface FindState {
  readonly session: StatementSession;
  readonly named: Namer;
  readonly query: FindQuery;
  readonly wanted: string;
  readonly events: StoredEvent[];
  /** Everything down to here has been searched, and nothing beyond. */
  place: FullPageKey;
  effort: number;
}

/** A place before all events of that time, and after all later ones. */
const before = (occurredAt: bigint): FullPageKey => ({ occurredAt, seq: 0n, logNo: 0, organizationId: 0 });

const isFull = ({ events, query }: FindState): boolean => events.length >= query.limit;

/** The start of a search: its `after`, its end, or the end of time. */
function firstPlace({ after, filter, organizationId }: FindQuery): FullPageKey {
  if (after !== undefined) return { organizationId: organizationId ?? 0, ...after };
  return before(filter.to ?? endOfTime);
}

const endOfTime = 9_000_000_000_000_000n;

/** Reads events by their keys, newest first, and keeps those that pass the filter, until the page is full. */
async function take(finding: FindState, keys: readonly FullPageKey[]): Promise<void> {
  const { session, named, query, events } = finding;
  for (let at = 0; at < keys.length && !isFull(finding); ) {
    const some = keys.slice(at, at + Math.max(slice, query.limit - events.length));
    at += some.length;
    const values: unknown[] = [
      some.map(({ organizationId }) => organizationId),
      some.map(({ logNo }) => logNo),
      some.map(({ seq }) => seq),
      query.limit - events.length,
    ];
    const conditions = listConditions(query.filter, (value) => `$${values.push(value)}`);
    const rows = await session.rows(
      named(`SELECT ${selectEvent} FROM unnest($1::integer[], $2::smallint[], $3::bigint[])
          WITH ORDINALITY AS k (organization_id, log_no, seq, n)
        JOIN event e ON e.organization_id = k.organization_id AND e.log_no = k.log_no AND e.seq = k.seq
        WHERE ${["true", ...conditions].join(" AND ")} ORDER BY k.n LIMIT $4`),
      values,
    );
    events.push(...rows.map(readEvent));
  }
}

/** Walks some events that pass the filter and are not older than `floor`; returns whether these were all. */
async function walkSome(finding: FindState, limit: number, floor?: bigint): Promise<boolean> {
  const { session, named, query, wanted, place } = finding;
  const { organizationId, filter } = query;
  const from = floor ?? filter.from;
  const walk = { order: "newest", organizationId, after: place, limit, wanted } as const;
  const { text, values } = walkSql({ ...walk, filter: from === undefined ? filter : { ...filter, from } });
  const rows = (await session.rows(named(text), values)).map(readTestedKey);
  finding.effort -= rows.length;
  const last = rows.at(-1);
  if (last !== undefined) finding.place = last.key;
  await take(
    finding,
    rows.filter(({ isFound }) => isFound).map(({ key }) => key),
  );
  return rows.length < limit;
}

/** Queries the full-text index for these days; returns the keys by day, and how many days were searched completely. */
async function foundIn(
  finding: FindState,
  days: readonly number[],
  organizations: readonly number[],
): Promise<FullPageKey[][]> {
  const { session, query, wanted, place } = finding;
  const most = Math.max(fewestFound, 2 * query.limit);
  const words = days.flatMap((day) => organizations.map((number) => tsqueryOn(wanted, day, number)));
  const rows = await withBitmaps(session, () =>
    session.rows(selectWords, [
      words,
      timestampText(query.filter.from ?? 0n),
      timestampText(place.occurredAt),
      place.seq,
      place.logNo,
      place.organizationId,
      most,
    ]),
  );
  finding.effort -= rows.length + 2 * words.length;
  const keys: FullPageKey[][] = days.map(() => []);
  for (const row of rows) {
    const { key, position } = foundWords.read(row);
    keys[Math.floor((position - 1) / organizations.length)]!.push(key);
  }
  // the last day with results may have more
  if (rows.length === most) keys.length = keys.findLastIndex((ofDay) => ofDay.length > 0);
  return keys;
}

const newestFirst = (a: FullPageKey, b: FullPageKey): number => {
  for (const member of ["occurredAt", "seq", "logNo", "organizationId"] as const) {
    if (a[member] !== b[member]) return a[member] < b[member] ? 1 : -1;
  }
  return 0;
};

/** Searches some days; returns whether there are older ones. */
async function lookAtDays(
  finding: FindState,
  width: number,
  organizations: readonly number[],
): Promise<boolean> {
  const { session, query } = finding;
  const { organizationId, filter } = query;
  const days = await selectDays(session, { organizationId, before: finding.place, from: filter.from }, width);
  if (days.length === 0) return false;
  const found = await foundIn(finding, days, organizations);
  const startOf = (day: number): bigint => BigInt(day) * dayLength;
  if (found.length === 0) {
    const start = startOf(days[0]!);
    const floor = filter.from !== undefined && filter.from > start ? filter.from : start;
    while (!isFull(finding) && finding.effort > 0) {
      if (await walkSome(finding, 4 * fewestWalked, floor)) {
        finding.place = before(start);
        return true;
      }
    }
    return true;
  }
  await take(finding, found.flat().sort(newestFirst));
  finding.place = before(startOf(days[found.length - 1]!));
  return found.length < days.length || days.length === width;
}

/** The newest events that contain the words and pass the filter, after a place. */
export async function find(session: StatementSession, named: Namer, query: FindQuery): Promise<FullTextPage> {
  const finding: FindState = {
    session,
    named,
    query,
    wanted: tsqueryText(query.wanted),
    events: [],
    place: firstPlace(query),
    effort: mostEffort,
  };
  const done = (): FullTextPage => ({ events: finding.events, reached: undefined });
  if (await walkSome(finding, Math.max(fewestWalked, 2 * query.limit))) return done();
  const { organizationId } = query;
  const organizations =
    organizationId === undefined ? await selectOrganizationNumbers(session) : [organizationId];
  for (let width = fewestDays; !isFull(finding); width = Math.min(4 * width, mostDays)) {
    if (finding.effort <= 0) return { events: finding.events, reached: finding.place };
    if (!(await lookAtDays(finding, width, organizations))) return done();
  }
  return done();
}
