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

/** The rows of personal tokens in a writing transaction. The user's row is locked before any of these. */
export interface PersonalTokenRows {
  insertPersonalToken(token: Omit<PersonalToken, "createdAt" | "lastUsedOn">): Promise<PersonalToken>;
  /** Those that end after that time. */
  countPersonalTokens(userId: number, now: bigint): Promise<number>;
  /** All of a user's, or the one of that id; those that there were, by id. */
  deletePersonalTokens(which: { userId: number; id?: string }): Promise<PersonalToken[]>;
}

/** Reading personal tokens: by their holder, and at authentication. */
export interface PersonalTokenReads {
  /** Those of these that there are, whether or not they still work. */
  personalTokens(tokenHashes: readonly Uint8Array[]): Promise<HeldPersonalToken[]>;
  personalTokensOf(userId: number): Promise<PersonalToken[]>;
  /** They were used on that day: never earlier than what is noted already. It needs no event. */
  notePersonalTokensUsed(tokens: readonly Pick<PersonalToken, "tokenHash">[], day: string): Promise<void>;
}
