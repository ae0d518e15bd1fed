/**
 * Compares what is derived from slots for the indexes with the slots themselves: the actor's key, the rows of the targets, and
 * ids that came twice. A sentence for each difference. It refuses to know hashes: fsck checks those.
 */
import type { KeptSlot, StoredEvent } from "../store.ts";
import { selectEvent } from "./event-columns.ts";
import type { Pools } from "./pools.ts";
import { readEvent } from "./read-event.ts";
import type { Row, Session, Statement } from "./session.ts";
import { timestampText } from "./times.ts";

const chunk = 500;

const nextEvents: Statement = {
  text: `SELECT ${selectEvent}, e.actor_key FROM event e
    WHERE e.organization_id = $1 AND (e.log_no, e.seq) > ($2, $3) ORDER BY e.log_no, e.seq LIMIT $4`,
};
const missingTargets: Statement = {
  text: `SELECT x.log_no, x.seq FROM unnest($2::smallint[], $3::bigint[], $4::timestamptz[], $5::text[])
      AS x (log_no, seq, occurred_at, target_key)
    WHERE NOT EXISTS (SELECT FROM event_target t WHERE t.organization_id = $1 AND t.target_key = x.target_key
      AND t.occurred_at = x.occurred_at AND t.seq = x.seq AND t.log_no = x.log_no)`,
};
const nextTargets: Statement = {
  text: `SELECT t.target_key, t.occurred_at, t.seq, t.log_no, e.occurred_at, e.targets
    FROM event_target t LEFT JOIN event e
      ON e.organization_id = t.organization_id AND e.log_no = t.log_no AND e.seq = t.seq
    WHERE t.organization_id = $1 AND (t.target_key, t.occurred_at, t.seq, t.log_no) > ($2, $3, $4, $5)
    ORDER BY t.target_key, t.occurred_at, t.seq, t.log_no LIMIT $6`,
};
const repeatedIds: Statement = {
  text: "SELECT id, count(*), min(log_no), min(seq) FROM event WHERE organization_id = $1 GROUP BY id HAVING count(*) > 1",
};

interface Party {
  readonly type: string;
  readonly id: string;
}
const keyOf = ({ type, id }: Party): string => `${type}:${id}`;
const jsonOf = (slot: KeptSlot | undefined): string | undefined =>
  slot !== undefined && "json" in slot ? slot.json : undefined;

const actorKey = (json: string | undefined): string | null =>
  json === undefined ? null : keyOf(JSON.parse(json) as Party);
const targetKeys = (json: string | undefined | null): string[] =>
  json === undefined || json === null ? [] : [...new Set((JSON.parse(json) as Party[]).map(keyOf))];

const at = (logNo: unknown, seq: unknown): string => `log ${logNo}, seq ${seq}`;

async function missingOf(
  session: Session,
  organizationId: number,
  events: readonly StoredEvent[],
): Promise<string[]> {
  const expected = events.flatMap((event) =>
    targetKeys(jsonOf(event.slots.targets)).map((key) => ({ event, key })),
  );
  const rows = await session.rows(missingTargets, [
    organizationId,
    expected.map(({ event }) => event.logNo),
    expected.map(({ event }) => event.seq),
    expected.map(({ event }) => timestampText(event.occurredAt)),
    expected.map(({ key }) => key),
  ]);
  return rows.map(([logNo, seq]) => `${at(logNo, seq)}: a target of the event has no row in its index.`);
}

async function* checkEvents(pools: Pools, organizationId: number): AsyncGenerator<string> {
  let after: [number, bigint] = [-1, -1n];
  for (;;) {
    const [rows, missing] = await pools.use("reads", async (session) => {
      const found = await session.rows(nextEvents, [organizationId, ...after, chunk]);
      return [found, await missingOf(session, organizationId, found.map(readEvent))] as const;
    });
    yield* missing;
    for (const row of rows) {
      const { logNo, seq, slots } = readEvent(row);
      if (row.at(-1) !== actorKey(jsonOf(slots.actor))) {
        yield `${at(logNo, seq)}: the actor's key is not that of the event's actor.`;
      }
      after = [logNo, seq];
    }
    if (rows.length < chunk) return;
  }
}

function differenceOf([key, occurredAt, seq, logNo, eventTime, targets]: Row): string | undefined {
  if (eventTime === null) return `${at(logNo, seq)}: a target's row names an event that is not there.`;
  if (occurredAt !== eventTime) return `${at(logNo, seq)}: a target's row has another time than its event.`;
  if (!targetKeys(targets as string | null).includes(key as string)) {
    return `${at(logNo, seq)}: a target's row names something that is no target of the event.`;
  }
  return undefined;
}

async function* checkTargets(pools: Pools, organizationId: number): AsyncGenerator<string> {
  let after: unknown[] = ["", "-infinity", 0n, 0];
  for (;;) {
    const rows = await pools.use("reads", (session) =>
      session.rows(nextTargets, [organizationId, ...after, chunk]),
    );
    for (const row of rows) {
      const difference = differenceOf(row);
      if (difference !== undefined) yield difference;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < chunk) return;
    after = [last[0], timestampText(last[1] as bigint), last[2], last[3]];
  }
}

export async function* checkDerived(pools: Pools, organizationId: number): AsyncGenerator<string> {
  yield* checkEvents(pools, organizationId);
  yield* checkTargets(pools, organizationId);
  const repeated = await pools.use("reads", (session) => session.rows(repeatedIds, [organizationId]));
  for (const [id, count, logNo, seq] of repeated) {
    yield `${at(logNo, seq)}: the id ${id} is recorded ${count} times in this organization.`;
  }
}
