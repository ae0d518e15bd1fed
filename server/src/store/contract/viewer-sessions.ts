/** The contract of the store for viewer sessions: users of a host application at one organization's log. */
import type { MemberRole } from "./members.ts";
import type { Organization } from "./organizations.ts";
import type { UserName } from "./users.ts";

/** A host application's user at one organization's log. */
export interface ViewerSession {
  /** `viewer_…` */
  readonly id: string;
  readonly organizationId: number;
  readonly role: MemberRole;
  readonly viewerId: string;
  readonly viewerName: string | null;
  /** `type:id`; null: the whole log. */
  readonly onlyTarget: string | null;
  readonly opener: ViewerOpener;
  readonly createdAt: bigint;
  readonly expiresAt: bigint;
}

/** Who opened a viewer session: an API client, a person who is an operator, or whoever held the operator token. */
export type ViewerOpener =
  | { readonly kind: "api_client"; readonly id: string; readonly name: string }
  | { readonly kind: "user"; readonly user: UserName }
  | { readonly kind: "operator" };

/** By what it is opened: it ends with that. */
export type OpenedBy =
  | { readonly kind: "api_client"; readonly id: string }
  | { readonly kind: "user"; readonly userId: number; readonly sessionId: string }
  | { readonly kind: "operator"; readonly tokenHash: Uint8Array };

export interface HeldViewerSession extends ViewerSession {
  readonly tokenHash: Uint8Array;
  readonly organization: Organization;
  /**
   * False once who opened it may not open such a session any more: the API client was revoked, deleted, has expired or lacks the
   * scope; the person is no operator or their session is over; the operator token was replaced.
   */
  readonly openerMay: boolean;
}

/** Which viewer sessions of an organization: those that still work, the newest first. */
interface ViewerSessionsPage {
  /** Whose rows whoever asks may see, -1 nobody's: of another organization there are none. */
  readonly rowScope: number | "everything";
  /** Only those that this API client opened. */
  readonly clientId?: string | undefined;
  /** Microseconds since 1970 UTC. */
  readonly now: bigint;
  /** A session of an operator in which nothing was done since then is over, with what it opened. */
  readonly seenSince: bigint;
  readonly after: Pick<ViewerSession, "createdAt" | "id"> | undefined;
  readonly limit: number;
}

/** Step 1 of a writing transaction: the rows of viewer sessions. The organization's row MUST be locked before. */
export interface ViewerSessionRows {
  /**
   * Makes a viewer session, created at the time of the change. It ends with what opened it, which nobody has to write: the reads
   * look.
   */
  insertViewerSession(
    session: Omit<ViewerSession, "createdAt" | "opener"> & {
      readonly openedBy: OpenedBy;
      readonly tokenHash: Uint8Array;
    },
  ): Promise<void>;
  /** Locks the row of a viewer session and answers it; undefined if there is none. It may have expired. */
  viewerSessionForUpdate(organizationId: number, id: string): Promise<ViewerSession | undefined>;
  /** Ends a viewer session. It is refused from the commit on. None is no error. */
  deleteViewerSession(organizationId: number, id: string): Promise<void>;
}

/** Reading viewer sessions. Their rows are no organization's, so the list takes its row scope as a parameter. */
export interface ViewerSessionReads {
  /**
   * Those of these that there are, with their organization, and with whether who opened them still may, as last committed; in no
   * order. An operator's session in which nothing was done since `seenSince` is over, with what it opened. One that expired is
   * among them until `sweep`. Reads by primary key.
   */
  viewerSessions(tokenHashes: readonly Uint8Array[], seenSince: bigint): Promise<HeldViewerSession[]>;
  /**
   * Viewer sessions of an organization that still work at `now`, newest first by (createdAt, id), the first after `after`. None
   * of an organization outside `rowScope`.
   */
  viewerSessionsOf(organizationId: number, page: ViewerSessionsPage): Promise<ViewerSession[]>;
}
