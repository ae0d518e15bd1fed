/** Makes, locks, reads and writes logs and their heads. */
import { StoreError } from "../../contract/errors.ts";
import type { Head, Log, LogRows } from "../../contract/logs.ts";
import { type ChangeSession, changedAtText } from "../statements/change-time.ts";
import { column, rowShape } from "../statements/row-shape.ts";
import type { Statement, StatementSession } from "../statements/session.ts";
import { optionalTimestampText } from "../statements/times.ts";

const head = rowShape<Head>({
  organizationId: column("organization_id"),
  logNo: column("log_no"),
  origin: column("origin"),
  size: column("size"),
  frontier: column("frontier"),
  recordedAt: column("recorded_at"),
  closed: column("closed"),
});
const log = rowShape<Log>({
  organizationId: column("l.organization_id"),
  logNo: column("l.log_no"),
  origin: column("l.origin"),
  size: column("coalesce(l.final_size, h.size)"),
});

export const selectHeads: Statement = {
  name: "heads",
  text: `SELECT ${head.columns} FROM head WHERE organization_id = ANY ($1) ORDER BY organization_id`,
};
export const selectHeadsForUpdate: Statement = { name: "lock_heads", text: `${selectHeads.text} FOR UPDATE` };
const selectLogs: Statement = {
  name: "logs",
  text: `SELECT ${log.columns}
    FROM log l JOIN head h USING (organization_id) WHERE l.organization_id = $1 ORDER BY l.log_no`,
};
export const updateOne: Statement = {
  name: "update_head",
  text: `UPDATE head SET size = $3, frontier = $4, recorded_at = $5, closed = $6
    WHERE organization_id = $1 AND log_no = $2`,
};
export const updateMany: Statement = {
  name: "update_heads",
  text: `UPDATE head SET size = n.size, frontier = n.frontier, recorded_at = n.recorded_at, closed = n.closed
    FROM unnest($1::integer[], $2::smallint[], $3::bigint[], $4::bytea[], $5::timestamptz[], $6::boolean[])
      AS n (organization_id, log_no, size, frontier, recorded_at, closed)
    WHERE head.organization_id = n.organization_id AND head.log_no = n.log_no`,
};
const insertLog: Statement = {
  text: "INSERT INTO log (organization_id, log_no, origin, opened_at) VALUES ($1, $2, $3, $4)",
};
const endLog: Statement = {
  text: `UPDATE log SET final_size = h.size FROM head h
    WHERE log.organization_id = $1 AND h.organization_id = $1 AND log.log_no = h.log_no AND h.log_no = $2 - 1 RETURNING true`,
};
const resetHead: Statement = {
  text: `UPDATE head SET log_no = $2, origin = $3, size = 0, frontier = '', recorded_at = NULL, closed = false
    WHERE organization_id = $1`,
};

async function lockHeads(session: StatementSession, organizationIds: readonly number[]): Promise<Head[]> {
  return (await session.rows(selectHeadsForUpdate, [organizationIds])).map(head.read);
}

export async function heads(session: StatementSession, organizationIds: readonly number[]): Promise<Head[]> {
  return (await session.rows(selectHeads, [organizationIds])).map(head.read);
}

export async function logs(session: StatementSession, organizationId: number): Promise<Log[]> {
  return (await session.rows(selectLogs, [organizationId])).map(log.read);
}

async function updateHeads(session: StatementSession, changed: readonly Head[]): Promise<void> {
  const only = changed[0];
  if (only === undefined) return;
  if (changed.length === 1) {
    const { organizationId, logNo, size, frontier, recordedAt, closed } = only;
    await session.rows(updateOne, [
      organizationId,
      logNo,
      size,
      frontier,
      optionalTimestampText(recordedAt),
      closed,
    ]);
    return;
  }
  await session.rows(updateMany, [
    changed.map((one) => one.organizationId),
    changed.map((one) => one.logNo),
    changed.map((one) => one.size),
    changed.map((one) => one.frontier),
    changed.map((one) => optionalTimestampText(one.recordedAt)),
    changed.map((one) => one.closed),
  ]);
}

/** A later log takes over the head of the one before it. The first one comes with its organization. */
async function startLog(changing: ChangeSession, started: Omit<Log, "size">): Promise<void> {
  const { session } = changing;
  const { organizationId, logNo, origin } = started;
  const openedAt = await changedAtText(changing);
  if ((await session.rows(endLog, [organizationId, logNo])).length === 0) {
    throw new StoreError("conflict", `Log ${logNo} of this organization does not follow its current one.`);
  }
  await session.rows(insertLog, [organizationId, logNo, origin, openedAt]);
  await session.rows(resetHead, [organizationId, logNo, origin]);
}

export const headRows = (
  changing: ChangeSession,
): Pick<LogRows, "insertLog" | "lockHeads" | "updateHeads"> => ({
  insertLog: (started) => startLog(changing, started),
  lockHeads: (organizationIds) => lockHeads(changing.session, organizationIds),
  updateHeads: (changed) => updateHeads(changing.session, changed),
});
