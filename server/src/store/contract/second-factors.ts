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

/** The rows of second factors in a writing transaction. The user's row is locked before any of these. */
export interface SecondFactorRows {
  /** StoreError `conflict`, constraint `second_factor_pkey`, where they have one. */
  insertSecondFactor(factor: Omit<SecondFactor, "createdAt">): Promise<void>;
  /** Locks the row; undefined if there is none. */
  secondFactorForUpdate(userId: number): Promise<SecondFactor | undefined>;
  takeStep(userId: number, step: bigint): Promise<void>;
  /** The same secret under another key. */
  resealSecondFactor(userId: number, sealed: string): Promise<void>;
  /** With its recovery codes; false if there is none. */
  deleteSecondFactor(userId: number): Promise<boolean>;
  /** In place of those from before. */
  setRecoveryCodes(userId: number, codeHashes: readonly Uint8Array[]): Promise<void>;
  /** Takes it out of the store; false if there is none. */
  takeRecoveryCode(userId: number, codeHash: Uint8Array): Promise<boolean>;
  insertHalfSession(half: Omit<HalfSession, "tries">): Promise<void>;
  /** Counts a try, and says how it is after it; undefined if there is none. */
  tryHalfSession(tokenHash: Uint8Array): Promise<HalfSession | undefined>;
  /** False: there is none. */
  deleteHalfSession(tokenHash: Uint8Array): Promise<boolean>;
  /** All of one's. */
  deleteHalfSessions(userId: number): Promise<void>;
}

/** Reading second factors: by the account, and at authentication. */
export interface SecondFactorReads {
  secondFactor(userId: number): Promise<(SecondFactor & { readonly recoveryCodes: number }) | undefined>;
  /** All of them, in the order of userId, after that one. */
  secondFactors(afterUserId: number, limit: number): Promise<SecondFactor[]>;
  /** Whether it still works is for the reader to say. */
  halfSession(tokenHash: Uint8Array): Promise<HalfSession | undefined>;
}
