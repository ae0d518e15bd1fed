/** The limits of recording, each with its reason. The library (`daybook/event`) has the limits of one event. */

/** The limits of the queue and of one transaction. */
export interface LogLimits {
  /** Events that can wait or run; beyond it, requests are refused with `overloaded`, so that memory stays constant. Organizations share it. */
  readonly queuedEvents: number;
  /** Bytes of requests, as sent, that can wait or run. Organizations share it. */
  readonly queuedBytes: number;
  /** How long a request can wait for its transaction, in milliseconds; then it is refused with `overloaded`. Less than the time in which each request gets its answer (`http/in-flight.ts`), when it is no longer known whether it is recorded. */
  readonly queuedMs: number;
  /** Events in one transaction, unless a single request has more. Usually, the time that they take ends a group first (`pace.ts`). */
  readonly groupEvents: number;
  /** Bytes of events in one transaction, unless a single request has more. */
  readonly groupBytes: number;
  /** Concurrent transactions on the events lane. Two: one is sequenced while the other waits for the disk. */
  readonly groupsInFlight: number;
  /** How often a group is run again after a serialization failure or a deadlock. */
  readonly retries: number;
}

export const defaultLimits: LogLimits = {
  queuedEvents: 20_000,
  queuedBytes: 64 * 1024 * 1024,
  queuedMs: 8_000,
  groupEvents: 2_000,
  groupBytes: 8 * 1024 * 1024,
  groupsInFlight: 2,
  retries: 5,
};

/** The maximum difference between the clocks of process and database, in microseconds. */
export const clocksMayDiffer: bigint = 10_000_000n;
/** How far the clock can be behind the newest event of a log, in microseconds. */
export const clockMayBeBehind: bigint = 60_000_000n;
