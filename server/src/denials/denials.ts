/**
 * Denied attempts that strangers can cause. Noting one doesn't delay the response; at most one event for each subject and hour in each log
 * records them, with their number.
 */
import { DaybookError, type EventInput } from "daybook/internal";
import { schedule, type Timeliness } from "../jobs/index.ts";
import type { EventLog } from "../log/index.ts";
import { inOne } from "../store/contract/placement.ts";
import type { Store } from "../store/store.ts";
import { type CountedDenial, Counts } from "./counts.ts";
import { forget, overBefore, recordDenials, recordPending } from "./record.ts";

/** One denied attempt. */
export type DeniedRequest = {
  /** The key for counting: who was denied, and why. At most 512 bytes; never a secret. */
  readonly subject: string;
  /** Without `data.count` and `outcome`, which are added: the number, and `denied`. */
  readonly event: EventInput;
} & ({ readonly organizationId: number } | { readonly organizationIds: readonly number[] });

export interface Denials {
  /** Notes a denied attempt, for one log or several. Returns immediately and never throws. */
  note(refused: DeniedRequest): void;
  /** Stores what was noted; retries later if the database is not available. Never rejects. */
  flush(): Promise<void>;
  /** Records waiting attempts whose hour is over, whichever process noted them. Never rejects. */
  due(): Promise<void>;
  /** The number of attempts that were not even counted, because too many subjects were denied while the database was away. */
  passedOver(): number;
  /** Stores what was noted, if the database is available, and ends. */
  close(): Promise<void>;
}

export interface DenialOptions {
  readonly store: Pick<Store, "pendingDenials">;
  readonly log: Pick<EventLog, "change">;
  /** Microseconds since 1970 UTC; default: the process's clock. */
  readonly clock?: () => bigint;
  /** Whether the clock may be trusted; default: yes. */
  readonly isTimely?: Timeliness;
  /** Called with attempts that could not be stored, or never will be. */
  readonly failed?: (error: unknown) => void;
}

/** The maximum number of subjects in memory. */
const mostSubjects = 10_000;
const flushMs = 1_000;
const dueMs = 60_000;
/** The number of subjects that are read at a time. */
const dueAtOnce = 100;

/** Whether a retry can help: the database is away or busy, and the event is valid. */
const mayPass = (error: unknown): boolean => error instanceof DaybookError && error.status === 503;

/** Opens the service. */
export function openDenials(options: DenialOptions): Denials {
  const { store, log, clock = () => BigInt(Date.now()) * 1000n, failed = () => {} } = options;
  const { isTimely = async () => true } = options;
  const counts = new Counts(mostSubjects);

  async function flush(): Promise<void> {
    const taken = counts.take();
    for (const [at, counted] of taken.entries()) {
      try {
        await log.change((tx) => recordDenials(tx, counted, clock()), inOne(counted, "jobs"));
      } catch (error) {
        failed(error);
        if (!mayPass(error)) continue;
        counts.putBack(taken.slice(at));
        return;
      }
    }
  }

  async function due(): Promise<void> {
    if (!(await isTimely())) return;
    for (;;) {
      const now = clock();
      const rows = await store.pendingDenials(overBefore(now), dueAtOnce);
      for (const row of rows) {
        try {
          await log.change((tx) => recordPending(tx, row, now), inOne(row, "jobs"));
        } catch (error) {
          if (mayPass(error)) throw error;
          failed(error);
          await log.change((tx) => forget(tx, row), inOne(row, "jobs"));
        }
      }
      if (rows.length < dueAtOnce) return;
    }
  }

  const flushing = schedule(flushMs, flush, failed);
  const telling = schedule(dueMs, due, failed);
  return {
    note: (refused) => {
      for (const counted of countedOf(refused)) counts.add(counted);
    },
    flush: flushing.now,
    due: telling.now,
    passedOver: () => counts.passedOver,
    close: async () => {
      await Promise.all([flushing.stop(), telling.stop()]);
      await flushing.now();
    },
  };
}

function countedOf(refused: DeniedRequest): CountedDenial[] {
  const { subject, event } = refused;
  const all = "organizationIds" in refused ? refused.organizationIds : [refused.organizationId];
  return all.map((organizationId) => ({ organizationId, subject, event, count: 1 }));
}
