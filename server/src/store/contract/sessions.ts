/** The contract of the store for the sessions of people. Tokens come here hashed, never as they are. */
import type { Membership } from "./members.ts";
import type { Organization } from "./organizations.ts";
import type { User } from "./users.ts";

/** How someone signed in. */
export type SignInMethod = "PASSWORD" | "OPENID" | "SETUP_LINK";

export interface Session {
  /** `session_…` */
  readonly id: string;
  readonly userId: number;
  readonly method: SignInMethod;
  readonly userAgent: string | null;
  readonly createdAt: bigint;
  readonly expiresAt: bigint;
  /** When a request came last, as far as it was noted. */
  readonly lastSeenAt: bigint;
  /** When its holder last showed who they are. */
  readonly authenticatedAt: bigint;
}

/** A session that is made now. */
type NewSession = Omit<Session, "createdAt" | "lastSeenAt" | "authenticatedAt"> &
  Partial<Pick<Session, "lastSeenAt">> & {
    /** Undefined, or later than now: now. */
    readonly authenticatedAt?: bigint | undefined;
  };

/** Who holds a session, as the authenticator needs it: one read tells all. */
export interface HeldSession extends Session {
  readonly tokenHash: Uint8Array;
  readonly user: Omit<User, "password">;
  /** With the names by which the organizations are asked for. */
  readonly memberships: readonly (Membership & Pick<Organization, "id" | "slug">)[];
}

/** Step 1 of a writing transaction: the rows of sessions. The user's row MUST be locked before, or made in this transaction. */
export interface SessionRows {
  /**
   * Makes a session, created at the time of the change. `lastSeenAt` absent: at that time too. `authenticatedAt` absent or later
   * than that time: that time.
   */
  insertSession(session: NewSession & { readonly tokenHash: Uint8Array }): Promise<void>;
  /**
   * Ends all of a user's sessions, or the one of that id, or all but that one. Answers the ids of those that there were, in
   * order; none is no error. They are refused from the commit on.
   */
  deleteSessions(which: { userId: number; id?: string; except?: string }): Promise<string[]>;
  /**
   * Its holder showed who they are: `authenticatedAt` becomes the time of the change. Rejects with StoreError `conflict` if they
   * have no such session.
   */
  authenticateSession(userId: number, id: string): Promise<void>;
}

/**
 * Reading sessions, at authentication and by their holder. No row scope applies, and whether one still works is for the caller to
 * say.
 */
export interface SessionReads {
  /**
   * Those of these that there are, with their user and memberships as last committed, in no order. One that expired is among them
   * until `sweep`. Reads by primary key.
   */
  sessions(tokenHashes: readonly Uint8Array[]): Promise<HeldSession[]>;
  /** The sessions of a user, expired ones too, in no order. */
  sessionsOf(userId: number): Promise<Session[]>;
  /**
   * When requests of these sessions came last: never earlier than what is noted already. A session that is not there is passed
   * over. One statement, durable when it resolves; it locks the rows in the order of their hashes, so that processes that note at
   * once never wait in a circle. It needs no event.
   */
  noteSeen(sessions: readonly { readonly tokenHash: Uint8Array; readonly at: bigint }[]): Promise<void>;
}
