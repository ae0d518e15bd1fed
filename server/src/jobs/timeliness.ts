/**
 * Whether scheduled jobs may act on the time: not while the clock jumped, while the clock of the database is another, or while the newest
 * event is ahead of it.
 */
import type { SteadyClock } from "./steady-clock.ts";

/** Resolves to whether a job may act on the time now. */
export type Timeliness = () => Promise<boolean>;

/** Times are microseconds since 1970 UTC. */
export interface TimelinessOptions {
  readonly clock: SteadyClock;
  /** The database's clock, and recordedAt of its newest event; null if there is none. */
  readonly times: () => Promise<{ readonly now: bigint; readonly newest: bigint | null }>;
  /** The clock of this machine; default: the process's. */
  readonly wall?: () => bigint;
}

/** How far the database's clock and the newest event can be from the clock of this machine, without one of them being wrong. */
const mayDiffer = 60_000_000n;

export const openTimeliness =
  ({ clock, times, wall = () => BigInt(Date.now()) * 1_000n }: TimelinessOptions): Timeliness =>
  async () => {
    if (!clock.isSteady()) return false;
    const before = wall();
    const { now, newest } = await times();
    const isSame = now >= before - mayDiffer && now <= wall() + mayDiffer;
    // again: reading can take long
    return isSame && (newest === null || newest <= now + mayDiffer) && clock.isSteady();
  };
