/**
 * Refusals that a stranger can cause: noted without holding up the answer, and told by at most one event for each subject and
 * hour in each log, with their number. It refuses to know what is refused, and to whom.
 */
import { DaybookError, type EventInput } from "daybook/internal";
import { schedule } from "../jobs/index.ts";
import type { EventLog } from "../log/index.ts";
import type { Store } from "../store/store.ts";
import { type CountedDenial, Counts } from "./counts.ts";
import { forget, overBefore, tell, tellPending } from "./record.ts";

/** One refusal. */
export type DeniedRequest = {
  /** What is counted together: who was refused, and why. At most 512 bytes; never a secret. */
  readonly subject: string;
  /** Without `data.count` and `outcome`, which are added: the number, and `denied`. */
  readonly event: EventInput;
} & ({ readonly organizationId: number } | { readonly organizationIds: readonly number[] });

export interface Denials {
  /** Notes a refusal, for one log or for several. Returns at once and never throws. */
  note(refused: DeniedRequest): void;
  /** Writes what was noted; what the database can't take now is tried again. Never rejects. */
  flush(): Promise<void>;
  /** Records what waits and whose hour is over, whichever process noted it. Never rejects. */
  due(): Promise<void>;
  /** How many were not even counted, because too many subjects were refused while the database was away. */
  passedOver(): number;
  /** Writes what was noted, if the database takes it, and ends. */
  close(): Promise<void>;
}

export interface DenialOptions {
  readonly store: Pick<Store, "pendingDenials">;
  readonly log: Pick<EventLog, "change">;
  /** Microseconds since 1970 UTC; the process's clock if absent. */
  readonly clock?: () => bigint;
  /** Is told what could not be written, or never will be. */
  readonly failed?: (error: unknown) => void;
}

/** Subjects that are kept in memory at a time. */
const mostSubjects = 10_000;
const flushMs = 1_000;
const dueMs = 60_000;
/** Subjects that are looked up at a time. */
const dueAtOnce = 100;

/** Whether a later try may do better: the database is away or busy, not the event wrong. */
const mayPass = (error: unknown): boolean => error instanceof DaybookError && error.status === 503;

/** Opens the room. */
export function openDenials(options: DenialOptions): Denials {
  const { store, log, clock = () => BigInt(Date.now()) * 1000n, failed = () => {} } = options;
  const counts = new Counts(mostSubjects);

  async function flush(): Promise<void> {
    const taken = counts.take();
    for (const [at, counted] of taken.entries()) {
      try {
        await log.change((tx) => tell(tx, counted, clock()));
      } catch (error) {
        failed(error);
        if (!mayPass(error)) continue;
        counts.putBack(taken.slice(at));
        return;
      }
    }
  }

  async function due(): Promise<void> {
    for (;;) {
      const now = clock();
      const rows = await store.pendingDenials(overBefore(now), dueAtOnce);
      for (const row of rows) {
        try {
          await log.change((tx) => tellPending(tx, row, now));
        } catch (error) {
          if (mayPass(error)) throw error;
          failed(error);
          await log.change((tx) => forget(tx, row));
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
