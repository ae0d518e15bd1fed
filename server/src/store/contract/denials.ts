/** The contract of the store for denied attempts: at most one event for each subject and hour, with the number of attempts. */

/** The denied attempts of one subject: when its last event was recorded, and what waits for the next one. */
export interface DenialRow {
  readonly organizationId: number;
  readonly subject: string;
  readonly recordedAt: bigint;
  readonly pending: number;
  /** JSON of the event without its count; null if nothing waits. */
  readonly event: string | null;
}

/** Step 1 of a writing transaction: the rows of denials. */
export interface DenialRows {
  /**
   * Locks a subject's row, or its key if there is no row, until the transaction ends; undefined if there is no row. The first two attempts
   * of a subject therefore also run one after the other.
   */
  denialForUpdate(organizationId: number, subject: string): Promise<DenialRow | undefined>;
  /** Makes the subject's row or replaces it. The caller MUST hold it by `denialForUpdate`. */
  putDenial(refusal: DenialRow): Promise<void>;
}

/** Reading denials, across organizations: no row scope applies. */
export interface DenialReads {
  /**
   * Subjects whose last event was recorded before that time and that have waiting attempts, the oldest first, at most `limit`; also those
   * whose last event is more than 61 minutes after it: a clock that ran ahead recorded them.
   */
  pendingDenials(recordedBefore: bigint, limit: number): Promise<DenialRow[]>;
}
