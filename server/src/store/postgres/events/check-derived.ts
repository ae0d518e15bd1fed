/**
 * Compares the derived index rows with the slots: the actor's key, the rows of the targets, and duplicate ids, words. A sentence for
 * each difference. fsck checks the hashes.
 */
import { partyKey } from "daybook/internal";
import { StoreError } from "../../contract/errors.ts";
import type { KeptSlot, StoredEvent } from "../../contract/events.ts";
import type { DerivedOptions } from "../../contract/integrity.ts";
import { column, rowShape, shapeUnder } from "../statements/row-shape.ts";
import type { Statement, StatementSession } from "../statements/session.ts";
import type { Run } from "../statements/statements.ts";
import { timestampText } from "../statements/times.ts";
import { byDaybook, isByDaybook } from "./columns.ts";
import { storedEvent } from "./read.ts";

const chunk = 500;

const event = rowShape({ event: storedEvent, actorKey: column<string | null>("e.actor_key") });
type ReadEvent = ReturnType<typeof event.read>;
const nextEvents: Statement = {
  text: `SELECT ${event.columns} FROM event e
    WHERE e.organization_id = $1 AND (e.log_no, e.seq) > ($2, $3) ORDER BY e.log_no, e.seq LIMIT $4`,
};
const place = rowShape({ logNo: column<number>("log_no"), seq: column<bigint>("seq") });
const targetCount = column<bigint>("count(*)");
const idCount = rowShape({ id: column<string>("id"), count: column<bigint>("count(*)") });
const missingTargets: Statement = {
  text: `SELECT ${shapeUnder("x", place).columns} FROM unnest($2::smallint[], $3::bigint[], $4::timestamptz[], $5::text[], $6::boolean[])
      AS x (log_no, seq, occurred_at, target_key, by_daybook)
    WHERE NOT EXISTS (SELECT FROM event_target t
      WHERE t.organization_id = $1 AND t.target_hash = hashtext(x.target_key)
      AND t.occurred_at = x.occurred_at AND t.seq = x.seq AND t.log_no = x.log_no AND t.target_key = x.target_key
      AND t.by_daybook = x.by_daybook)`,
};
const countTargets: Statement = {
  text: `SELECT ${targetCount.columns} FROM event_target t
    WHERE t.organization_id = $1 AND (t.log_no, t.seq) <= ($2::smallint, $3::bigint)`,
};
const strayTargets: Statement = {
  text: `SELECT ${shapeUnder("t", place).columns} FROM event_target t LEFT JOIN event e
      ON e.organization_id = t.organization_id AND e.log_no = t.log_no AND e.seq = t.seq
    WHERE t.organization_id = $1 AND (t.log_no, t.seq) <= ($2::smallint, $3::bigint)
      AND (e.targets IS NULL OR e.occurred_at <> t.occurred_at OR t.by_daybook <> (${byDaybook} IS TRUE) OR NOT EXISTS (
        SELECT FROM jsonb_array_elements(e.targets::jsonb) p WHERE p ->> 'type' || ':' || (p ->> 'id') = t.target_key))`,
};
// with the index on ids, which finds repeats
const countIds: Statement = {
  text: `SELECT ${idCount.columns} FROM event WHERE organization_id = $1 AND id = ANY ($2::uuid[]) GROUP BY id`,
};

const blockCount = column<bigint>("count(*)");
const strayBlocks: Statement = {
  text: `SELECT ${blockCount.columns} FROM full_text_block b WHERE b.organization_id = $1 AND NOT EXISTS (
      SELECT FROM full_text_segment s WHERE s.organization_id = b.organization_id AND s.log_no = b.log_no
        AND s.first_seq = b.first_seq AND s.events = b.events)`,
};

type DerivedParty = Parameters<typeof partyKey>[0];
const jsonOf = (slot: KeptSlot | undefined): string | undefined =>
  slot !== undefined && "json" in slot ? slot.json : undefined;

/** A slot that isn't JSON, or has no parties, gives no key: fsck says what is wrong with it. */
function keysIn(json: string | undefined): string[] {
  if (json === undefined) return [];
  try {
    return [...new Set(([JSON.parse(json)].flat() as DerivedParty[]).map(partyKey))];
  } catch {
    return [];
  }
}
const keyOfActor = (json: string | undefined): string | null => keysIn(json)[0] ?? null;

const at = ({ logNo, seq }: Pick<StoredEvent, "logNo" | "seq">): string => `log ${logNo}, seq ${seq}`;

