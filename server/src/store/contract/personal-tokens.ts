/** The contract of the store for personal tokens: what programs show to act as a person. Tokens come here hashed, never as they are. */
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
  /** `YYYY-MM-DD`, as far as it was noted. */
  readonly lastUsedOn: string | null;
}

/** Who holds one, as the authenticator needs it: one read tells all. */
export type HeldPersonalToken = PersonalToken & Pick<HeldSession, "user" | "memberships">;

/** Step 1 of a writing transaction: the rows of personal tokens. The user's row MUST be locked before any of these. */
export interface PersonalTokenRows {
  /** Makes a personal token, created at the time of the change. */
  insertPersonalToken(token: Omit<PersonalToken, "createdAt" | "lastUsedOn">): Promise<PersonalToken>;
  /** How many of a user's tokens end after that time. Right until the transaction ends, because the user's row is locked. */
  countPersonalTokens(userId: number, now: bigint): Promise<number>;
  /**
   * Removes all of a user's tokens, or the one of that id. Answers those that there were, in the order of id; none is no error.
   * They are refused from the commit on.
   */
  deletePersonalTokens(which: { userId: number; id?: string }): Promise<PersonalToken[]>;
}

/** Reading personal tokens, by their holder and at authentication. No row scope applies. */
export interface PersonalTokenReads {
  /**
   * Those of these that there are, with their user and memberships as last committed, in no order. One that expired is among them
   * until `sweep`. Reads by primary key.
   */
  personalTokens(tokenHashes: readonly Uint8Array[]): Promise<HeldPersonalToken[]>;
  /** The personal tokens of a user, expired ones too, in no order. */
  personalTokensOf(userId: number): Promise<PersonalToken[]>;
  /**
   * These were used on that day: never an earlier one than what is noted already. One that is not there is passed over. One
   * statement, durable when it resolves; it locks the rows in the order of their hashes. It needs no event.
   */
  notePersonalTokensUsed(tokens: readonly Pick<PersonalToken, "tokenHash">[], day: string): Promise<void>;
}
