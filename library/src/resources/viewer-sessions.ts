/** Viewer sessions: a host application opens an organization's log for one of its own users, for some minutes. */
import type { MemberRole } from "./roles.ts";

/** A viewer session to open. */
export interface NewViewerSession {
  /** The viewer reads like a member with this role. OWNER and AUDITOR also need the scope `audit-log:download`. */
  readonly role: MemberRole;
  /** 1 to 720, default 15. */
  readonly minutes?: number;
  /** The viewer, as your application names them, for the log. */
  readonly viewer: {
    /** The viewer's id in the application, 1 to 256 bytes. */
    readonly id: string;
    /** The viewer's name, at most 512 bytes. */
    readonly name?: string;
  };
  /** The viewer sees only events about this target. */
  readonly onlyTarget?: {
    /** The kind of target, such as `api_client`. */
    readonly type: string;
    /** The target's id. */
    readonly id: string;
  };
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
  /** The role whose view it gives. */
  readonly role: MemberRole;
  /** As its opener named them. */
  readonly viewer: {
    /** The viewer's id in the application, 1 to 256 bytes. */
    readonly id: string;
    /** The viewer's name, at most 512 bytes. */
    readonly name?: string;
  };
  /** The only target whose events it shows; null: all. */
  readonly onlyTarget: {
    /** The kind of target, such as `api_client`. */
    readonly type: string;
    /** The target's id. */
    readonly id: string;
  } | null;
  /** An API client, a person who is an operator, or `user`/`operator` for the operator token. */
  readonly openedBy: {
    /** The kind of caller. */
    readonly type: string;
    /** Their id. */
    readonly id: string;
    /** Their name at that time. */
    readonly name?: string;
  };
  /** RFC 3339, UTC, six decimals. */
  readonly createdAt: string;
  /** RFC 3339, UTC, six decimals. */
  readonly expiresAt: string;
}
