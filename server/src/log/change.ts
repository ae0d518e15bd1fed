/**
 * Changes of Daybook's own data that must commit with their events: business rows first (step 1), then all their events in one run of steps
 * 2 to 7. Events recorded inside are only collected, so that no head is locked before the last row is, and so that each event says whether
 * Daybook's rows changed with it (`own`). A change never waits for the queue.
 */
import { type EventInput, type JsonObject, newEventId, type RecordedBy } from "daybook/internal";
import { StoreError } from "../store/contract/errors.ts";
import type { Organization } from "../store/contract/organizations.ts";
import type { ChangeNames } from "../store/contract/placement.ts";
import type { WriteTransaction } from "../store/contract/transaction.ts";
import type { Store } from "../store/store.ts";
import { type BusinessRows, watched } from "./business-rows.ts";
import type { Clock } from "./clock.ts";
import { answerTo, pause } from "./commit.ts";
import type { LogLimits } from "./limits.ts";
import { type PrepareDependencies, prepare } from "./prepare.ts";
import type { Submission, Verdict } from "./prepared.ts";
import { sequence } from "./sequence.ts";
import { wait } from "./wait.ts";

/** The part of an organization that recording needs. */
type ChangedOrganization = Pick<Organization, "organizationId">;

/** A transaction of a change. */
export interface ChangeTransaction {
  /** Business rows. All changes lock them in the same order: idempotency key, organization, the rest. */
  readonly rows: BusinessRows;
  /**
   * Collects an event of the server for the end of the transaction, which throws what recording throws; resolves with its id. Its time is
   * that of the change, which the rows have too; if no rows change, it is the time of recording.
   */
  record(organization: ChangedOrganization, input: EventInput, recordedBy: RecordedBy): Promise<string>;
  /** As `record`, for LOG_CLOCK_CORRECTED: uses the clock's time even if it is before the log's newest event. */
  recordClockCorrection(organization: ChangedOrganization, input: EventInput): Promise<string>;
  /** Closes the organization's log after the events of this transaction. */
  closeLog(organization: ChangedOrganization): void;
}

/** The dependencies of a change. */
export interface ChangeDependencies {
  readonly store: Pick<Store, "write" | "findEvents">;
  readonly dependencies: PrepareDependencies;
  readonly clock: Clock;
  readonly limits: LogLimits;
  readonly appended: (organizationId: number) => void;
}

/** The recorder of what the server itself does. */
export const byServer: RecordedBy = { type: "server", id: "daybook" };

/** An event that waits for the end of its transaction. */
interface Draft {
  readonly organization: ChangedOrganization;
  readonly input: EventInput;
  readonly recordedBy: RecordedBy;
  /** Whether this attempt made the id: then no other can have recorded it. */
  readonly isIdMade: boolean;
  readonly correctsClock?: true;
}

/** The events and closings of one attempt, and the methods that changed rows; `submissions` are the prepared drafts. */
interface Collected {
  readonly drafts: Draft[];
  readonly submissions: Submission[];
  readonly closing: Set<number>;
  readonly changed: Set<string>;
}

/**
 * Runs `work` and commits it with the events that it records. After a rollback, it can run `work` again, so `work` must do nothing outside
 * its transaction. A unique name that is taken throws the store's `conflict`; other failures throw DaybookError.
 */
export async function change<T>(
  work: (tx: ChangeTransaction) => Promise<T>,
  names: ChangeNames,
  changing: ChangeDependencies,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const collected: Collected = { drafts: [], submissions: [], closing: new Set(), changed: new Set() };
    let result: { readonly value: T } | undefined;
    try {
      const value = await changing.store.write(async (tx) => {
        result = { value: await work(collecting(tx, collected)) };
        await finish(tx, collected, changing);
        return result.value;
      }, names);
      announce(collected, changing);
      return value;
    } catch (error) {
      const inDoubt = error instanceof StoreError && error.failure === "unknown";
      if (inDoubt && result !== undefined && (await didCommit(collected, names, { changing, error })))
        return result.value;
      if (!inDoubt && !isRetry(error)) throw isConflict(error) ? error : answerTo(error, false);
      if (attempt >= changing.limits.retries) throw answerTo(error, false);
      await wait(pause(attempt));
    }
  }
}

