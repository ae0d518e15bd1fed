/** The contract of the store for looking after the database: the last backup, and whether its clock is plausible. */

/** The last run of the command `backup`. Times are microseconds since 1970 UTC. */
export interface LastBackup {
  /** When the last run ended, complete or not. */
  readonly triedAt: bigint;
  /** When the last complete run ended; null if none was complete. */
  readonly madeAt: bigint | null;
  /** The size of that backup's file. */
  readonly bytes: bigint | null;
}

/** The clock, and the newest event of all logs. Microseconds since 1970 UTC. */
export interface StoreTimes {
  readonly now: bigint;
  /** Null if there is no event. */
  readonly newest: bigint | null;
}

export interface MaintenanceReads {
  /** The database's clock, and recordedAt of the newest event. Reads the head of every log: for scheduled jobs. */
  times(): Promise<StoreTimes>;
  /** The last backup of this database; undefined if there was none. */
  lastBackup(): Promise<LastBackup | undefined>;
}
