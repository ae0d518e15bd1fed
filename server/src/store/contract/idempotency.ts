/** The contract of the store for idempotency keys: what a request with an `Idempotency-Key` was answered. */

/** What an `Idempotency-Key` was used for, and what was answered. */
export interface KeptAnswer {
  /** SHA-256 of method, path and body. */
  readonly requestHash: Uint8Array;
  readonly status: number;
  readonly body: string;
}

/** Step 1 of a writing transaction: the rows of idempotency keys. */
export interface IdempotencyRows {
  /**
   * Claims a key. Undefined: the key is new, or was claimed and never answered, and this transaction holds it. Otherwise what was
   * answered, also if `requestHash` differs: the caller compares. A transaction that holds the same key is waited for; if it
   * rolls back, the key is free. Keys are removed by `sweep`.
   */
  claimIdempotencyKey(
    organizationId: number,
    key: string,
    requestHash: Uint8Array,
  ): Promise<KeptAnswer | undefined>;
  /**
   * Keeps the answer under a key that this transaction has claimed, as durable as the transaction. Rejects with StoreError
   * `conflict` if the key was never claimed.
   */
  answerIdempotencyKey(
    organizationId: number,
    key: string,
    answer: { status: number; body: string },
  ): Promise<void>;
}
