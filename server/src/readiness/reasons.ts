/** The words of readiness: for each reason, the sentence and the remedy of its response. */
import type { Code } from "daybook/internal";
import type { RecordingFailure } from "../log/index.ts";

/** Why the process isn't ready, in a word for monitoring. */
export type NotReadyReason =
  | RecordingFailure
  /** The role that reads for callers gets no rows. */
  | "rows-hidden";

interface ReasonWords {
  readonly detail: string;
  readonly remedy: string;
  /** Default: `store-unavailable`. */
  readonly code?: Code;
}

export const reasonWords: Readonly<Record<NotReadyReason, ReasonWords>> = {
  "disk-full": {
    detail: "The database's disk is full.",
    remedy: "Free space on the disk of the database. Recording resumes automatically.",
  },
  "not-permitted": {
    detail: "The database refuses a right that Daybook needs.",
    remedy: "Restore the rights of Daybook's database user; the server's log names the statement.",
  },
  locked: {
    detail: "Another transaction has locked a table that Daybook needs.",
    remedy: "End the transaction that holds the lock; pg_locks lists it.",
  },
  slow: {
    detail: "The database took too long for a statement that takes milliseconds.",
    remedy: "Check the load of the database and its disk.",
  },
  "read-only": {
    detail: "The database accepts no writes: it is a standby, or read-only.",
    remedy: "Point DATABASE_URL to the primary.",
  },
  "no-connection": {
    detail: "The database has no connection left for Daybook.",
    remedy:
      "Raise max_connections or the CONNECTION LIMIT of the user or database, or end what holds the connections.",
  },
  "no-answer": {
    detail: "The database does not answer.",
    remedy: "Check the database server, and the network between it and Daybook.",
  },
  unreachable: {
    detail: "The database can't be reached.",
    remedy: "Check that the database server runs, and the network between it and Daybook.",
  },
  "database-error": {
    detail: "The database fails.",
    remedy: "See the database's log, and the server's.",
  },
  "rows-hidden": {
    detail: "The role that reads for callers gets no rows of the log.",
    remedy: "Restore the policies and rights that Daybook's migrations made.",
  },
  "clock-disagrees": {
    detail: "The clocks of the server and its database differ by more than 10 seconds.",
    remedy: "Synchronize both clocks with NTP.",
    code: "clock-disagrees",
  },
  "clock-behind": {
    detail: "The database's clock is more than 60 seconds behind the newest events.",
    remedy: "Correct the clock. If the log's time was wrong, run 'daybook-server recover --clock'.",
    code: "clock-behind",
  },
};

/** The remedies that differ for the embedded PostgreSQL, which no network is in front of, and which Daybook itself starts again. */
export const embeddedRemedies: Readonly<Partial<Record<NotReadyReason, string>>> = {
  "no-answer":
    "Wait a few seconds: Daybook starts its own PostgreSQL again when it is gone. If it stays so, see postgres.log in the data folder, and the load of this machine.",
  unreachable:
    "Wait a few seconds: Daybook starts its own PostgreSQL again when it is gone. If it stays so, see postgres.log in the data folder.",
};
