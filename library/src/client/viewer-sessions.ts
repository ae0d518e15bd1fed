/** Viewer sessions: a host application opens the log for one of its own users, for some minutes. */
import { type CallOptions, plain, postOnce, remove } from "./changes.ts";
import type { MemberRole } from "./members.ts";
import type { Settings } from "./options.ts";
import { allOf, type ListOptions } from "./pages.ts";
import { pathOf } from "./query.ts";

export interface NewViewerSession {
  /** They read as a member of this role would. OWNER and AUDITOR need the scope `audit-log:download` too. */
  readonly role: MemberRole;
  /** 1 to 720, default 15. */
  readonly minutes?: number;
  /** Who looks, in the application's own words: for the log. */
  readonly viewer: { readonly id: string; readonly name?: string };
  /** They see the events of this target only. */
  readonly onlyTarget?: { readonly type: string; readonly id: string };
}

/** One that is just opened. */
export interface ViewerSession {
  readonly id: string;
  /** Shown this once: presented like any other token. */
  readonly token: string;
  /** RFC 3339, UTC, six decimals. It ends earlier with the right of who opened it. */
  readonly expiresAt: string;
  /** For the viewer's browser; the token stands after the #, which no browser sends. */
  readonly url: string;
}

/** One that is open, as the list shows it: never with its token. */
export interface OpenViewerSession {
  /** `viewer_…` */
  readonly id: string;
  readonly role: MemberRole;
  /** As who opened it says. */
  readonly viewer: { readonly id: string; readonly name?: string };
  readonly onlyTarget: { readonly type: string; readonly id: string } | null;
  /** An API client, a person who is an operator, or `user`/`operator` for the operator token. */
  readonly openedBy: { readonly type: string; readonly id: string; readonly name?: string };
  /** RFC 3339, UTC, six decimals. */
  readonly createdAt: string;
  readonly expiresAt: string;
}

export interface ViewerSessions {
  /**
   * Opens one. Needs the scope `events:read`. Twice would open two, so it isn't tried again where no answer came (`timeout`,
   * `unreachable`): open another then; the lost one ends by itself. Throws `request-invalid`, `not-allowed`, `organization-closed`.
   */
  open(session: NewViewerSession, options?: CallOptions): Promise<ViewerSession>;
  /** Those that work, the newest first: for owners, auditors and operators all, for an API client those that it opened. */
  list(options?: ListOptions): AsyncIterable<OpenViewerSession>;
  /**
   * Ends one at once: for owners and operators any, for an API client one that it opened. Throws `viewer-session-not-found`, for one
   * that has ended, too.
   */
  end(id: string, options?: CallOptions): Promise<void>;
}

/** Of the organization that the settings name. */
export const viewerSessionsOf = (settings: Settings): ViewerSessions => ({
  open: (session, options) => {
    const body = { ...session, organization: settings.organization };
    const sending = { path: "/viewer-sessions", body, ...options };
    return postOnce({ ...settings, base: settings.service }, sending, plain<ViewerSession>);
  },
  list: (options) => allOf(settings, { path: pathOf("viewer-sessions"), name: "viewerSessions" }, options),
  end: async (id, options) => remove(settings, { path: pathOf("viewer-sessions", id), ...options }),
});
