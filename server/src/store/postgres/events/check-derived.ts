/**
 * Compares the derived index rows with the slots: the actor's key, the rows of the targets, and duplicate ids. A sentence for each
 * difference. fsck checks the hashes.
 */
import { partyKey } from "daybook/internal";
import type { KeptSlot, StoredEvent } from "../../contract/events.ts";
import { checkFullText } from "../full-text/check-index.ts";
import type { Row, Statement, StatementSession } from "../statements/session.ts";
import type { Run } from "../statements/statements.ts";
import { timestampText } from "../statements/times.ts";
import { byDaybook, isByDaybook, selectEvent } from "./columns.ts";
import { readEvent } from "./read.ts";

const chunk = 500;

const nextEvents: Statement = {
  text: `SELECT ${selectEvent}, e.actor_key FROM event e
    WHERE e.organization_id = $1 AND (e.log_no, e.seq) > ($2, $3) ORDER BY e.log_no, e.seq LIMIT $4`,
};
const missingTargets: Statement = {
  text: `SELECT x.log_no, x.seq FROM unnest($2::smallint[], $3::bigint[], $4::timestamptz[], $5::text[], $6::boolean[])
      AS x (log_no, seq, occurred_at, target_key, by_daybook)
    WHERE NOT EXISTS (SELECT FROM event_target t
      WHERE t.organization_id = $1 AND t.target_hash = hashtext(x.target_key)
      AND t.occurred_at = x.occurred_at AND t.seq = x.seq AND t.log_no = x.log_no AND t.target_key = x.target_key
      AND t.by_daybook = x.by_daybook)`,
};
const countTargets: Statement = {
  text: `SELECT count(*) FROM event_target t
    WHERE t.organization_id = $1 AND (t.log_no, t.seq) <= ($2::smallint, $3::bigint)`,
};
const strayTargets: Statement = {
  text: `SELECT t.log_no, t.seq FROM event_target t LEFT JOIN event e
      ON e.organization_id = t.organization_id AND e.log_no = t.log_no AND e.seq = t.seq
    WHERE t.organization_id = $1 AND (t.log_no, t.seq) <= ($2::smallint, $3::bigint)
      AND (e.targets IS NULL OR e.occurred_at <> t.occurred_at OR t.by_daybook <> (${byDaybook} IS TRUE) OR NOT EXISTS (
        SELECT FROM jsonb_array_elements(e.targets::jsonb) p WHERE p ->> 'type' || ':' || (p ->> 'id') = t.target_key))`,
};
// with the index on ids, which finds repeats
const countIds: Statement = {
  text: "SELECT id, count(*) FROM event WHERE organization_id = $1 AND id = ANY ($2::uuid[]) GROUP BY id",
};

type DerivedParty = Parameters<typeof partyKey>[0];
const jsonOf = (slot: KeptSlot | undefined): string | undefined =>
  slot !== undefined && "json" in slot ? slot.json : undefined;

const actorKey = (json: string | undefined): string | null =>
  json === undefined ? null : partyKey(JSON.parse(json) as DerivedParty);
const targetKeys = (json: string | undefined): string[] =>
  json === undefined ? [] : [...new Set((JSON.parse(json) as DerivedParty[]).map(partyKey))];

const at = (logNo: unknown, seq: unknown): string => `log ${logNo}, seq ${seq}`;

/** The progress of the check, and the number of targets with a row so far. */
interface CheckProgress {
  place: [number, bigint];
  targets: bigint;
}

/** The faults in the keys of one chunk. */
async function differencesOf(session: StatementSession, rows: readonly Row[]): Promise<string[]> {
  const differences: string[] = [];
  const events = rows.map(readEvent);
  const organizationId = events[0]!.organizationId;
  rows.forEach((row, index) => {
    const { logNo, seq, slots } = events[index]!;
    if (row.at(-1) !== actorKey(jsonOf(slots.actor))) {
      differences.push(`${at(logNo, seq)}: the actor's key is not that of the event's actor.`);
    }
  });
  const ids = await session.rows(countIds, [organizationId, events.map(({ id }) => id)]);
  const counts = new Map(ids.map(([id, count]) => [id as string, count as bigint]));
  for (const { logNo, seq, id } of events) {
    const count = counts.get(id) ?? 0n;
    if (count === 0n) differences.push(`${at(logNo, seq)}: the event is not found by its id.`);
    if (count > 1n) differences.push(`${at(logNo, seq)}: the id ${id} is recorded ${count} times.`);
  }
  return differences;
}

/** The targets of a chunk without a row. */
async function missingOf(session: StatementSession, expected: readonly Expected[]): Promise<string[]> {
  const rows = await session.rows(missingTargets, [
    expected[0]?.event.organizationId,
    expected.map(({ event }) => event.logNo),
    expected.map(({ event }) => event.seq),
    expected.map(({ event }) => timestampText(event.occurredAt)),
    expected.map(({ key }) => key),
    expected.map(({ event }) => isByDaybook(jsonOf(event.slots.recordedBy) ?? "")),
  ]);
  return rows.map(([logNo, seq]) => `${at(logNo, seq)}: a target of the event has no row in its index.`);
}

interface Expected {
  readonly event: StoredEvent;
  readonly key: string;
}

const expectedOf = (events: readonly StoredEvent[]): Expected[] =>
  events.flatMap((event) => targetKeys(jsonOf(event.slots.targets)).map((key) => ({ event, key })));

/** The findings in the chunk after a place. */
async function checkChunk(
  session: StatementSession,
  organizationId: number,
  place: readonly [number, bigint],
): Promise<{ rows: Row[]; targets: number; differences: string[] }> {
  const rows = await session.rows(nextEvents, [organizationId, ...place, chunk]);
  if (rows.length === 0) return { rows, targets: 0, differences: [] };
  const expected = expectedOf(rows.map(readEvent));
  const missing = await missingOf(session, expected);
  const differences = [...(await differencesOf(session, rows)), ...missing];
  return { rows, targets: expected.length - missing.length, differences };
}

async function* checkEvents(
  read: Run,
  organizationId: number,
  progress: CheckProgress,
): AsyncGenerator<string> {
  for (;;) {
    const { rows, targets, differences } = await read((session) =>
      checkChunk(session, organizationId, progress.place),
    );
    yield* differences;
    progress.targets += BigInt(targets);
    const last = rows.at(-1);
    if (last !== undefined) progress.place = [last[1] as number, last[2] as bigint];
    if (rows.length < chunk) return;
  }
}

/** If there are as many rows as targets, none is superfluous; otherwise the check looks for them. */
async function* checkTargets(
  read: Run,
  organizationId: number,
  progress: CheckProgress,
): AsyncGenerator<string> {
  const upTo = [organizationId, ...progress.place];
  const count = (await read((session) => session.rows(countTargets, upTo)))[0]![0] as bigint;
  if (count === progress.targets) return;
  const strays = await read((session) => session.rows(strayTargets, upTo));
  for (const [logNo, seq] of strays) {
    yield `${at(logNo, seq)}: the index of targets has a row that no target of the event explains.`;
  }
  if (strays.length === 0) {
    yield `The index of targets has ${count} rows for ${progress.targets} targets: some are there twice.`;
  }
}

export async function* checkDerived(read: Run, organizationId: number): AsyncGenerator<string> {
  const progress: CheckProgress = { place: [-1, -1n], targets: 0n };
  yield* checkEvents(read, organizationId, progress);
  yield* checkTargets(read, organizationId, progress);
  yield* checkFullText(read, organizationId);
}
