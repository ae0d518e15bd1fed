/** How the store fails, in terms of what the caller must do. Every method of the contract rejects with a `StoreError` and with nothing else of the database's. */

/** Why the store failed, in terms of what the caller must do. */
export type StoreFailure =
  /** SQLSTATE class 22, 23, 54: the database refuses a value; run each request alone. */
  | "refused"
  /** A unique name is taken; `constraint` says which. */
  | "conflict"
  /** Class 40: run the same again. */
  | "retry"
  /** Lock or statement timeout: nothing was done; try again later. */
  | "busy"
  /** No connection became free in time, because others use them all: nothing was done; try again later. */
  | "overloaded"
  /** Class 53, 57, 58, or no connection, before COMMIT was sent: nothing was done. */
  | "unavailable"
  /** The connection broke after COMMIT was sent: look the ids up on a new connection. */
  | "unknown";

/** Why the store can't be used, in a word for monitoring. It says nothing about data or addresses. */
export type StoreReason =
  | "disk-full"
  /** A right is missing, or the sign-in is refused. */
  | "not-permitted"
  /** Another transaction holds a lock. */
  | "locked"
  /** A statement took too long. */
  | "slow"
  /** The database is a standby, or was made read-only. */
  | "read-only"
  /** The database has no connection left. */
  | "no-connection"
  /** The connection is open, but no answer comes. */
  | "no-answer"
  | "unreachable"
  /** Any other failure of the database. */
  | "database-error";

/**
 * The only error with which a method fails because of the database. Mistakes of the caller (TypeError, RangeError) are thrown as they are.
 */
export class StoreError extends Error {
  readonly failure: StoreFailure;
  readonly constraint: string | undefined;
  readonly reason: StoreReason;
  constructor(
    failure: StoreFailure,
    message: string,
    options: { cause?: unknown; constraint?: string; reason?: StoreReason } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "StoreError";
    this.failure = failure;
    this.constraint = options.constraint;
    this.reason = options.reason ?? "database-error";
  }
}
