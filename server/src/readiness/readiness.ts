/**
 * Whether this process can record and read now. It takes the way of both once, without a row, and remembers how its last recordings went:
 * a full disk, for example, shows only there.
 */
import { DaybookError, type Problem } from "daybook/internal";
import { clockMayBeBehind, clocksMayDiffer, type EventLog } from "../log/index.ts";
import { StoreError } from "../store/contract/errors.ts";
import type { Store } from "../store/store.ts";
import { embeddedRemedies, type NotReadyReason, reasonWords } from "./reasons.ts";

export interface Readiness {
  /** Resolves if events can be recorded and read now. Throws `NotReady`. Simultaneous calls share one check. */
  check(): Promise<void>;
}

export interface ReadinessOptions {
  readonly store: Pick<Store, "tryWriting" | "within" | "tokens" | "heads" | "clock">;
  readonly log: Pick<EventLog, "outcomes">;
  /** Microseconds since 1970 UTC; default: the process's clock. */
  readonly clock?: () => bigint;
  /** Whether the database is the embedded PostgreSQL; default: no. */
  readonly isEmbedded?: boolean;
  /** The maximum time of a check, in milliseconds; default 5,000. */
  readonly patienceMs?: number;
}

interface NotReadyOptions {
  readonly cause?: unknown;
  readonly isEmbedded?: boolean | undefined;
}

/** Why the process isn't ready: its problem document has the member `reason`. */
class NotReady extends DaybookError {
  readonly reason: NotReadyReason;

  constructor(reason: NotReadyReason, { cause, isEmbedded }: NotReadyOptions = {}) {
    const { code = "store-unavailable", detail, ...words } = reasonWords[reason];
    const remedy = (isEmbedded ? embeddedRemedies[reason] : undefined) ?? words.remedy;
    super(code, { detail, remedy, retryAfter: 2, cause });
    this.reason = reason;
  }

  override toProblem(): Problem & { readonly reason: NotReadyReason } {
    return { ...super.toProblem(), reason: this.reason };
  }
}

/** How long a failed recording alone makes the process not ready; after it, the trial decides. */
const failureCountsMs = 10_000;
/** How long a recording alone shows that the next one works. */
const successCountsMs = 2_000;
/** How often the disk is tried for room while nothing has failed. */
const roomMs = 60_000;
const mostHeads = 100;

/** Opens the service. */
export function openReadiness(options: ReadinessOptions): Readiness {
  const { store, log, clock = () => BigInt(Date.now()) * 1000n, patienceMs = 5_000 } = options;
  let checking: Promise<void> | undefined;
  let roomTriedAt = Number.NEGATIVE_INFINITY;

  async function tryWriting(): Promise<void> {
    const { trouble, succeededAt } = log.outcomes;
    const started = performance.now();
    if (trouble === undefined && started - succeededAt < successCountsMs) return;
    const room = trouble !== undefined || started - roomTriedAt > roomMs;
    const before = clock();
    const { now, recordedAt } = await store.tryWriting({ room });
    if (room) roomTriedAt = started;
    if (now < before - clocksMayDiffer || now > clock() + clocksMayDiffer)
      throw new NotReady("clock-disagrees");
    if (recordedAt !== null && now < recordedAt - clockMayBeBehind) throw new NotReady("clock-behind");
  }

  /** As the role that reads for callers, and as the one that authenticates them. */
  async function tryReading(): Promise<void> {
    const reads = store.within(0);
    const [organization, events] = await Promise.all([
      reads.organization("daybook"),
      reads.events(0, 0, 0n, 1),
      store.tokens([new Uint8Array(32)]),
    ]);
    if (organization === undefined || events.length === 0) throw new NotReady("rows-hidden");
  }

  /** The failures of recordings since the last success, if the trial doesn't show them. */
  async function recallTrouble(): Promise<void> {
    const { trouble } = log.outcomes;
    if (trouble === undefined) return;
    const { reason, at, behind, isEverybody } = trouble;
    if (reason !== undefined && performance.now() - at < failureCountsMs) throw new NotReady(reason);
    if (behind.length === 0 || !isEverybody) return;
    const heads = await store.heads(behind.slice(0, mostHeads));
    const now = await store.clock();
    const isBehind = (recordedAt: bigint | null): boolean =>
      recordedAt !== null && now < recordedAt - clockMayBeBehind;
    if (heads.length > 0 && heads.every((head) => isBehind(head.recordedAt)))
      throw new NotReady("clock-behind");
  }

  async function check(): Promise<void> {
    try {
      await inTime(Promise.all([tryWriting(), tryReading()]).then(recallTrouble), patienceMs);
    } catch (error) {
      const { reason, cause } = notReady(error);
      throw new NotReady(reason, { cause, isEmbedded: options.isEmbedded });
    }
  }

  return {
    check: () => {
      checking ??= check().finally(() => {
        checking = undefined;
      });
      return checking;
    },
  };
}

/** Errors that are no failure of the store are a missing table, or a mistake of Daybook's: neither records. */
function notReady(error: unknown): NotReady {
  if (error instanceof NotReady) return error;
  return new NotReady(error instanceof StoreError ? error.reason : "database-error", { cause: error });
}

async function inTime(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new NotReady("no-answer")), ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
