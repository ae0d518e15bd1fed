/** The contract of the store for the sessions of people. The store gets their tokens only as hashes. */
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
  /** The time of the last request, as last stored. */
  readonly lastSeenAt: bigint;
  /** When its holder last confirmed their identity. */
  readonly authenticatedAt: bigint;
}

/** A new session. */
type NewSession = Omit<Session, "createdAt" | "lastSeenAt" | "authenticatedAt"> &
  Partial<Pick<Session, "lastSeenAt">> & {
    /** If undefined or in the future, the time of the change. */
    readonly authenticatedAt?: bigint | undefined;
  };

/** The holder of a session, with everything that the authenticator needs in one read. */
export interface HeldSession extends Session {
  readonly tokenHash: Uint8Array;
  readonly user: Omit<User, "password">;
  /** With the slugs and ids of the organizations. */
  readonly memberships: readonly (Membership & Pick<Organization, "id" | "slug">)[];
}

/** Step 1 of a writing transaction: the rows of sessions. The user's row MUST be locked before, or made in this transaction. */
export interface SessionRows {
  /**
   * Makes a session, created at the time of the change. The default of `lastSeenAt` is that time too. If `authenticatedAt` is absent or
   * later, it is that time.
   */
  insertSession(session: NewSession & { readonly tokenHash: Uint8Array }): Promise<void>;
  /**
   * Ends all of a user's sessions, or the one with that id, or all except that one. Returns the ids of the ended ones, in order; it is no
   * error if there are none. They are refused from the commit on.
   */
  deleteSessions(which: { userId: number; id?: string; except?: string }): Promise<string[]>;
  /**
   * Its holder confirmed their identity: `authenticatedAt` becomes the time of the change. Rejects with StoreError `conflict` if they have
   * no such session.
   */
  authenticateSession(userId: number, id: string): Promise<void>;
}

/** Reading sessions, at authentication and by their holder. No row scope applies, and the caller decides whether a session still works. */
export interface SessionReads {
  /**
   * The existing sessions among these, with their user and memberships as last committed, in no order. Expired ones are included until
   * `sweep`. Reads by primary key.
   */
  sessions(tokenHashes: readonly Uint8Array[]): Promise<HeldSession[]>;
  /** The sessions of a user, including expired ones, in no order. */
  sessionsOf(userId: number): Promise<Session[]>;
  /**
   * Stores when the last requests of these sessions came: never earlier than is stored. A session that does not exist is ignored. One
   * statement, durable when it resolves; it locks the rows in the order of their hashes, so that processes that store simultaneously don't
   * deadlock. It needs no event.
   */
  noteSeen(sessions: readonly { readonly tokenHash: Uint8Array; readonly at: bigint }[]): Promise<void>;
}
