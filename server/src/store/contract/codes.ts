/** The contract of the store for links that work once. The store gets their codes only as hashes. */

/** A link that works once. `userId` is null for the first account. */
export interface OneTimeCode {
  readonly codeHash: Uint8Array;
  readonly userId: number | null;
  readonly expiresAt: bigint;
  /** False if the issuer may no longer issue it: they are not an operator any more, or the operator token was replaced. */
  readonly issuerMay: boolean;
}

/** A new code. `issuedBy`: the id of an operator, or `operator` for the operator token; null for the server. */
type NewCode = Omit<OneTimeCode, "issuerMay"> & { readonly issuedBy: string | null };

/** Step 1 of a writing transaction: the rows of one-time codes. The user's row is locked before, if there is a user. */
export interface CodeRows {
  /** Makes a code, issued at the time of the change. */
  insertCode(code: NewCode): Promise<void>;
  /**
   * Removes a code if the transaction commits, and returns it; undefined if there is none. If several transactions take it simultaneously,
   * one gets it: the others wait, and find none. It may have expired.
   */
  takeCode(codeHash: Uint8Array): Promise<OneTimeCode | undefined>;
  /** Removes a user's codes, or those for the first account (null). It is no error if there are none. */
  deleteCodes(userId: number | null): Promise<void>;
}

/** Reading one-time codes. */
export interface CodeReads {
  /** A code, without removing it; undefined if there is none. It may have expired. */
  code(codeHash: Uint8Array): Promise<OneTimeCode | undefined>;
}
