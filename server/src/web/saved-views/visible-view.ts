/** The saved view of a page, within its organization. */
import type { FastifyRequest } from "fastify";
import { changeRequestOf } from "../../http/index.ts";
import type { ChangingView, ListedView } from "../../saved-views/index.ts";
import { paramOf, type VisiblePage, visiblePage } from "../base/visible.ts";
import type { Web } from "../base/web.ts";
import { viewPersonOf } from "./view-person.ts";

interface VisibleView {
  readonly visible: VisiblePage;
  readonly view: ListedView;
}

/** Throws `organization-not-found`, `view-not-found`, and `not-allowed` for readers who may not do the route's action. */
export async function visibleView(web: Web, request: FastifyRequest): Promise<VisibleView> {
  const visible = await visiblePage(web, request);
  const view = await web.services.savedViews.view(
    visible.place,
    viewPersonOf(request),
    paramOf(request, "view"),
  );
  return { visible, view };
}

/** The inputs of its change. */
export const changingView = (request: FastifyRequest, { visible, view }: VisibleView): ChangingView => ({
  organization: visible.organization,
  person: viewPersonOf(request),
  viewId: view.id,
  mayShare: visible.may("views:share"),
  initiator: changeRequestOf(request).initiator,
});
