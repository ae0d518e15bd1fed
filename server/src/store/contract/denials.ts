/** The contract of the store for denials: at most one event for each subject and hour, with how many there were. */

/** One subject's refusals: when its last event was recorded, and what waits for the next. */
export interface DenialRow {
  readonly organizationId: number;
  readonly subject: string;
  readonly recordedAt: bigint;
  readonly pending: number;
  /** JSON of the event without its count; null while nothing is pending. */
  readonly event: string | null;
}

/** Step 1 of a writing transaction: the rows of denials. */
export interface DenialRows {
  /**
   * Locks a subject's row, or the place where it would be, until the transaction ends; undefined if there is no row. So the first
   * two denials of a subject follow each other too.
   */
  denialForUpdate(organizationId: number, subject: string): Promise<DenialRow | undefined>;
  /** Makes the subject's row or replaces it. The caller MUST hold it by `denialForUpdate`. */
  putDenial(refusal: DenialRow): Promise<void>;
}

/** Reading denials, across organizations: no row scope applies. */
export interface DenialReads {
  /** Denials whose last event was recorded before that time and that have more pending, the oldest first, at most `limit`. */
  pendingDenials(recordedBefore: bigint, limit: number): Promise<DenialRow[]>;
}
