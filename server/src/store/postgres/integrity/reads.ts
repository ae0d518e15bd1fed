/** Reads for fsck: own events part by part, and everything that must be of one moment in one transaction. */
import type { StoredEvent } from "../../contract/events.ts";
import type { FollowerPosition } from "../../contract/followers.ts";
import type { IntegrityReads, Moment, OwnEvents, OwnRow, OwnTable } from "../../contract/integrity.ts";
import { checkDerived } from "../events/check-derived.ts";
import { selectEvent } from "../events/columns.ts";
import { heads, logs } from "../events/heads.ts";
import { readEvent } from "../events/read.ts";
import { clock } from "../statements/change-time.ts";
import { column, readersOf } from "../statements/row-shape.ts";
import type { Row, Statement, StatementSession } from "../statements/session.ts";
import type { Run } from "../statements/statements.ts";
import { isOfOrganization, ownColumns, selectOwnRows } from "./own-columns.ts";
import { strayRows } from "./stray-rows.ts";

/** Events of a part, own or not: the number of rows that one statement reads. */
const part = 5_000n;
const rowsAtOnce = 500;
const reserved = 0;

const isOwn = `e.recorded_by LIKE '%,"own":true,%'`;
const selectOwn: Statement = {
  name: "own_events",
  text: `SELECT ${selectEvent} FROM event e
    WHERE e.organization_id = $1 AND e.log_no = $2 AND e.seq >= $3 AND e.seq < $4 AND ${isOwn} ORDER BY e.seq`,
};
const selectByType: Statement = {
  text: `SELECT ${selectEvent} FROM event e
    WHERE e.organization_id = ${reserved} AND e.type_hash = hashtext($1) AND e.type = $1 AND ${isOwn} ORDER BY e.log_no, e.seq`,
};
const selectByTarget: Statement = {
  text: `SELECT ${selectEvent} FROM event_target t JOIN event e USING (organization_id, log_no, seq)
    WHERE t.organization_id = ${reserved} AND t.target_hash = hashtext($2) AND t.target_key = $2 AND e.type = $1 AND ${isOwn}
    ORDER BY e.log_no, e.seq`,
};
const missing = column<string>("id");
const selectMissing: Statement = {
  text: `SELECT ${missing.columns} FROM unnest($1::text[]) AS x (id)
    WHERE NOT EXISTS (SELECT FROM organization o WHERE o.id = x.id)`,
};

/** The settings of every connection are for index walks; here, whole tables are read. */
const forWholeTables = ["seqscan", "bitmapscan", "hashjoin", "sort"]
  .map((name) => `SET LOCAL enable_${name} = on`)
  .join("; ");

async function ownEvents(
  session: StatementSession,
  organizationId: number,
  { logNo, next }: FollowerPosition,
): Promise<OwnEvents> {
  const rows = await session.rows(selectOwn, [organizationId, logNo, next, next + part]);
  const events = rows.map(readEvent);
  const all = await logs(session, organizationId);
  const size = all.find((log) => log.logNo === logNo)?.size ?? 0n;
  if (next + part < size) return { events, next: { logNo, next: next + part } };
  const later = all.find((log) => log.logNo > logNo);
  return { events, next: later && { logNo: later.logNo, next: 0n } };
}

async function* ownRows(
  session: StatementSession,
  table: OwnTable,
  organizationId: number,
): AsyncGenerator<readonly OwnRow[]> {
  const isOfOne = isOfOrganization(table);
  const text = `${selectOwnRows(table)}${isOfOne ? " WHERE t.organization_id = $1" : ""}`;
  const values = isOfOne ? [organizationId] : [];
  const names = Object.keys(ownColumns[table]);
  const readers = readersOf<OwnRow[string]>(names);
  const read = (row: Row): OwnRow =>
    Object.fromEntries(names.map((name, index) => [name, readers[index]!(row)]));
  // most organizations have few rows: one statement instead of three
  const few = await session.rows({ text: `${text} LIMIT ${rowsAtOnce}` }, values);
  if (few.length < rowsAtOnce) {
    yield few.map(read);
    return;
  }
  await session.rows({ text: `DECLARE own_rows NO SCROLL CURSOR FOR ${text}` }, values);
  for (;;) {
    const rows = await session.rows({ text: `FETCH ${rowsAtOnce} FROM own_rows` });
    if (rows.length > 0) yield rows.map(read);
    if (rows.length < rowsAtOnce) break;
  }
  await session.command("CLOSE own_rows");
}

async function reservedEvents(
  session: StatementSession,
  type: string,
  target?: string,
): Promise<StoredEvent[]> {
  const rows =
    target === undefined
      ? await session.rows(selectByType, [type])
      : await session.rows(selectByTarget, [type, target]);
  return rows.map(readEvent);
}

const momentOf = (session: StatementSession, now: bigint): Moment => ({
  now,
  heads: (organizationIds) => heads(session, organizationIds),
  logs: (organizationId) => logs(session, organizationId),
  ownEvents: (...from) => ownEvents(session, ...from),
  reservedEvents: (...of) => reservedEvents(session, ...of),
  ownRows: (...of) => ownRows(session, ...of),
});

async function atOneMoment<T>(session: StatementSession, work: (moment: Moment) => Promise<T>): Promise<T> {
  await session.begin({ mode: "ISOLATION LEVEL REPEATABLE READ, READ ONLY" });
  try {
    await session.command(forWholeTables);
    const result = await work(momentOf(session, await clock(session)));
    await session.end("COMMIT");
    return result;
  } catch (error) {
    await session.end("ROLLBACK").catch(() => {});
    throw error;
  }
}

export const integrityReads = (read: Run): IntegrityReads => ({
  checkDerived: (...of) => checkDerived(read, ...of),
  ownEvents: (...from) => read((session) => ownEvents(session, ...from)),
  reservedEvents: (...of) => read((session) => reservedEvents(session, ...of)),
  atOneMoment: (work) => read((session) => atOneMoment(session, work)),
  missingOrganizations: async (ids) =>
    (await read((session) => session.rows(selectMissing, [ids]))).map(missing.read),
  strayRows: () =>
    read(async (session) => {
      await session.begin({ mode: "READ ONLY" });
      try {
        await session.command(forWholeTables);
        return await strayRows(session);
      } finally {
        await session.end("ROLLBACK");
      }
    }),
});
