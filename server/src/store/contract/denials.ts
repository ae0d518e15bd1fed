/** The contract of the store for denials: at most one event for each subject and hour, with how many there were. */

/** One subject's refusals: when its last event was recorded, and what waits for the next. */
export interface Refusal {
  readonly organizationId: number;
  readonly subject: string;
  readonly recordedAt: bigint;
  readonly pending: number;
  /** JSON of the event without its count; null while nothing is pending. */
  readonly event: string | null;
}

/** The rows of denials in a writing transaction. */
export interface DenialRows {
  /** Locks the row, or the place where it would be. */
  denialForUpdate(organizationId: number, subject: string): Promise<Refusal | undefined>;
  /** Makes the row or replaces it. */
  putDenial(refusal: Refusal): Promise<void>;
}

/** Reading denials, across organizations. */
export interface DenialReads {
  /** Refusals whose last event was recorded before that time and that have more pending. */
  pendingDenials(recordedBefore: bigint, limit: number): Promise<Refusal[]>;
}
