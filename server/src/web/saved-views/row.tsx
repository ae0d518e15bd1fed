/** The saved views above a list of events: links in one line, the current one marked, and the way to save the present search. */
import type { FastifyRequest } from "fastify";
import type { VNode } from "preact";
import { callerOf, type RequestOrganization } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { type ListedView, searchText } from "../../saved-views/index.ts";
import { addressOf, type Given } from "../base/parameters.ts";
import { isOpen } from "../base/visible.ts";
import type { Web } from "../base/web.ts";
import { A } from "../kit/address/address.tsx";
import { named } from "../kit/components/marked-text/name.tsx";
import { parametersOf, searchOf } from "./search-address.ts";
import { viewPersonOf } from "./view-person.ts";

/** The others are on the page of all views. */
const mostInRow = 20;

export interface ViewsRowProps {
  readonly views: readonly ListedView[];
  /** The path of the list. */
  readonly path: string;
  /** The page of all views; undefined where there is none. */
  readonly all: string | undefined;
  /** What the list shows now. */
  readonly given: Given;
  /** The form that saves it; undefined if the reader saves nothing. */
  readonly save: string | undefined;
}

interface ListWithViews {
  readonly organization: RequestOrganization | undefined;
  readonly path: string;
  readonly given: Given;
}

/** For the list of an organization; undefined for readers who see no views. */
export async function viewsRowOf(
  web: Web,
  request: FastifyRequest,
  { organization, path, given }: ListWithViews,
): Promise<ViewsRowProps | undefined> {
  const { access, savedViews } = web.services;
  const caller = callerOf(request);
  if (organization === undefined || !access.mayDo(caller, "views:read", organization)) return undefined;
  const { organizationId, slug: org, view } = organization;
  const person = viewPersonOf(request);
  const views = await savedViews.list({ organizationId, rowScope: view.rowScope }, person, mostInRow);
  const maySave =
    person !== undefined && isOpen(organization) && access.mayDo(caller, "views:save", organization);
  return {
    ...{ views, path, given },
    all: request.framing === undefined ? paths.savedViews({ org }) : undefined,
    save: maySave ? paths.saveView({ org }) : undefined,
  };
}

export const ViewsRow = ({ views, path, all, given, save }: ViewsRowProps): VNode | null => {
  const now = searchText(searchOf(given));
  // the layout alone is no search
  const isSaved =
    Object.keys(searchOf(given)).every((name) => name === "layout") ||
    views.some(({ search }) => searchText(search) === now);
  if (views.length === 0 && (isSaved || save === undefined)) return null;
  return (
    <nav class="db-views db-no-print" aria-label="Saved views">
      {save !== undefined && !isSaved && (
        <A class="db-chips__clear" href={addressOf(save, parametersOf(searchOf(given)))}>
          Save view
        </A>
      )}
      {all !== undefined && views.length > 0 && (
        <A class="db-chips__clear" href={all}>
          All views
        </A>
      )}
      {views.map(({ name, search }) => (
        <A
          class="db-choices__link"
          href={addressOf(path, parametersOf(search))}
          aria-current={searchText(search) === now ? "true" : undefined}
        >
          {named(name)}
        </A>
      ))}
    </nav>
  );
};
