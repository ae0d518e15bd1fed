/**
 * Indexes the words of events, in the order of the log, each once: the words and how far they have come are committed together. It
 * refuses to know what words are.
 */

import type { Indexing, IndexProgress } from "../../contract/full-text.ts";
import type { WalkedEvent } from "../../contract/pages.ts";
import { slotColumns } from "../events/columns.ts";
import { selectWalked, walkedReader } from "../events/read.ts";
import { copyText } from "../statements/copy-in.ts";
import type { Row, Session, Statement } from "../statements/session.ts";
import { timestampText } from "../statements/times.ts";
import { vectorText } from "./lexemes.ts";

// another process at the same organization is passed by, not waited for
const lockPlace: Statement = {
  name: "lock_words",
  text: "SELECT log_no, next_seq FROM words_indexed WHERE organization_id = $1 FOR UPDATE SKIP LOCKED",
};
const insertPlace: Statement = {
  text: `INSERT INTO words_indexed (organization_id, log_no, next_seq) VALUES ($1, 0, 0)
    ON CONFLICT DO NOTHING RETURNING log_no, next_seq`,
};
const updatePlace: Statement = {
  name: "update_words",
  text: "UPDATE words_indexed SET log_no = $2, next_seq = $3 WHERE organization_id = $1",
};
// the log that is current tells of those before it that they have ended
const selectLater: Statement = {
  name: "words_later_log",
  text: `SELECT h.log_no FROM head h JOIN log l ON l.organization_id = h.organization_id AND l.log_no = $2
    WHERE h.organization_id = $1 AND h.log_no > $2 AND l.final_size = $3`,
};
const columns = "organization_id, log_no, seq, occurred_at, words";
const copyWords = `COPY event_words (${columns}) FROM STDIN`;

/** Those whose head is elsewhere than their words: for the plans' test too. */
const selectBehind: Statement = {
  name: "words_behind",
  text: `SELECT h.organization_id FROM head h LEFT JOIN words_indexed p USING (organization_id)
    WHERE h.size > 0 AND (p.log_no IS DISTINCT FROM h.log_no OR p.next_seq IS DISTINCT FROM h.size) LIMIT $1`,
};
const indexed = `SELECT h.organization_id, coalesce(p.log_no, 0::smallint), coalesce(p.next_seq, 0), (
      SELECT coalesce(sum(coalesce(l.final_size, h.size) - CASE WHEN l.log_no = p.log_no THEN p.next_seq ELSE 0 END), 0)::bigint FROM log l
      WHERE l.organization_id = h.organization_id AND l.log_no >= coalesce(p.log_no, 0)), (
      SELECT e.recorded_at FROM event e
      WHERE e.organization_id = p.organization_id AND e.log_no = p.log_no AND e.seq = p.next_seq - 1)
    FROM head h LEFT JOIN words_indexed p USING (organization_id)`;
const selectIndexed: Statement = {
  name: "words_indexed",
  text: `${indexed} WHERE h.organization_id = $1`,
};
const selectAllBehind: Statement = {
  name: "all_words_indexed",
  text: `${indexed} WHERE h.size > 0 AND (p.log_no IS DISTINCT FROM h.log_no OR p.next_seq IS DISTINCT FROM h.size)`,
};

const readIndexed = (row: Row): IndexProgress => ({
  organizationId: row[0] as number,
  logNo: row[1] as number,
  next: row[2] as bigint,
  behind: row[3] as bigint,
  recordedAt: row[4] as bigint | null,
});

export async function indexProgress(
  session: Session,
  organizationId: number | undefined,
): Promise<IndexProgress[]> {
  const rows =
    organizationId === undefined
      ? await session.rows(selectAllBehind)
      : await session.rows(selectIndexed, [organizationId]);
  return rows.map(readIndexed);
}

export const unindexedOrganizations = async (session: Session, limit: number): Promise<number[]> =>
  (await session.rows(selectBehind, [limit])).map(([organizationId]) => organizationId as number);

type Place = readonly [logNo: number, next: bigint];

/** The events from a place on; in the next log if this one has ended there. */
async function eventsFrom(
  session: Session,
  [organizationId, logNo, next]: [number, ...Place],
  { slots, limit }: Indexing,
): Promise<WalkedEvent[]> {
  const read = slotColumns.filter(({ slot }) => slots.includes(slot));
  const text = `SELECT ${selectWalked(read)} FROM event e
    WHERE e.organization_id = $1 AND e.log_no = $2 AND e.seq >= $3 ORDER BY e.seq LIMIT $4`;
  const statement = { name: "words_of_events", text };
  const rows = await session.rows(statement, [organizationId, logNo, next, limit]);
  if (rows.length > 0) return rows.map(walkedReader(read));
  const ended = await session.rows(selectLater, [organizationId, logNo, next]);
  return ended.length > 0
    ? eventsFrom(session, [organizationId, logNo + 1, 0n], { slots, limit } as Indexing)
    : [];
}

function lineOf(event: WalkedEvent, { wordsOf }: Indexing): string {
  const { organizationId, logNo, seq, occurredAt } = event;
  const words = vectorText(occurredAt, organizationId, wordsOf(event));
  return `${organizationId}\t${logNo}\t${seq}\t${timestampText(occurredAt)}\t${copyText(words)}\n`;
}

async function indexNext(session: Session, organizationId: number, indexing: Indexing): Promise<number> {
  const key = [organizationId];
  // what a crash undoes is done again: nobody waits for the disk
  await session.command("SET LOCAL synchronous_commit = off");
  const place = (await session.rows(lockPlace, key))[0] ?? (await session.rows(insertPlace, key))[0];
  if (place === undefined) return 0;
  const events = await eventsFrom(session, [organizationId, ...(place as unknown as Place)], indexing);
  const last = events.at(-1);
  if (last === undefined) return 0;
  await session.copyIn([{ copy: copyWords, rows: events.map((event) => lineOf(event, indexing)).join("") }]);
  await session.rows(updatePlace, [organizationId, last.logNo, last.seq + 1n]);
  return events.length;
}

/** In a transaction that has begun. */
export async function indexFullText(
  session: Session,
  organizationId: number,
  indexing: Indexing,
): Promise<number> {
  try {
    const count = await indexNext(session, organizationId, indexing);
    await session.command("COMMIT");
    return count;
  } catch (error) {
    await session.command("ROLLBACK").catch(() => {});
    throw error;
  }
}
