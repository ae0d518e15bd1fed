/** Viewer sessions: a host application opens an organization's log for one of its own users, for some minutes. */
import type { MemberRole } from "./roles.ts";

export interface NewViewerSession {
  /** They read as a member of this role would. OWNER and AUDITOR also need the scope `audit-log:download`. */
  readonly role: MemberRole;
  /** 1 to 720, default 15. */
  readonly minutes?: number;
  /** Who looks, in the application's own words: for the log. */
  readonly viewer: { readonly id: string; readonly name?: string };
  /** They see the events of this target only. */
  readonly onlyTarget?: { readonly type: string; readonly id: string };
}

/** A viewer session that was just opened. */
export interface ViewerSession {
  /** `viewer_…` */
  readonly id: string;
  /** Shown once. Send it like any other token. */
  readonly token: string;
  /** RFC 3339, UTC, six decimals. The session ends earlier if its opener loses the right to open it. */
  readonly expiresAt: string;
  /** For the viewer's browser; the token stands after the #, which no browser sends. */
  readonly url: string;
}

/** A viewer session that is open, as the list shows it, without its token. */
export interface OpenViewerSession {
  /** `viewer_…` */
  readonly id: string;
  readonly role: MemberRole;
  /** As its opener named them. */
  readonly viewer: { readonly id: string; readonly name?: string };
  readonly onlyTarget: { readonly type: string; readonly id: string } | null;
  /** An API client, a person who is an operator, or `user`/`operator` for the operator token. */
  readonly openedBy: { readonly type: string; readonly id: string; readonly name?: string };
  /** RFC 3339, UTC, six decimals; so is `expiresAt`. */
  readonly createdAt: string;
  readonly expiresAt: string;
}
