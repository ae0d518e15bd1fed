/** The contract of the store for viewer sessions: users of a host application who read one organization's log. */
import type { MemberRole } from "daybook/internal";
import type { Organization } from "./organizations.ts";
import type { UserName } from "./users.ts";

/** A host application's user who reads one organization's log. */
export interface ViewerSession {
  /** `viewer_…` */
  readonly id: string;
  readonly organizationId: number;
  readonly role: MemberRole;
  readonly viewerId: string;
  readonly viewerName: string | null;
  /** `type:id`; null for the whole log. */
  readonly onlyTarget: string | null;
  readonly opener: ViewerOpener;
  readonly createdAt: bigint;
  readonly expiresAt: bigint;
}

/** The opener of a viewer session: an API client, a person who is an operator, or the holder of the operator token. */
export type ViewerOpener =
  | { readonly kind: "api_client"; readonly id: string; readonly name: string }
  | { readonly kind: "user"; readonly user: UserName }
  | { readonly kind: "operator" };

/** The credential that opened it: the viewer session ends with it. */
export type OpenedBy =
  | { readonly kind: "api_client"; readonly id: string }
  | { readonly kind: "user"; readonly userId: number; readonly sessionId: string }
  | { readonly kind: "operator"; readonly tokenHash: Uint8Array };

export interface HeldViewerSession extends ViewerSession {
  readonly tokenHash: Uint8Array;
  readonly organization: Organization;
  /**
   * False if the opener may no longer open such a session: the API client was revoked or deleted, has expired, or lacks the scope; the
   * person is not an operator or their session is over; the operator token was replaced.
   */
  readonly openerMay: boolean;
}

/** A selection of an organization's viewer sessions that still work, newest first. */
interface ViewerSessionsPage {
  /** The row scope of the caller, -1 for no organization: the list is empty for other organizations. */
  readonly rowScope: number | "everything";
  /** Only those that this API client opened. */
  readonly clientId?: string | undefined;
  /** Microseconds since 1970 UTC. */
  readonly now: bigint;
  /** An operator's session without activity since then is over, and so is what it opened. */
  readonly seenSince: bigint;
  readonly after: Pick<ViewerSession, "createdAt" | "id"> | undefined;
  readonly limit: number;
}

/** Step 1 of a writing transaction: the rows of viewer sessions. The organization's row MUST be locked before. */
export interface ViewerSessionRows {
  /** Makes a viewer session, created at the time of the change. It ends with what opened it, without a write: reads check it. */
  insertViewerSession(
    session: Omit<ViewerSession, "createdAt" | "opener"> & {
      readonly openedBy: OpenedBy;
      readonly tokenHash: Uint8Array;
    },
  ): Promise<void>;
  /** Locks the row of a viewer session and returns it; undefined if there is none. It may have expired. */
  viewerSessionForUpdate(organizationId: number, id: string): Promise<ViewerSession | undefined>;
  /** Ends a viewer session. It is refused from the commit on. It is no error if there is none. */
  deleteViewerSession(organizationId: number, id: string): Promise<void>;
}

/** Reading viewer sessions. Row-level security doesn't cover their rows, so the list takes its row scope as a parameter. */
export interface ViewerSessionReads {
  /**
   * The existing viewer sessions among these, with their organization, and with whether their openers still have the right, as last
   * committed; in no order. An operator's session without activity since `seenSince` is over, and so is what it opened. Expired ones are
   * included until `sweep`. Reads by primary key.
   */
  viewerSessions(tokenHashes: readonly Uint8Array[], seenSince: bigint): Promise<HeldViewerSession[]>;
  /**
   * Viewer sessions of an organization that still work at `now`, newest first by (createdAt, id), the first after `after`. Empty for an
   * organization outside `rowScope`.
   */
  viewerSessionsOf(organizationId: number, page: ViewerSessionsPage): Promise<ViewerSession[]>;
}
