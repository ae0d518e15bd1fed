/** The contract of the store for idempotency keys: what a request with an `Idempotency-Key` was answered. */

/** What an `Idempotency-Key` was used for, and what was answered. */
export interface Answered {
  /** SHA-256 of method, path and body. */
  readonly requestHash: Uint8Array;
  readonly status: number;
  readonly body: string;
}

/** The rows of idempotency keys in a writing transaction. */
export interface IdempotencyRows {
  /** Undefined: the key is new and is now ours (a concurrent holder of the same key waits for our commit). */
  claimIdempotencyKey(
    organizationId: number,
    key: string,
    requestHash: Uint8Array,
  ): Promise<Answered | undefined>;
  answerIdempotencyKey(
    organizationId: number,
    key: string,
    answer: { status: number; body: string },
  ): Promise<void>;
}
