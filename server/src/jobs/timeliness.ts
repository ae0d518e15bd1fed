/** Whether scheduled jobs may act on the time: not while the clock jumped, and not while the newest event is ahead of it. */
import type { SteadyClock } from "./steady-clock.ts";

/** Resolves to whether a job may act on the time now. */
export type Timeliness = () => Promise<boolean>;

/** Times are microseconds since 1970 UTC. */
export interface TimelinessOptions {
  readonly clock: SteadyClock;
  /** The database's clock, and recordedAt of its newest event; null if there is none. */
  readonly times: () => Promise<{ readonly now: bigint; readonly newest: bigint | null }>;
}

/** How far the newest event can be ahead without the clock being wrong. */
const aheadAtMost = 60_000_000n;

export const openTimeliness =
  ({ clock, times }: TimelinessOptions): Timeliness =>
  async () => {
    if (!clock.isSteady()) return false;
    const { now, newest } = await times();
    // again: reading can take long
    return (newest === null || newest <= now + aheadAtMost) && clock.isSteady();
  };