const isRetry = (error: unknown): boolean => error instanceof StoreError && error.failure === "retry";
const isConflict = (error: unknown): boolean => error instanceof StoreError && error.failure === "conflict";

function collecting(tx: WriteTransaction, collected: Collected): ChangeTransaction {
  const collect = async (draft: Omit<Draft, "isIdMade">): Promise<string> => {
    const isIdMade = draft.input.id === undefined;
    const id = draft.input.id ?? newEventId();
    collected.drafts.push({ ...draft, input: { ...draft.input, id }, isIdMade });
    return id;
  };
  return {
    rows: watched(tx, collected.changed),
    record: (organization, input, recordedBy) => collect({ organization, input, recordedBy }),
    recordClockCorrection: (organization, input) =>
      collect({ organization, input, recordedBy: byServer, correctsClock: true }),
    closeLog: ({ organizationId }) => void collected.closing.add(organizationId),
  };
}

/** The permissions of the server. */
const ours = { mayImport: true, mayRead: true, writer: "server" } as const;

/**
 * Only at the end is it known whether Daybook's rows changed in the transaction: then the events are `own` and have the rows' time.
 * Otherwise, they are the server's observations, such as a download, which still come from Daybook and not from others.
 */
async function prepareDrafts(
  tx: WriteTransaction,
  collected: Collected,
  dependencies: PrepareDependencies,
): Promise<void> {
  const { drafts, submissions, changed } = collected;
  const own = changed.size > 0 ? { own: true as const } : {};
  const time = changed.size > 0 ? { occurredAt: await tx.changedAt() } : {};
  for (const { organization, input, correctsClock, isIdMade, ...draft } of drafts) {
    const recordedBy = changed.size > 0 ? draft.recordedBy : byServer;
    const value = { ...input } as unknown as JsonObject;
    const sender = { organization, recordedBy, ...ours, ...own };
    const prepared = await prepare([{ value, pointer: "", bytes: 0 }], sender, dependencies);
    const events = prepared.map((event) => ({ ...event, ...time, isIdMade }));
    const clock = correctsClock ? { correctsClock } : {};
    submissions.push({ organization, events, mayRead: true, writer: "server", ...clock });
  }
}

async function finish(
  tx: WriteTransaction,
  collected: Collected,
  changing: ChangeDependencies,
): Promise<void> {
  const { drafts, submissions, closing, changed } = collected;
  if (drafts.length === 0) {
    if (changed.size === 0) return;
    throw new Error(`A change without its event: ${[...changed].join(", ")}.`);
  }
  await prepareDrafts(tx, collected, changing.dependencies);
  const verdicts: readonly Verdict[] = await sequence(tx, submissions, {
    clock: changing.clock,
    closing,
    isFirst: true,
  });
  for (const verdict of verdicts) {
    if (verdict.kind === "refused") throw verdict.error;
    if (verdict.kind === "again")
      throw new Error("An event of the server's own has an id that is recorded already.");
  }
}

function announce({ submissions }: Collected, { appended }: ChangeDependencies): void {
  for (const organizationId of new Set(submissions.map((each) => each.organization.organizationId))) {
    appended(organizationId);
  }
}

/** After a commit in doubt: waits for the old transaction at its heads, then looks for one of its events. */
async function didCommit(
  collected: Collected,
  names: ChangeNames,
  { changing, error: cause }: { readonly changing: ChangeDependencies; readonly error: StoreError },
): Promise<boolean> {
  const ids = collected.submissions.flatMap(({ organization: { organizationId }, events }) =>
    events.flatMap((event) => ("unchanged" in event ? [] : [{ organizationId, id: event.id }])),
  );
  if (ids.length === 0) throw answerTo(cause, true);
  const organizationIds = [...new Set(ids.map((each) => each.organizationId))].sort((a, b) => a - b);
  try {
    // one that was made is known by its number now
    const organizations = new Set([...names.organizations, ...organizationIds]);
    const found = await changing.store.write(
      async (tx) => {
        await tx.lockHeads(organizationIds);
        return await tx.findEvents(ids);
      },
      { ...names, organizations },
    );
    if (found.length > 0) announce(collected, changing);
    return found.length > 0;
  } catch (error) {
    throw answerTo(error, true);
  }
}
