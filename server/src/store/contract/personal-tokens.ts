/** The contract of the store for personal tokens, with which programs act as a person. The store gets the tokens only as hashes. */
import type { HeldSession } from "./sessions.ts";

export interface PersonalToken {
  /** `token_…` */
  readonly id: string;
  readonly userId: number;
  readonly tokenHash: Uint8Array;
  readonly name: string;
  /** `dbk_pat_` and 6 characters. */
  readonly prefix: string;
  readonly createdAt: bigint;
  /** The end of its last day, UTC. */
  readonly expiresAt: bigint;
  /** `YYYY-MM-DD`, as last stored. */
  readonly lastUsedOn: string | null;
}

/** The holder of a token, with everything that the authenticator needs in one read. */
export type HeldPersonalToken = PersonalToken & Pick<HeldSession, "user" | "memberships">;

/** Step 1 of a writing transaction: the rows of personal tokens. The user's row MUST be locked before any of these. */
export interface PersonalTokenRows {
  /** Makes a personal token, created at the time of the change. */
  insertPersonalToken(token: Omit<PersonalToken, "createdAt" | "lastUsedOn">): Promise<PersonalToken>;
  /**
   * The number of a user's tokens that end after that time. It stays right until the transaction ends, because the user's row is locked.
   */
  countPersonalTokens(userId: number, now: bigint): Promise<number>;
  /**
   * Removes all of a user's tokens, or the one with that id. Returns the removed ones, in the order of id; it is no error if there are
   * none. They are refused from the commit on.
   */
  deletePersonalTokens(which: { userId: number; id?: string }): Promise<PersonalToken[]>;
}

/** Reading personal tokens, by their holder and at authentication. No row scope applies. */
export interface PersonalTokenReads {
  /**
   * The existing tokens among these, with their user and memberships as last committed, in no order. Expired ones are included until
   * `sweep`. Reads by primary key.
   */
  personalTokens(tokenHashes: readonly Uint8Array[]): Promise<HeldPersonalToken[]>;
  /** The personal tokens of a user, including expired ones, in no order. */
  personalTokensOf(userId: number): Promise<PersonalToken[]>;
  /**
   * Stores that these were used on that day: never an earlier one than is stored. A token that does not exist is ignored. One statement,
   * durable when it resolves; it locks the rows in the order of their hashes. It needs no event.
   */
  notePersonalTokensUsed(tokens: readonly Pick<PersonalToken, "tokenHash">[], day: string): Promise<void>;
}
