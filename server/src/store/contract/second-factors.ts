/**
 * The contract of the store for second factors: their secrets, encrypted; recovery codes, hashed; and half-sessions, for a person who has
 * entered a correct password and no code yet.
 */
import type { SignInMethod } from "./sessions.ts";

/** A second factor: an authenticator app (RFC 6238). A person has at most one. */
export interface SecondFactor {
  readonly userId: number;
  /** `factor_…` */
  readonly id: string;
  readonly kind: "TOTP";
  /** The secret, encrypted by `secrets`. */
  readonly sealed: string;
  /** The latest time step of an accepted code: codes of it or of earlier ones are refused. */
  readonly lastStep: bigint;
  readonly createdAt: bigint;
}

/** A person between password and code. It is not a session, and is valid only for entering a code. */
export interface HalfSession {
  readonly tokenHash: Uint8Array;
  readonly userId: number;
  readonly method: SignInMethod;
  /** SHA-256 of the stored password hash: if the password has changed since, the half-session is invalid. */
  readonly passwordHash: Uint8Array;
  readonly userAgent: string | null;
  /** The number of codes that were tried. */
  readonly tries: number;
  readonly expiresAt: bigint;
}

/** Step 1 of a writing transaction: the rows of second factors. The user's row MUST be locked before, except for a half-session. */
export interface SecondFactorRows {
  /** Makes a second factor. Rejects with StoreError `conflict`, constraint `second_factor_pkey`, if the user has one. */
  insertSecondFactor(factor: Omit<SecondFactor, "createdAt">): Promise<void>;
  /** Locks the row of a user's second factor and returns it; undefined if there is none. */
  secondFactorForUpdate(userId: number): Promise<SecondFactor | undefined>;
  /**
   * Stores the time step of an accepted code. The caller MUST hold the row and have checked that the step is later than `lastStep`. Rejects
   * with StoreError `conflict` if there is no factor.
   */
  takeStep(userId: number, step: bigint): Promise<void>;
  /** Stores the same secret, encrypted with another key. Rejects with StoreError `conflict` if there is no factor. */
  resealSecondFactor(userId: number, sealed: string): Promise<void>;
  /** Removes a second factor and its recovery codes; false if there is none. */
  deleteSecondFactor(userId: number): Promise<boolean>;
  /** Replaces all recovery codes of a user. */
  setRecoveryCodes(userId: number, codeHashes: readonly Uint8Array[]): Promise<void>;
  /** Removes a recovery code if the transaction commits; false if the user has no such code. */
  takeRecoveryCode(userId: number, codeHash: Uint8Array): Promise<boolean>;
  /** Makes a half-session, without attempts. */
  insertHalfSession(half: Omit<HalfSession, "tries">): Promise<void>;
  /**
   * Counts an attempt and returns the half-session after it; undefined if there is none. It may have expired. Simultaneous attempts are all
   * counted.
   */
  tryHalfSession(tokenHash: Uint8Array): Promise<HalfSession | undefined>;
  /** Ends a half-session; false if there is none. */
  deleteHalfSession(tokenHash: Uint8Array): Promise<boolean>;
  /** Ends all half-sessions of a user. It is no error if there are none. */
  deleteHalfSessions(userId: number): Promise<void>;
}

/** Reading second factors, by the account and at authentication. No row scope applies. */
export interface SecondFactorReads {
  /** A user's second factor, with the number of remaining recovery codes; undefined if there is none. */
  secondFactor(userId: number): Promise<(SecondFactor & { readonly recoveryCodes: number }) | undefined>;
  /** Second factors in the order of userId, the first after that one, at most `limit`. */
  secondFactors(afterUserId: number, limit: number): Promise<SecondFactor[]>;
  /** A half-session; undefined if there is none. The caller decides whether it still works. */
  halfSession(tokenHash: Uint8Array): Promise<HalfSession | undefined>;
}
