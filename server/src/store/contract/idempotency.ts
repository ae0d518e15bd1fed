/** The contract of the store for idempotency keys: the response to a request with an `Idempotency-Key`. */

/** The request that used an `Idempotency-Key`, and its response. */
export interface KeptAnswer {
  /** SHA-256 of method, path and body. */
  readonly requestHash: Uint8Array;
  readonly status: number;
  readonly body: string;
}

/** Step 1 of a writing transaction: the rows of idempotency keys. */
export interface IdempotencyRows {
  /**
   * Claims a key. Undefined: the key is new, or was claimed but has no response, and this transaction holds it. Otherwise the stored
   * response, even if `requestHash` differs: the caller compares. If another transaction holds the same key, this one waits; if that one
   * rolls back, the key is free. `sweep` removes keys.
   */
  claimIdempotencyKey(
    organizationId: number,
    key: string,
    requestHash: Uint8Array,
  ): Promise<KeptAnswer | undefined>;
  /**
   * Stores the response under a key that this transaction has claimed, as durable as the transaction. Rejects with StoreError `conflict` if
   * the key was never claimed.
   */
  answerIdempotencyKey(
    organizationId: number,
    key: string,
    answer: { status: number; body: string },
  ): Promise<void>;
}
