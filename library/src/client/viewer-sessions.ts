/** Viewer sessions: a host application opens the log for one of its own users, for some minutes. */
import { type CallOptions, plain, postOnce, remove } from "./changes.ts";
import type { MemberRole } from "./members.ts";
import type { Settings } from "./options.ts";
import { allOf, type ListOptions } from "./pages.ts";
import { pathOf } from "./query.ts";

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

/** A session that was just opened. */
export interface ViewerSession {
  readonly id: string;
  /** The token, returned once; it is used like any other token. */
  readonly token: string;
  /** RFC 3339, UTC, six decimals. The session ends earlier if its opener loses the right. */
  readonly expiresAt: string;
  /** The address for the viewer's browser. The token stands after the #, which browsers don't send. */
  readonly url: string;
}

/** An open session in lists, without its token. */
export interface OpenViewerSession {
  /** `viewer_…` */
  readonly id: string;
  readonly role: MemberRole;
  /** As its opener named them. */
  readonly viewer: { readonly id: string; readonly name?: string };
  readonly onlyTarget: { readonly type: string; readonly id: string } | null;
  /** The opener: an API client, a person who is an operator, or `user`/`operator` for the operator token. */
  readonly openedBy: { readonly type: string; readonly id: string; readonly name?: string };
  /** RFC 3339, UTC, six decimals. */
  readonly createdAt: string;
  readonly expiresAt: string;
}

export interface ViewerSessions {
  /**
   * Opens a session. Needs the scope `events:read`. A repeat would open a second one, so the call isn't retried without a response
   * (`timeout`, `unreachable`): open another then; the lost one expires. Throws `request-invalid`, `not-allowed`, `organization-closed`.
   */
  open(session: NewViewerSession, options?: CallOptions): Promise<ViewerSession>;
  /** The open sessions, newest first: all for owners, auditors and operators; its own for an API client. */
  list(options?: ListOptions): AsyncIterable<OpenViewerSession>;
  /**
   * Immediately ends a session: any for owners and operators, its own for an API client. Throws `viewer-session-not-found`, also for a
   * session that has ended.
   */
  end(id: string, options?: CallOptions): Promise<void>;
}

/** The viewer sessions of the client's organization. */
export const viewerSessionsOf = (settings: Settings): ViewerSessions => ({
  open: (session, options) => {
    const body = { ...session, organization: settings.organization };
    const sending = { path: "/viewer-sessions", body, ...options };
    return postOnce({ ...settings, base: settings.service }, sending, plain<ViewerSession>);
  },
  list: (options) => allOf(settings, { path: pathOf("viewer-sessions"), name: "viewerSessions" }, options),
  end: async (id, options) => remove(settings, { path: pathOf("viewer-sessions", id), ...options }),
});
