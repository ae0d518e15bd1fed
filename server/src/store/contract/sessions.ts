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

/** The rows of sessions in a writing transaction. */
export interface SessionRows {
  /** `lastSeenAt` absent: when it is made. */
  insertSession(session: NewSession & { readonly tokenHash: Uint8Array }): Promise<void>;
  /** All of a user's sessions, or the one of that id, or all but that one; the ids of those that there were, in order. */
  deleteSessions(which: { userId: number; id?: string; except?: string }): Promise<string[]>;
  /** Its holder showed who they are, now. StoreError `conflict` if there is no such session of theirs. */
  authenticateSession(userId: number, id: string): Promise<void>;
}

/** Reading sessions: at authentication, and by their holder. */
export interface SessionReads {
  /** Those of these that there are, whether or not they still work. */
  sessions(tokenHashes: readonly Uint8Array[]): Promise<HeldSession[]>;
  sessionsOf(userId: number): Promise<Session[]>;
  /** When the session's last request came: never earlier than what is noted already. It needs no event. */
  noteSeen(sessions: readonly { readonly tokenHash: Uint8Array; readonly at: bigint }[]): Promise<void>;
}