/** The progress of the check, and the number of targets with a row so far. */
interface CheckProgress {
  place: [number, bigint];
  targets: bigint;
}

/** The faults in the keys of one chunk. */
async function differencesOf(session: StatementSession, events: readonly ReadEvent[]): Promise<string[]> {
  const differences: string[] = [];
  for (const { event, actorKey } of events) {
    if (actorKey !== keyOfActor(jsonOf(event.slots.actor))) {
      differences.push(`${at(event)}: the actor's key is not that of the event's actor.`);
    }
  }
  const { organizationId } = events[0]!.event;
  const ids = await session.rows(countIds, [organizationId, events.map(({ event }) => event.id)]);
  const counts = new Map(ids.map(idCount.read).map(({ id, count }) => [id, count]));
  for (const { event } of events) {
    const count = counts.get(event.id) ?? 0n;
    if (count === 0n) differences.push(`${at(event)}: the event is not found by its id.`);
    if (count > 1n) differences.push(`${at(event)}: the id ${event.id} is recorded ${count} times.`);
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
  return rows.map((row) => `${at(place.read(row))}: a target of the event has no row in its index.`);
}

interface Expected {
  readonly event: StoredEvent;
  readonly key: string;
}

const expectedOf = (events: readonly StoredEvent[]): Expected[] =>
  events.flatMap((event) => keysIn(jsonOf(event.slots.targets)).map((key) => ({ event, key })));

/** The organization whose events are compared, and how. */
interface Checked extends DerivedOptions {
  readonly organizationId: number;
}

/** The findings in the chunk after a place. */
async function checkChunk(
  session: StatementSession,
  { organizationId }: Checked,
  after: CheckProgress["place"],
): Promise<{ events: ReadEvent[]; targets: number; differences: string[] }> {
  const events = (await session.rows(nextEvents, [organizationId, ...after, chunk])).map(event.read);
  if (events.length === 0) return { events, targets: 0, differences: [] };
  const expected = expectedOf(events.map((one) => one.event));
  const missing = await missingOf(session, expected);
  const differences = [...(await differencesOf(session, events)), ...missing];
  return { events, targets: expected.length - missing.length, differences };
}

/** Returns false if it was stopped. */
async function* checkEvents(
  read: Run,
  checked: Checked,
  progress: CheckProgress,
): AsyncGenerator<string, boolean> {
  for (;;) {
    const { events, targets, differences } = await read((session) =>
      checkChunk(session, checked, progress.place),
    );
    yield* differences;
    progress.targets += BigInt(targets);
    const last = events.at(-1)?.event;
    if (last !== undefined) progress.place = [last.logNo, last.seq];
    if (events.length < chunk) return true;
    if ((await checked.goOn?.()) === false) return false;
  }
}

/** If there are as many rows as targets, none is superfluous; otherwise the check looks for them. */
async function* checkTargets(
  read: Run,
  organizationId: number,
  progress: CheckProgress,
): AsyncGenerator<string> {
  const upTo = [organizationId, ...progress.place];
  const [count = 0n] = (await read((session) => session.rows(countTargets, upTo))).map(targetCount.read);
  if (count === progress.targets) return;
  const strays = await read((session) => session.rows(strayTargets, upTo)).catch((error: unknown) => {
    // targets that aren't JSON, which the check of the leaf names
    if (error instanceof StoreError && error.failure === "refused") return [];
    throw error;
  });
  for (const stray of strays) {
    yield `${at(place.read(stray))}: the index of targets has a row that no target of the event explains.`;
  }
  if (strays.length === 0) {
    yield `The index of targets has ${count} rows for ${progress.targets} targets: some are there twice, or belong to no event.`;
  }
}

async function* checkBlocks(read: Run, organizationId: number): AsyncGenerator<string> {
  const [count = 0n] = (await read((session) => session.rows(strayBlocks, [organizationId]))).map(
    blockCount.read,
  );
  if (count > 0n) yield `The full-text index has ${count} blocks without a segment.`;
}

export async function* checkDerived(
  read: Run,
  organizationId: number,
  options: DerivedOptions = {},
): AsyncGenerator<string> {
  const progress: CheckProgress = { place: [-1, -1n], targets: 0n };
  if (!(yield* checkEvents(read, { organizationId, ...options }, progress))) return;
  yield* checkTargets(read, organizationId, progress);
  yield* checkBlocks(read, organizationId);
}
