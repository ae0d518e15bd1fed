/**
 * The plan for one organization under the lock: which of a submission's events are recorded already, and where the others
 * go. Decides and computes, writes nothing: `sequence` writes. A submission is placed whole or not at all.
 */
import { DaybookError, refuse } from "daybook/error";
import { formatTime } from "daybook/event";
import { leafHash } from "daybook/ledger";
import type { Head, NewEvent } from "../store/store.ts";
import { isBehind, recordingTime } from "./clock.ts";
import type { Place, PreparedEvent, Submission, UnchangedEvent, Verdict } from "./prepared.ts";
import { compare, isOwnAttempt } from "./repeat.ts";

/** What is known and planned for one organization in one transaction. */
export interface Plan {
  readonly head: Head;
  /** recordedAt of the last event, planned ones included. */
  recordedAt: bigint | null;
  /** By id: events that were found recorded, and those planned here. */
  readonly known: Map<string, Place>;
  /** What will be appended, in order of seq. */
  readonly fresh: NewEvent[];
}

/** The plan of an organization whose head is locked. */
export const newPlan = (head: Head): Plan => ({
  head,
  recordedAt: head.recordedAt,
  known: new Map(),
  fresh: [],
});

/** Places a submission, or says why not. `now` is the database's clock. */
export function place(plan: Plan, submission: Submission, now: bigint): Verdict {
  // another process may have corrected the clock between the look at the head and its lock
  if (submission.correctsClock && !isBehind(plan.head, now)) return { kind: "placed", places: [] };
  const sorted = sortOut(plan, submission.events);
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

/** The events that are new, by id; or the verdict where one of the others is no true repeat. */
function sortOut(
  plan: Plan,
  events: readonly (PreparedEvent | UnchangedEvent)[],
): Map<string, PreparedEvent> | Verdict {
  const fresh = new Map<string, PreparedEvent>();
  const versions = new Map<string, number>();
  for (const event of events) {
    if ("unchanged" in event) continue;
    const earlier = plan.known.get(event.id)?.event ?? fresh.get(event.id);
    const likeness = earlier === undefined ? "new" : compare(event, earlier);
    if (likeness === "other") return { kind: "refused", error: reused(event) };
    if (likeness === "new") fresh.set(event.id, event);
    else if (likeness !== "same") versions.set(event.id, likeness.version);
  }
  return versions.size > 0 ? { kind: "again", versions } : fresh;
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
): Place | UnchangedEvent {
  if ("unchanged" in event) return event;
  const known = plan.known.get(event.id)!;
  const recorded = fresh.get(event.id) === event || isOwnAttempt(event, known.event);
  return recorded === known.recorded ? known : { ...known, recorded };
}

const reused = (event: PreparedEvent): DaybookError =>
  refuse("id-reused", {
    pointer: `${event.pointer}/id`,
    detail: "This id was already recorded with another body.",
    remedy: "Give a new event a new id; send a repeat unchanged.",
  });
