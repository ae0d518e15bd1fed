/** Viewer sessions: a host application opens an organization's log for one of its own users, for some minutes. */
import type { MemberRole } from "./roles.ts";

export interface NewViewerSession {
  /** The viewer reads like a member with this role. OWNER and AUDITOR also need the scope `audit-log:download`. */
  readonly role: MemberRole;
  /** 1 to 720, default 15. */
  readonly minutes?: number;
  /** The viewer, as your application names them, for the log. */
  readonly viewer: { readonly id: string; readonly name?: string };
  /** The viewer sees only events about this target. */
  readonly onlyTarget?: { readonly type: string; readonly id: string };
}

/** A viewer session that was just opened. */
export interface ViewerSession {
  /** `viewer_…` */
  readonly id: string;
  /** Returned once; it is used like any other token. */
  readonly token: string;
  /** RFC 3339, UTC, six decimals. The session ends earlier if its opener loses the right to open it. */
  readonly expiresAt: string;
  /** The address for the viewer's browser. The token stands after the #, which browsers don't send. */
  readonly url: string;
}

/** An open viewer session in lists, without its token. */
export interface OpenViewerSession {
  /** `viewer_…` */
  readonly id: string;
  readonly role: MemberRole;
  /** As its opener named them. */
  readonly viewer: { readonly id: string; readonly name?: string };
  readonly onlyTarget: { readonly type: string; readonly id: string } | null;
  /** The opener: an API client, a person who is an operator, or `user`/`operator` for the operator token. */
  readonly openedBy: { readonly type: string; readonly id: string; readonly name?: string };
  /** RFC 3339, UTC, six decimals; so is `expiresAt`. */
  readonly createdAt: string;
  readonly expiresAt: string;
}
