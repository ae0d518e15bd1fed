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

/** The rows of one-time codes in a writing transaction. */
export interface CodeRows {
  insertCode(code: NewCode): Promise<void>;
  /** Takes a code out of the store; undefined if there is none. It may have expired. */
  takeCode(codeHash: Uint8Array): Promise<OneTimeCode | undefined>;
  /** A user's codes, or those for the first person of all. */
  deleteCodes(userId: number | null): Promise<void>;
}

/** Reading one-time codes. */
export interface CodeReads {
  /** A code without taking it. */
  code(codeHash: Uint8Array): Promise<OneTimeCode | undefined>;
}
