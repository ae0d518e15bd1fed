/** Viewer sessions: a host application opens the log for one of its own users, for some minutes. */
import type { NewViewerSession, OpenViewerSession, ViewerSession } from "../resources/index.ts";
import { type CallOptions, plain, postOnce, remove } from "./changes.ts";
import type { Lenient } from "./lenient.ts";
import type { Settings } from "./options.ts";
import { allOf, type ListOptions } from "./pages.ts";
import { pathOf } from "./query.ts";

/** Opens, lists and ends viewer sessions. */
export interface ViewerSessions {
  /**
   * Opens a session. Needs the scope `events:read`. A repeat would open a second one, so the call isn't retried without a response
   * (`timeout`, `unreachable`): open another then; the lost one expires. Throws `request-invalid`, `not-allowed`, `organization-closed`.
   */
  open(session: Lenient<NewViewerSession>, options?: CallOptions): Promise<ViewerSession>;
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
  open: async (session, options) => {
    const body = { ...session, organization: settings.organization };
    const sending = { path: "/viewer-sessions", body, ...options };
    return postOnce({ ...settings, base: settings.service }, sending, plain<ViewerSession>);
  },
  list: (options) => allOf(settings, { path: pathOf("viewer-sessions"), name: "viewerSessions" }, options),
  end: async (id, options) => remove(settings, { path: pathOf("viewer-sessions", id), ...options }),
});
