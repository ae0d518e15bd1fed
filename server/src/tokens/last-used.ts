/**
 * The day of the last use, without a write for each request: today's uses that the database doesn't have yet are kept in memory and written
 * together. It can be a few seconds late, and needs no event.
 */
import { type ScheduledJob, schedule } from "../jobs/index.ts";
import { addDays, dayOf } from "./dates.ts";

const flushMs = 3_000;

interface LastUsedDependencies<T> {
  /** Microseconds since 1970 UTC. */
  readonly clock: () => bigint;
  readonly failed: (error: unknown) => void;
  /** Stores that these were used on that day. */
  readonly write: (used: readonly T[], day: string) => Promise<void>;
}

/** Today, or tomorrow by the clock of another process; a later day was noted with a clock that ran ahead. */
const isNoted = (day: string, today: string): boolean => day >= today && day <= addDays(today, 1);

export class LastUsed<T extends { readonly id: string; readonly lastUsedOn: string | null }> {
  readonly #dependencies: LastUsedDependencies<T>;
  readonly #job: ScheduledJob;
  /** By its id. */
  #used = new Map<string, T>();

  constructor(dependencies: LastUsedDependencies<T>) {
    this.#dependencies = dependencies;
    this.#job = schedule(flushMs, () => this.#write(), dependencies.failed);
  }

  /** The stored day, as read for this request. */
  note(used: T): void {
    if (used.lastUsedOn !== null && isNoted(used.lastUsedOn, dayOf(this.#dependencies.clock()))) return;
    if (!this.#used.has(used.id)) this.#used.set(used.id, used);
  }

  /** Writes what is not written yet. Never rejects. */
  flush(): Promise<void> {
    return this.#job.now();
  }

  async close(): Promise<void> {
    await this.#job.stop();
    await this.#job.now();
  }

  async #write(): Promise<void> {
    const used = this.#used;
    if (used.size === 0) return;
    this.#used = new Map();
    try {
      await this.#dependencies.write([...used.values()], dayOf(this.#dependencies.clock()));
    } catch (error) {
      this.#used = new Map([...used, ...this.#used]);
      throw error;
    }
  }
}
