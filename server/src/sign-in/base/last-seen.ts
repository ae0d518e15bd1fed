/**
 * The time of a session's last request, without a write for each: it is noted when a tenth of the idle time has passed, kept in memory and
 * written together. It can be a few seconds late, and needs no event.
 */
import { type ScheduledJob, schedule } from "../../jobs/index.ts";
import type { HeldSession } from "../../store/contract/sessions.ts";
import type { SignInStore } from "./sign-in-store.ts";

const flushMs = 3_000;

interface SessionUse {
  readonly tokenHash: Uint8Array;
  /** Microseconds since 1970 UTC. */
  readonly at: bigint;
}

export interface LastSeen {
  /** Notes a request in the session, which ends after that many idle microseconds. */
  note(session: Pick<HeldSession, "id" | "tokenHash" | "lastSeenAt">, idle: bigint): void;
  /** Writes what is not written yet. Never rejects. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

interface LastSeenDependencies {
  readonly store: Pick<SignInStore, "noteSeen">;
  readonly clock: () => bigint;
  readonly failed: (error: unknown) => void;
}

export function openLastSeen({ store, clock, failed }: LastSeenDependencies): LastSeen {
  /** By the session's id. */
  let seen = new Map<string, SessionUse>();
  async function write(): Promise<void> {
    const writing = seen;
    if (writing.size === 0) return;
    seen = new Map();
    try {
      await store.noteSeen([...writing.values()]);
    } catch (error) {
      seen = new Map([...writing, ...seen]);
      throw error;
    }
  }
  const job: ScheduledJob = schedule(flushMs, write, failed);
  return {
    note({ id, tokenHash, lastSeenAt }, idle) {
      const at = clock();
      if (at - lastSeenAt >= idle / 10n) seen.set(id, { tokenHash, at });
    },
    flush: () => job.now(),
    async close() {
      await job.stop();
      await job.now();
    },
  };
}
