/**
 * The contract of the store for second factors: their secrets, encrypted; recovery codes, hashed; and half-sessions, for someone who
 * has shown a right password and no code yet.
 */
import type { SignInMethod } from "./sessions.ts";

/** What somebody shows besides their password: codes of an authenticator app (RFC 6238). A person has one at most. */
export interface SecondFactor {
  readonly userId: number;
  /** `factor_…` */
  readonly id: string;
  readonly kind: "TOTP";
  /** The secret as `secrets` encrypts it. */
  readonly sealed: string;
  /** The newest time step of which a code was taken: no code of it, or of one before, is taken again. */
  readonly lastStep: bigint;
  readonly createdAt: bigint;
}

/** Somebody between password and code: no session, and good for nothing else. */
export interface HalfSession {
  readonly tokenHash: Uint8Array;
  readonly userId: number;
  readonly method: SignInMethod;
  /** SHA-256 of the password as it is kept: one that was changed meanwhile is not what was shown. */
  readonly passwordHash: Uint8Array;
  readonly userAgent: string | null;
  /** How many codes were tried. */
  readonly tries: number;
  readonly expiresAt: bigint;
}

/** Step 1 of a writing transaction: the rows of second factors. The user's row MUST be locked before, except for a half-session. */
export interface SecondFactorRows {
  /** Makes a second factor. Rejects with StoreError `conflict`, constraint `second_factor_pkey`, if the user has one. */
  insertSecondFactor(factor: Omit<SecondFactor, "createdAt">): Promise<void>;
  /** Locks the row of a user's second factor and answers it; undefined if there is none. */
  secondFactorForUpdate(userId: number): Promise<SecondFactor | undefined>;
  /**
   * Keeps the time step of a code that was taken. The caller MUST hold the row and have seen that the step is later than
   * `lastStep`. Rejects with StoreError `conflict` if there is no factor.
   */
  takeStep(userId: number, step: bigint): Promise<void>;
  /** Keeps the same secret, encrypted with another key. Rejects with StoreError `conflict` if there is no factor. */
  resealSecondFactor(userId: number, sealed: string): Promise<void>;
  /** Removes a second factor and its recovery codes; false if there is none. */
  deleteSecondFactor(userId: number): Promise<boolean>;
  /** Replaces all recovery codes of a user. */
  setRecoveryCodes(userId: number, codeHashes: readonly Uint8Array[]): Promise<void>;
  /** Takes a recovery code out of the store, if the transaction commits; false if this user has no such code. */
  takeRecoveryCode(userId: number, codeHash: Uint8Array): Promise<boolean>;
  /** Makes a half-session, with no try yet. */
  insertHalfSession(half: Omit<HalfSession, "tries">): Promise<void>;
  /**
   * Counts a try and answers the half-session after it; undefined if there is none. It may have expired. However many try at
   * once, each is counted.
   */
  tryHalfSession(tokenHash: Uint8Array): Promise<HalfSession | undefined>;
  /** Ends a half-session; false if there is none. */
  deleteHalfSession(tokenHash: Uint8Array): Promise<boolean>;
  /** Ends all half-sessions of a user. None is no error. */
  deleteHalfSessions(userId: number): Promise<void>;
}

/** Reading second factors, by the account and at authentication. No row scope applies. */
export interface SecondFactorReads {
  /** A user's second factor, with how many recovery codes are left; undefined if there is none. */
  secondFactor(userId: number): Promise<(SecondFactor & { readonly recoveryCodes: number }) | undefined>;
  /** Second factors in the order of userId, the first after that one, at most `limit`. */
  secondFactors(afterUserId: number, limit: number): Promise<SecondFactor[]>;
  /** A half-session; undefined if there is none. Whether it still works is for the caller to say. */
  halfSession(tokenHash: Uint8Array): Promise<HalfSession | undefined>;
}
