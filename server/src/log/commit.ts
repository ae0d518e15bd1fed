/**
 * Commits one group in one transaction, and handles failures (spec/recording.md): which ones are retried, for which requests, and with what
 * response in the end.
 */
import { DaybookError } from "daybook/internal";
import { Overloaded } from "../fairness/index.ts";
import { StoreError, type StoreFailure } from "../store/contract/errors.ts";
import type { Store } from "../store/store.ts";
import type { Clock } from "./clock.ts";
import type { LogLimits } from "./limits.ts";
import type { WaitingRequest } from "./placement-queue.ts";
import { sequence } from "./sequence.ts";
import { wait } from "./wait.ts";

/** The dependencies of committing a group. */
export interface CommitDependencies {
  readonly store: Pick<Store, "write">;
  readonly clock: Clock;
  readonly limits: LogLimits;
  /** Called after the commit with each organization whose log grew. */
  readonly appended: (organizationId: number) => void;
}

/** The number of attempts with this group, and whether one of them may have committed. */
interface Attempts {
  readonly count: number;
  readonly inDoubt: boolean;
}

/** Runs a group until every request has its result; never rejects. */
export async function commitGroup(
  group: readonly WaitingRequest[],
  committing: CommitDependencies,
  attempts: Attempts = { count: 1, inDoubt: false },
): Promise<void> {
  try {
    const { store, clock } = committing;
    const submissions = group.map((each) => each.submission);
    const organizations = new Set(submissions.map((each) => each.organization.organizationId));
    const isFirst = attempts.count === 1 && !attempts.inDoubt;
    const verdicts = await store.write((tx) => sequence(tx, submissions, { clock, isFirst }), {
      lane: "events",
      organizations,
    });
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

/** The failure in the store's words. A wrong clock isn't the fault of a request; any other failure may be the fault of one. */
function failureOf(error: unknown): StoreFailure | "clock" {
  if (error instanceof StoreError) return error.failure;
  return error instanceof DaybookError && error.code === "clock-disagrees" ? "clock" : "refused";
}

/**
 * After a doubtful commit, the same group runs again: the lock on the heads waits for the old transaction to end, and then the ids show
 * what it committed.
 */
const isWorthAnother = (failure: StoreFailure | "clock", inDoubt: boolean): boolean =>
  failure === "retry" || failure === "unknown" || (failure === "unavailable" && inDoubt);

/**
 * The parts in which a failed group is run again: a fault of one request must not fail the others, and a log that stays locked must not
 * delay other organizations.
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

/** The wait before the next attempt, in milliseconds: it grows, with jitter, so that two colliding processes separate. */
export const pause = (attempt: number): number => (1 + Math.random()) * 2.5 * 2 ** attempt;

/** The error for a caller. In doubt means that an attempt may have committed, and no later attempt could find out. */
export function answerTo(error: unknown, inDoubt: boolean): unknown {
  if (inDoubt) return new DaybookError("outcome-unknown", { retryAfter: 2, cause: error });
  if (!(error instanceof StoreError)) return error;
  switch (error.failure) {
    case "refused":
      return new DaybookError("event-invalid", {
        detail: "The database can't store this event; nothing in this request was recorded.",
        cause: error,
      });
    case "conflict":
      return new DaybookError("internal", { cause: error });
    case "overloaded":
      return new Overloaded("connections", {
        detail: "Too many requests are waiting for the database. Nothing in this request was recorded.",
        retryAfter: 2,
        cause: error,
      });
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
