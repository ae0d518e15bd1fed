/** The saved views of an organization: one's own and the shared ones, with what can be done with each; and their pages. */
import type { FastifyInstance } from "fastify";
import type { VNode } from "preact";
import { paths } from "../../paths.ts";
import type { ListedView } from "../../saved-views/index.ts";
import { addressOf, withValues } from "../base/parameters.ts";
import { page } from "../base/routes.ts";
import { type VisiblePage, visiblePage } from "../base/visible.ts";
import type { Web } from "../base/web.ts";
import { A } from "../kit/address/address.tsx";
import { EmptyState } from "../kit/components/empty-state/empty-state.tsx";
import { ItemList } from "../kit/components/item-list/item-list.tsx";
import { BackLink } from "../kit/components/links/links.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { inWords } from "./in-words.tsx";
import { addViewRemoval } from "./remove.tsx";
import { addViewForms } from "./save.tsx";
import { parametersOf } from "./search-address.ts";
import { viewPersonOf } from "./view-person.ts";

export function addSavedViews(app: FastifyInstance, web: Web): void {
  app.get(paths.savedViews.route, page("views:read"), async (request, reply) => {
    const visible = await visiblePage(web, request);
    const views = await web.services.savedViews.list(visible.place, viewPersonOf(request));
    return web.send(request, reply, {
      title: "Saved views",
      organization: visible.organization,
      section: "activity",
      sentences: { "view-deleted": "View deleted." },
      content: <SavedViewsPage visible={visible} views={views} />,
    });
  });
  addViewForms(app, web);
  addViewRemoval(app, web);
}

interface SavedViewsPageProps {
  readonly visible: VisiblePage;
  readonly views: readonly ListedView[];
}

const SavedViewsPage = ({ visible, views }: SavedViewsPageProps): VNode => (
  <>
    <BackLink href={paths.activity(visible.at)}>Activity</BackLink>
    <PageHeading title="Saved views">
      A saved view is a search under a name. It stands above the list of events.
    </PageHeading>
    {views.length === 0 && (
      <EmptyState title="There are no saved views.">
        <p>Search or filter the list of events, then select Save view.</p>
      </EmptyState>
    )}
    <Group
      title="Only you see these"
      views={views.filter(({ forEveryone }) => !forEveryone)}
      visible={visible}
    />
    <Group title="Shared" views={views.filter(({ forEveryone }) => forEveryone)} visible={visible} />
  </>
);

const Group = ({ title, views, visible }: SavedViewsPageProps & { readonly title: string }): VNode | null =>
  views.length === 0 ? null : (
    <>
      <h2>{title}</h2>
      <ItemList
        items={views.map((view) => ({
          title: (
            <A href={addressOf(paths.activity(visible.at), parametersOf(view.search))}>
              <Name name={view.name} />
            </A>
          ),
          note: <span class="db-break">{inWords(view.search)}</span>,
          aside: <Sharing view={view} visible={visible} />,
          actions: <Actions view={view} visible={visible} />,
        }))}
      />
    </>
  );

interface ActionsProps {
  readonly view: ListedView;
  readonly visible: VisiblePage;
}

/** What a link is about, for screen readers. */
const Of = ({ view }: Pick<ActionsProps, "view">): VNode => (
  <span class="govuk-visually-hidden">
    {" "}
    <Name name={view.name} />
  </span>
);

const Sharing = ({ view, visible }: ActionsProps): VNode | null => {
  if (view.forEveryone || !visible.mayChange("views:share")) return null;
  const copy = withValues(parametersOf(view.search), "share", ["yes"]);
  return (
    <A href={addressOf(paths.saveView(visible.at), copy)}>
      Share a copy
      <Of view={view} />
    </A>
  );
};

const Actions = ({ view, visible }: ActionsProps): VNode | null => {
  const at = { ...visible.at, view: view.id };
  if (!visible.mayChange(view.forEveryone ? "views:share" : "views:save")) return null;
  return (
    <>
      <A href={paths.changeView(at)}>
        Change
        <Of view={view} />
      </A>
      <A href={paths.deleteView(at)}>
        Delete
        <Of view={view} />
      </A>
    </>
  );
};
