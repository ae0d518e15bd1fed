/** The open viewer sessions of an organization: viewer, role, opener; each can be ended. */
import type { FastifyInstance } from "fastify";
import type { VNode } from "preact";
import { callerOf, changeRequestOf } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { viewerSessionKey, viewerSessionName } from "../../sign-in/index.ts";
import { RefusedForm } from "../base/attempt.ts";
import { setFlash } from "../base/flash.ts";
import { readerOf } from "../base/reader.ts";
import { roles } from "../base/roles.ts";
import { form, page } from "../base/routes.ts";
import { readHidden } from "../base/typed-form.ts";
import { type VisiblePage, visiblePage } from "../base/visible.ts";
import type { Web } from "../base/web.ts";
import { Form } from "../kit/address/address.tsx";
import { Button } from "../kit/components/button/button.tsx";
import { EmptyState } from "../kit/components/empty-state/empty-state.tsx";
import { ItemList } from "../kit/components/item-list/item-list.tsx";
import { BackLink } from "../kit/components/links/links.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { Pagination } from "../kit/components/pagination/pagination.tsx";
import { Time } from "../kit/components/time/time.tsx";
import { type ListedItems, listed } from "./listed.ts";

type ListedViewerSession = Parameters<typeof viewerSessionName>[0];

const sentences = {
  "viewer-session-ended": "Viewer session ended. Its token no longer works.",
  "viewer-session-gone": "That viewer session had already ended.",
};

export function addViewerSessionPage(app: FastifyInstance, web: Web): void {
  const { signIn } = web.services;
  app.get(paths.viewerSessions.route, page("viewer-sessions:read"), async (request, reply) => {
    const visible = await visiblePage(web, request);
    const { organization } = visible;
    const caller = callerOf(request);
    const sessions = await listed(request, {
      path: paths.viewerSessions(visible.at),
      read: (change) =>
        signIn.viewerSessions({ organization, rowScope: organization.view.rowScope, caller, ...change }),
      keyOf: viewerSessionKey,
    });
    return web.send(request, reply, {
      title: "Viewer sessions",
      organization,
      section: "settings",
      sentences,
      hasTimes: true,
      content: (
        <ViewerSessions
          {...{ sessions, at: visible.at, zone: readerOf(request).zone }}
          mayEnd={visible.may("viewer-sessions:end")}
        />
      ),
    });
  });

  app.post(paths.endViewerSession.route, form("viewer-sessions:end"), async (request, reply) => {
    const { organization, at } = await visiblePage(web, request);
    const { session: id } = readHidden(request, ["session"]);
    const { rowScope } = organization.view;
    const change = {
      organization,
      rowScope,
      caller: callerOf(request),
      id,
      initiator: changeRequestOf(request).initiator,
    };
    const done = await web.attempt(() => signIn.endViewerSession(change));
    setFlash(reply, done instanceof RefusedForm ? "viewer-session-gone" : "viewer-session-ended");
    return web.goTo(reply, paths.viewerSessions(at));
  });
}

interface ViewerSessionsProps {
  readonly sessions: ListedItems<ListedViewerSession>;
  /** The organization, for the paths of its pages. */
  readonly at: VisiblePage["at"];
  readonly mayEnd: boolean;
  readonly zone: string;
}

const ViewerSessions = ({ sessions, at, mayEnd, zone }: ViewerSessionsProps): VNode => (
  <>
    <BackLink href={paths.settings(at)}>Settings</BackLink>
    <PageHeading title="Viewer sessions">
      Applications open this log for their own users, for a few minutes. A session ends when its time is up,
      when the application loses the right to open it, or when you end it.
    </PageHeading>
    {sessions.items.length === 0 ? (
      <EmptyState title="There are no open viewer sessions." icon="users">
        <p>An application that shows the log to its own users opens sessions with its API client.</p>
      </EmptyState>
    ) : (
      <ItemList
        label="Open viewer sessions"
        items={sessions.items.map((session) => ({
          title: <Name name={viewerSessionName(session).viewer} />,
          note: <About session={session} zone={zone} />,
          aside: roles[session.role].name,
          ...(mayEnd && { actions: <End at={at} session={session} /> }),
        }))}
      />
    )}
    <Pagination newer={sessions.first} older={sessions.next} words={{ newer: "Newest", older: "Older" }} />
  </>
);

/** "Opened by API client Portal on 21 May 2026 at 2:22pm, until 2:37pm" */
const About = ({
  session,
  zone,
}: {
  readonly session: ListedViewerSession;
  readonly zone: string;
}): VNode => {
  const { opener, target } = viewerSessionName(session);
  return (
    <>
      <div>
        Opened by <Name name={opener} /> on <Time at={session.createdAt} zone={zone} />, until{" "}
        <Time at={session.expiresAt} zone={zone} />
      </div>
      {target !== undefined && (
        <div>
          Sees only{" "}
          <code>
            <Name name={target} />
          </code>
        </div>
      )}
      <div>
        Name from the application:{" "}
        <code>
          <Name name={session.viewerId} />
        </code>
      </div>
    </>
  );
};

const End = ({
  at,
  session,
}: {
  readonly at: VisiblePage["at"];
  readonly session: ListedViewerSession;
}): VNode => (
  <Form method="post" action={paths.endViewerSession(at)}>
    <input type="hidden" name="session" value={session.id} />
    <Button kind="link">
      End
      <span class="govuk-visually-hidden">
        {" "}
        the session of <Name name={viewerSessionName(session).viewer} />
      </span>
    </Button>
  </Form>
);
