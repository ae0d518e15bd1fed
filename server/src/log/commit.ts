/**
 * One group in one transaction, and what to do when that fails (spec/recording.md): which failures are tried again, for
 * whom, and what is answered in the end. Knows nothing of the queue that the group came from.
 */
import { DaybookError } from "daybook/internal";
import { StoreError, type StoreFailure } from "../store/contract/errors.ts";
import type { Store } from "../store/store.ts";
import type { Clock } from "./clock.ts";
import type { WaitingRequest } from "./coalesce.ts";
import type { LogLimits } from "./limits.ts";
import { sequence } from "./sequence.ts";
import { wait } from "./wait.ts";

/** What committing a group needs. */
export interface CommitDependencies {
  readonly store: Pick<Store, "write">;
  readonly clock: Clock;
  readonly limits: LogLimits;
  /** Told of each organization whose log grew, after the commit. */
  readonly appended: (organizationId: number) => void;
}

/** How often this group was run, and whether one of the attempts may have committed. */
interface Attempts {
  readonly count: number;
  readonly inDoubt: boolean;
}

/** Runs a group until everyone in it is answered; never rejects. */
export async function commitGroup(
  group: readonly WaitingRequest[],
  committing: CommitDependencies,
  attempts: Attempts = { count: 1, inDoubt: false },
): Promise<void> {
  try {
    const { store, clock } = committing;
    const submissions = group.map((each) => each.submission);
    const verdicts = await store.write((tx) => sequence(tx, submissions, { clock }), "events");
    announce(group, verdicts, committing);
    group.forEach((each, i) => {
      each.settle(verdicts[i]!);
    });
  } catch (error) {
    await afterFailure(group, committing, { error, attempts });
  }
}

function announce(
  group: readonly WaitingRequest[],
  verdicts: Awaited<ReturnType<typeof sequence>>,
  { appended }: CommitDependencies,
): void {
  const grown = new Set<number>();
  verdicts.forEach((verdict, i) => {
    if (verdict.kind !== "placed") return;
    const { organizationId } = group[i]!.submission.organization;
    if (verdict.places.some((place) => "recorded" in place && place.recorded)) grown.add(organizationId);
  });
  for (const organizationId of grown) appended(organizationId);
}

async function afterFailure(
  group: readonly WaitingRequest[],
  committing: CommitDependencies,
  { error, attempts }: { error: unknown; attempts: Attempts },
): Promise<void> {
  const failure = failureOf(error);
  const inDoubt = attempts.inDoubt || failure === "unknown";
  const parts = apart(group, failure);
  if (parts.length > 1) {
    for (const part of parts) await commitGroup(part, committing, { count: 1, inDoubt });
  } else if (attempts.count < committing.limits.retries && isWorthAnother(failure, inDoubt)) {
    await wait(pause(attempts.count));
    await commitGroup(group, committing, { count: attempts.count + 1, inDoubt });
  } else {
    const answer = answerTo(error, inDoubt);
    for (const each of group) each.fail(answer);
  }
}

/** What failed, in the store's words; a wrong clock is nobody's fault in the group, anything else may be one request's. */
function failureOf(error: unknown): StoreFailure | "clock" {
  if (error instanceof StoreError) return error.failure;
  return error instanceof DaybookError && error.code === "clock-disagrees" ? "clock" : "refused";
}

/**
 * After a doubtful commit the same group runs again: the lock on the heads waits for the old transaction to end, and what
 * it committed is found by its ids then.
 */
const isWorthAnother = (failure: StoreFailure | "clock", inDoubt: boolean): boolean =>
  failure === "retry" || failure === "unknown" || (failure === "unavailable" && inDoubt);

/**
 * The parts that a failed group is run in: what one request brought about must not fail the others, and a log that is
 * locked for long must not hold up other organizations'.
 */
function apart(
  group: readonly WaitingRequest[],
  failure: StoreFailure | "clock",
): readonly (readonly WaitingRequest[])[] {
  if (failure === "refused" || failure === "conflict") return group.map((each) => [each]);
  if (failure !== "busy") return [group];
  const byOrganization = new Map<number, WaitingRequest[]>();
  for (const each of group) {
    const { organizationId } = each.submission.organization;
    const part = byOrganization.get(organizationId);
    if (part === undefined) byOrganization.set(organizationId, [each]);
    else part.push(each);
  }
  return [...byOrganization.values()];
}

/** Milliseconds before the next attempt: grows, with jitter, so that two processes that collide part ways. */
export const pause = (attempt: number): number => (1 + Math.random()) * 2.5 * 2 ** attempt;

/** What a caller is told. In doubt means: an attempt may have committed, and no later one could find out. */
export function answerTo(error: unknown, inDoubt: boolean): unknown {
  if (inDoubt) return new DaybookError("outcome-unknown", { retryAfter: 2, cause: error });
  if (!(error instanceof StoreError)) return error;
  switch (error.failure) {
    case "refused":
      return new DaybookError("event-invalid", {
        detail: "The database can't keep this event; nothing in this request was recorded.",
        cause: error,
      });
    case "conflict":
      return new DaybookError("internal", { cause: error });
    case "busy":
      return new DaybookError("overloaded", {
        detail: "The log stayed locked by another transaction; nothing in this request was recorded.",
        retryAfter: 2,
        cause: error,
      });
    default:
      return new DaybookError("store-unavailable", { retryAfter: 2, cause: error });
  }
}
