/**
 * Steps 2 to 6 of the recording transaction, in the order that spec/recording.md fixes, each its own statement: heads,
 * clock, ids, events and tiles, heads. The commit (7) is the store's. This order was measured: another one deadlocks,
 * misses duplicates, or makes gaps. Statements that need nothing of one another's answers leave together, in this order.
 */
import { DaybookError } from "daybook/internal";
import type { NewEvent, StoredEvent } from "../store/contract/events.ts";
import type { Head, Tile } from "../store/contract/logs.ts";
import type { WriteTransaction } from "../store/contract/transaction.ts";
import { type Clock, readClock } from "./clock.ts";
import { newPlan, type Plan, place } from "./place.ts";
import type { PlacedEvent, PreparedEvent, Submission, UnchangedEvent, Verdict } from "./prepared.ts";
import { grow } from "./tiles.ts";

/** What sequencing needs besides the submissions. */
export interface SequenceDependencies {
  readonly clock: Clock;
  /** Organizations whose log closes in this transaction: after it only the server's own events append. */
  readonly closing?: ReadonlySet<number>;
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
 * Sequences submissions, each whole or not at all, in their order; a verdict for each. Throws `clock-disagrees`, and what
 * the store throws.
 */
export async function sequence(
  tx: SequencingTransaction,
  submissions: readonly Submission[],
  { clock, closing }: SequenceDependencies,
): Promise<Verdict[]> {
  const organizationIds = [...new Set(submissions.map((each) => each.organization.organizationId))].sort(
    (a, b) => a - b,
  );
  const [heads, now, found] = await Promise.all([
    tx.lockHeads(organizationIds),
    readClock(tx, clock),
    tx.findEvents(idsOf(submissions)),
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

function idsOf(submissions: readonly Submission[]): { organizationId: number; id: string }[] {
  const ids: { organizationId: number; id: string }[] = [];
  for (const { organization, events } of submissions) {
    for (const event of events) {
      if (mayBeRecorded(event)) ids.push({ organizationId: organization.organizationId, id: event.id });
    }
  }
  return ids;
}

/** Whether somebody may have recorded its id: nobody knows one that was made here for nothing. */
const mayBeRecorded = (event: PreparedEvent | UnchangedEvent): boolean =>
  !("unchanged" in event) || event.prepared !== undefined;

function plansOf(heads: readonly Head[], found: readonly StoredEvent[]): Map<number, Plan> {
  const plans = new Map(heads.map((head) => [head.organizationId, newPlan(head)]));
  for (const event of found) plans.get(event.organizationId)?.known.set(event.id, foundPlace(event, plans));
  return plans;
}

/** Where an event that was recorded before lies; the origins of older logs are looked up when it is answered. */
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
