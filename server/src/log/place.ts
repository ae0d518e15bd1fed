/**
 * The plan for one organization under the lock: which events of a submission are already recorded, and where the others go. This file
 * decides and computes; `sequence` writes. A submission is placed as a whole or not at all.
 */
import { DaybookError, formatTime, leafHash, type RecordedBy } from "daybook/internal";
import type { NewEvent } from "../store/contract/events.ts";
import type { Head } from "../store/contract/logs.ts";
import { isBehind, recordingTime } from "./clock.ts";
import type {
  PlacedEvent,
  PreparedEvent,
  StoredAs,
  Submission,
  UnchangedEvent,
  Verdict,
} from "./prepared.ts";
import { compare, type Earlier, isOwnAttempt, isRecorder, type Likeness, reused } from "./repeat.ts";

/** The state and the plan of one organization in one transaction. */
export interface Plan {
  readonly head: Head;
  /** recordedAt of the last event, including planned ones. */
  recordedAt: bigint | null;
  /** By id: events that are already recorded, and those planned here. */
  readonly known: Map<string, PlacedEvent>;
  /** The events to append, in order of seq. */
  readonly fresh: NewEvent[];
}

/** The plan of an organization whose head is locked. */
export const newPlan = (head: Head): Plan => ({
  head,
  recordedAt: head.recordedAt,
  known: new Map(),
  fresh: [],
});

/** Places a submission, or returns why not. `now` is the database's clock. */
export function place(plan: Plan, submission: Submission, now: bigint): Verdict {
  // another process may have corrected the clock between reading the head and locking it
  if (submission.correctsClock && !isBehind(plan.head, now)) return { kind: "placed", places: [] };
  const sorted = sortOut(plan, submission);
  if ("kind" in sorted) return sorted;
  if (sorted.size > 0) {
    const refusal = mayAppend(plan, submission, now);
    if (refusal !== undefined) return { kind: "refused", error: refusal };
  }
  const recordedAt = submission.correctsClock
    ? now
    : recordingTime({ ...plan.head, recordedAt: plan.recordedAt }, now);
  for (const event of sorted.values()) append(plan, event, recordedAt);
  return { kind: "placed", places: submission.events.map((event) => answerOf(plan, event, sorted)) };
}

/** The new events, by id; or the verdict, if one of the others is not a true repeat. */
function sortOut(plan: Plan, { events, mayRead }: Submission): Map<string, PreparedEvent> | Verdict {
  const fresh = new Map<string, PreparedEvent>();
  const earlierThan = ({ id }: PreparedEvent): Earlier | undefined =>
    plan.known.get(id)?.event ?? fresh.get(id);
  const others: PreparedEvent[] = [];
  for (const event of events) {
    if ("unchanged" in event) {
      if (event.prepared !== undefined) others.push(event.prepared);
    } else if (earlierThan(event) === undefined) fresh.set(event.id, event);
    else others.push(event);
  }
  const stored = new Map<string, StoredAs>();
  for (const event of others) {
    const earlier = earlierThan(event);
    const likeness = earlier === undefined ? "same" : likenessOf(event, earlier, mayRead);
    if (likeness === "other") return { kind: "refused", error: reused(event.pointer) };
    if (likeness !== "same") stored.set(event.id, likeness);
  }
  return stored.size > 0 ? { kind: "again", stored } : fresh;
}

/** A caller who may not read the log must not learn what another caller recorded by guessing. */
function likenessOf(event: PreparedEvent, earlier: Earlier, mayRead: boolean): Likeness {
  if (mayRead) return compare(event, earlier);
  const { recordedBy } = event.slots;
  const caller: RecordedBy | undefined = recordedBy && JSON.parse(recordedBy.json);
  return isRecorder(caller, earlier) ? compare(event, earlier) : "other";
}

function mayAppend(plan: Plan, submission: Submission, now: bigint): DaybookError | undefined {
  if (plan.head.closed && submission.writer !== "server") return new DaybookError("organization-closed");
  if (isBehind(plan.head, now) && !submission.correctsClock) {
    return new DaybookError("clock-behind", { retryAfter: 60 });
  }
  return undefined;
}

function append(plan: Plan, event: PreparedEvent, recordedAt: bigint): void {
  const { head } = plan;
  const seq = head.size + BigInt(plan.fresh.length);
  const occurredAt = event.occurredAt ?? recordedAt;
  const { id, type, outcome, slots, actor, targets } = event;
  const hash = leafHash({
    log: head.origin,
    seq,
    id,
    type,
    occurredAt: formatTime(occurredAt),
    recordedAt: formatTime(recordedAt),
    outcome,
    sd: event.sd as Record<string, string>,
  });
  const { organizationId, logNo } = head;
  const placed: NewEvent = {
    organizationId,
    logNo,
    seq,
    id,
    type,
    occurredAt,
    recordedAt,
    outcome,
    leafHash: hash,
    slots,
    actor,
    targets,
  };
  plan.fresh.push(placed);
  plan.known.set(id, { event: placed, origin: head.origin, recorded: true });
  plan.recordedAt = recordedAt;
}

function answerOf(
  plan: Plan,
  event: PreparedEvent | UnchangedEvent,
  fresh: ReadonlyMap<string, PreparedEvent>,
): PlacedEvent | UnchangedEvent {
  const known = plan.known.get(event.id);
  if ("unchanged" in event) return known === undefined ? event : { ...known, recorded: false };
  if (known === undefined) throw new Error("An event has no place in the log.");
  const recorded = fresh.get(event.id) === event || isOwnAttempt(event, known.event);
  return recorded === known.recorded ? known : { ...known, recorded };
}
