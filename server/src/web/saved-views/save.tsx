/** Saving a search under a name, and changing a saved view. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { callerOf, changeRequestOf } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import type { ListedView } from "../../saved-views/index.ts";
import { RefusedForm } from "../base/attempt.ts";
import { setFlash } from "../base/flash.ts";
import { sendFormPage } from "../base/form-page.tsx";
import { addressOf } from "../base/parameters.ts";
import { form, page } from "../base/routes.ts";
import { meanwhile, type VisiblePage, versionIn, visiblePage } from "../base/visible.ts";
import type { Exchange, Web } from "../base/web.ts";
import { filtersOf, givenIn, parametersOf, searchOf } from "./search-address.ts";
import { searchFields, typedOf, typedSearch, ViewFields, type ViewValues, viewForm } from "./view-form.tsx";
import { viewPersonOf } from "./view-person.ts";
import { changingView, visibleView } from "./visible-view.ts";

const asking = { otherwise: "name", fields: searchFields };
const changedMeanwhile =
  "Someone else changed this view after you opened this page. If you still want to change it, save again.";

export function addViewForms(app: FastifyInstance, web: Web): void {
  addNew(app, web);
  addChange(app, web);
}

function addNew(app: FastifyInstance, web: Web): void {
  const { route } = paths.saveView;
  app.get(route, page("views:save"), async (request, reply) => {
    const visible = await visiblePage(web, request);
    if (!visible.isOpen) return web.goTo(reply, paths.savedViews(visible.at));
    const given = givenIn(request.query);
    const about = { name: "", forEveryone: given.get("share")?.[0] === "yes" };
    return show(web, [request, reply], { visible, typed: typedOf(searchOf(given), about) });
  });

  app.post(route, form("views:save"), async (request, reply) => {
    const visible = await visiblePage(web, request);
    const { typed } = viewForm.read(request);
    const forEveryone = typed.forEveryone === "yes";
    const { organization } = visible;
    if (forEveryone) web.services.access.demand(callerOf(request), "views:share", organization);
    const about = { organization, person: viewPersonOf(request), forEveryone };
    const wanted = { ...about, name: typed.name, search: typedSearch(typed) };
    const { initiator } = changeRequestOf(request);
    const done = await web.attempt(() => web.services.savedViews.save({ ...wanted, initiator }), asking);
    if (done instanceof RefusedForm) return show(web, [request, reply], { visible, typed, refused: done });
    return opened(web, reply, { visible, view: done, word: "view-saved" });
  });
}

function addChange(app: FastifyInstance, web: Web): void {
  const { route } = paths.changeView;
  app.get(route, page("views:save"), async (request, reply) => {
    const { visible, view } = await visibleView(web, request);
    return show(web, [request, reply], { visible, view, typed: typedOf(view.search, view) });
  });

  app.post(route, form("views:save"), async (request, reply) => {
    const { visible, view } = await visibleView(web, request);
    const { typed, also } = viewForm.read(request, ["version"]);
    const change = { ...changingView(request, { visible, view }), ifVersion: versionIn(also.version) };
    const wanted = { name: typed.name, search: typedSearch(typed) };
    const done = await web.attempt(() => web.services.savedViews.change({ ...change, ...wanted }), asking);
    if (done instanceof RefusedForm) {
      const refused = meanwhile(done, { field: "name", message: changedMeanwhile });
      return show(web, [request, reply], { visible, view, typed, refused });
    }
    return opened(web, reply, { visible, view: done, word: "view-changed" });
  });
}

/** The list with that view. */
function opened(
  web: Web,
  reply: FastifyReply,
  { visible, view, word }: { visible: VisiblePage; view: ListedView; word: string },
): FastifyReply {
  setFlash(reply, word);
  return web.goTo(reply, addressOf(paths.activity(visible.at), parametersOf(view.search)));
}

interface ViewFormPage {
  readonly visible: VisiblePage;
  /** Absent for a new one. */
  readonly view?: ListedView;
  readonly typed: ViewValues;
  readonly refused?: RefusedForm;
}

function show(
  web: Web,
  exchange: [FastifyRequest, FastifyReply] | Exchange,
  { visible, view, typed, refused }: ViewFormPage,
): Promise<FastifyReply> {
  // filters that were left out can be chosen again
  const before = view === undefined ? [] : filtersOf(view.search).map((pair) => pair.join("="));
  const filters = [...new Set([...before, ...typed.filters])];
  const title = view === undefined ? "Save view" : "Change view";
  const action =
    view === undefined ? paths.saveView(visible.at) : paths.changeView({ ...visible.at, view: view.id });
  const back =
    view === undefined
      ? { href: addressOf(paths.activity(visible.at), parametersOf(typedSearch(typed))), text: "Activity" }
      : { href: paths.savedViews(visible.at), text: "Saved views" };
  return sendFormPage(web, exchange, {
    ...{ title, action, back, refused },
    organization: visible.organization,
    section: "activity",
    submit: view === undefined ? "Save view" : "Save",
    children: (
      <>
        {view !== undefined && <input type="hidden" name="version" value={view.version} />}
        <ViewFields
          {...{ typed, refused, filters }}
          asksWhose={view === undefined && visible.may("views:share")}
        />
      </>
    ),
  });
}
