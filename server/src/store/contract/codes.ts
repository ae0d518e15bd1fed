/** The contract of the store for links that work once. Their codes come here hashed, never as they are. */

/** A link that works once. `userId` null: for the first person of all. */
export interface OneTimeCode {
  readonly codeHash: Uint8Array;
  readonly userId: number | null;
  readonly expiresAt: bigint;
  /** False once who issued it may not issue it any more: they are no operator, or the operator token was replaced. */
  readonly issuerMay: boolean;
}

/** A code that is issued now. `issuedBy`: the id of an operator, `operator` for the operator token; null: the server. */
type NewCode = Omit<OneTimeCode, "issuerMay"> & { readonly issuedBy: string | null };

/** Step 1 of a writing transaction: the rows of one-time codes. The user's row is locked before, if there is a user. */
export interface CodeRows {
  /** Makes a code, issued at the time of the change. */
  insertCode(code: NewCode): Promise<void>;
  /**
   * Takes a code out of the store, if the transaction commits; undefined if there is none. However many take it at once, one gets
   * it: others wait, and find none. It may have expired.
   */
  takeCode(codeHash: Uint8Array): Promise<OneTimeCode | undefined>;
  /** Removes a user's codes, or those for the first person of all (null). None is no error. */
  deleteCodes(userId: number | null): Promise<void>;
}

/** Reading one-time codes. */
export interface CodeReads {
  /** A code without taking it; undefined if there is none. It may have expired. */
  code(codeHash: Uint8Array): Promise<OneTimeCode | undefined>;
}
