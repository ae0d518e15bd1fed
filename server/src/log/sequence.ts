/**
 * Steps 2 to 6 of the recording transaction, in the order of spec/recording.md, each a separate statement: heads, clock, ids, events and
 * tiles, heads. The store commits (7). Measurements led to this order: others deadlock, miss duplicates, or make gaps. Statements that
 * don't depend on each other are sent together, in this order.
 */
import { DaybookError } from "daybook/internal";
import type { NewEvent, StoredEvent } from "../store/contract/events.ts";
import type { Head, Tile } from "../store/contract/logs.ts";
import type { WriteTransaction } from "../store/contract/transaction.ts";
import { type Clock, readClock } from "./clock.ts";
import { newPlan, type Plan, place } from "./place.ts";
import type { PlacedEvent, Submission, Verdict } from "./prepared.ts";
import { grow } from "./tiles.ts";

/** The dependencies besides the submissions. */
export interface SequenceDependencies {
  readonly clock: Clock;
  /** Organizations whose log closes in this transaction: after it, only the server's own events append. */
  readonly closing?: ReadonlySet<number>;
  /** Whether no earlier attempt can have recorded any of the ids that were made for the submissions. */
  readonly isFirst?: boolean;
}

/** The methods of steps 2 to 6. */
export type SequencingTransaction = Pick<
  WriteTransaction,
  | "lockHeads"
  | "clock"
  | "findEvents"
  | "leafHashes"
  | "tileRoots"
  | "appendEvents"
  | "appendTiles"
  | "updateHeads"
>;

/**
 * Sequences submissions, each as a whole or not at all, in their order; returns a verdict for each. Throws `clock-disagrees`, and what the
 * store throws.
 */
export async function sequence(
  tx: SequencingTransaction,
  submissions: readonly Submission[],
  { clock, closing, isFirst = false }: SequenceDependencies,
): Promise<Verdict[]> {
  const organizationIds = [...new Set(submissions.map((each) => each.organization.organizationId))].sort(
    (a, b) => a - b,
  );
  const ids = idsOf(submissions, isFirst);
  const [heads, now, found] = await Promise.all([
    tx.lockHeads(organizationIds),
    readClock(tx, clock),
    ids.length > 0 ? tx.findEvents(ids) : [],
  ]);
  const plans = plansOf(heads, found);
  const verdicts = submissions.map((submission): Verdict => {
    const plan = plans.get(submission.organization.organizationId);
    if (plan === undefined) return { kind: "refused", error: new DaybookError("organization-not-found") };
    return place(plan, submission, now);
  });
  await write(tx, [...plans.values()], closing);
  return verdicts;
}

/** The ids that may already be recorded. */
function idsOf(
  submissions: readonly Submission[],
  isFirst: boolean,
): { organizationId: number; id: string }[] {
  const ids: { organizationId: number; id: string }[] = [];
  for (const { organization, events } of submissions) {
    for (const event of events) {
      const prepared = "unchanged" in event ? event.prepared : event;
      if (prepared === undefined || (isFirst && prepared.isIdMade)) continue;
      ids.push({ organizationId: organization.organizationId, id: event.id });
    }
  }
  return ids;
}

function plansOf(heads: readonly Head[], found: readonly StoredEvent[]): Map<number, Plan> {
  const plans = new Map(heads.map((head) => [head.organizationId, newPlan(head)]));
  for (const event of found) plans.get(event.organizationId)?.known.set(event.id, foundPlace(event, plans));
  return plans;
}

/** The place of an event that was recorded before; the origins of older logs are looked up for the response. */
function foundPlace(event: StoredEvent, plans: ReadonlyMap<number, Plan>): PlacedEvent {
  const head = plans.get(event.organizationId)?.head;
  return { event, origin: head?.logNo === event.logNo ? head.origin : undefined, recorded: false };
}

async function write(
  tx: SequencingTransaction,
  plans: readonly Plan[],
  closing: ReadonlySet<number> | undefined,
): Promise<void> {
  const events: NewEvent[] = [];
  const tiles: Tile[] = [];
  const heads: Head[] = [];
  for (const { head, fresh, recordedAt } of plans) {
    const closes = closing?.has(head.organizationId) ?? false;
    if (fresh.length === 0 && !closes) continue;
    const growth = await grow(
      tx,
      head,
      fresh.map((event) => event.leafHash),
    );
    events.push(...fresh);
    tiles.push(...growth.tiles);
    const { frontier, size } = growth;
    heads.push({ ...head, frontier, size, recordedAt, closed: head.closed || closes });
  }
  await Promise.all([
    events.length > 0 ? tx.appendEvents(events) : undefined,
    tiles.length > 0 ? tx.appendTiles(tiles) : undefined,
    heads.length > 0 ? tx.updateHeads(heads) : undefined,
  ]);
}
