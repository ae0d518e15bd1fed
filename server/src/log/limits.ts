/** The numbers of the write path, each with its reason. Those of one event are the library's (`daybook/event`). */

/** How much may wait, and how much goes into one transaction. */
export interface LogLimits {
  /** Events that may wait or run at once; beyond it requests are refused with `overloaded`, so that memory stays flat. */
  readonly queuedEvents: number;
  /** Bytes of events, as sent, that may wait or run at once. */
  readonly queuedBytes: number;
  /** Events in one transaction, unless a single request has more. */
  readonly groupEvents: number;
  /** Bytes of events in one transaction, unless a single request has more. */
  readonly groupBytes: number;
  /** Transactions on the events lane at once. Two: one is sequenced while the other waits for the disk. */
  readonly groupsInFlight: number;
  /** How often a group is run again after a serialization failure or a deadlock. */
  readonly retries: number;
}

export const defaultLimits: LogLimits = {
  queuedEvents: 20_000,
  queuedBytes: 64 * 1024 * 1024,
  groupEvents: 2_000,
  groupBytes: 8 * 1024 * 1024,
  groupsInFlight: 2,
  retries: 5,
};

/** The process's clock and the database's may differ by this much, in microseconds. */
export const clocksMayDiffer: bigint = 10_000_000n;
/** The clock may be this much behind the newest event of a log, in microseconds. */
export const clockMayBeBehind: bigint = 60_000_000n;
