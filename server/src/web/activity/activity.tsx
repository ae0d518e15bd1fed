/** The activity log: of all organizations, of one, of one target, of one actor. All are one page, with a filter. */

import { DaybookError, type RecordedEvent } from "daybook/internal";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Action } from "../../access/index.ts";
import { callerOf, organizationOf, type RequestOrganization } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import type { Query } from "../../query-string/index.ts";
import { keptReference } from "../../search/index.ts";
import { RefusedForm } from "../base/attempt.ts";
import { joinedWord, type Sentences } from "../base/flash.ts";
import { addressOf, withValues } from "../base/parameters.ts";
import { readerOf } from "../base/reader.ts";
import { page } from "../base/routes.ts";
import { isOpen } from "../base/visible.ts";
import type { Exchange, Web } from "../base/web.ts";
import { mayOpenClients, recordersOf } from "../event-card/recorders.ts";
import { type Reported, reportedAtOnce } from "../event-card/reported.tsx";
import { typesOf } from "../event-card/types.ts";
import { Name } from "../kit/components/marked-text/name.tsx";
import { viewsRowOf } from "../saved-views/row.tsx";
import { filesOf } from "./api-address.ts";
import { breakdownOf } from "./breakdown.tsx";
import { Activity, type ActivityProps } from "./content.tsx";
import { countOf } from "./count.tsx";
import { sendListPart } from "./list-parts.tsx";
import { type AboutParty, type Question, readQuestion } from "./question.ts";
import { spreadOf } from "./spread.ts";

/** Events per page. */
const limit = 25;

interface OfParty {
  Params: { type: string; id: string };
}

export function addActivity(app: FastifyInstance, web: Web): void {
  app.get(paths.allActivity.route, page("events:read-all"), (request, reply) =>
    show(web, [request, reply], { title: "Activity of all organizations", organization: undefined }),
  );
  // the address that people shorten: the first page of an organization
  app.get(paths.organization.route, page("events:read"), async (request, reply) => {
    const { slug } = await organizationOf(request, web.services);
    return web.goTo(reply, paths.activity({ org: slug }));
  });
  addOrganizationActivity(app, web);
}

/** The pages of one organization: here, and below the path of a viewer session. */
export function addOrganizationActivity(app: FastifyInstance, web: Web): void {
  app.get(paths.activity.route, page("events:read"), async (request, reply) =>
    showOrganization(web, [request, reply], await organizationOf(request, web.services)),
  );
  for (const name of ["target", "actor"] as const)
    app.get<OfParty>(paths[name].route, page("events:read"), async (request, reply) => {
      const { type, id } = request.params;
      return show(web, [request, reply], {
        title: `Activity of one ${name}`,
        organization: await organizationOf(request, web.services),
        about: { name, value: keptReference(`${type}:${id}`) },
      });
    });
}

const showOrganization = (
  web: Web,
  exchange: Exchange,
  organization: RequestOrganization,
): Promise<FastifyReply> =>
  show(web, exchange, {
    title: "Activity",
    organization,
    sentences: {
      "view-saved": "View saved.",
      "view-changed": "View changed.",
      [joinedWord(organization)]: (
        <>
          You have joined <Name name={organization.name} />.
        </>
      ),
    },
  });

interface ActivityHead {
  readonly title: string;
  readonly organization: RequestOrganization | undefined;
  readonly about?: AboutParty;
  readonly sentences?: Sentences;
}

async function show(web: Web, [request, reply]: Exchange, shown: ActivityHead): Promise<FastifyReply> {
  const { organization, about } = shown;
  const { zone } = readerOf(request);
  const now = Date.now();
  const view = organization?.view;
  const asGiven = readQuestion(request.query as Query, { zone, now: BigInt(now) * 1000n, about, view });
  const path = request.url.split("?", 1)[0] ?? "";
  if (asGiven.part !== undefined)
    return sendListPart(web, [request, reply], { question: asGiven, organization, path });
  const { services } = web;
  const listed = services.eventTypes.list(organization?.organizationId);
  const [types, { question, events, next, behind }, spread, reported, views] = await Promise.all([
    listed,
    readPage(web, asGiven, organization),
    spreadOf(asGiven, { services, organization, path, zone, types: listed }),
    reportedOf(web, asGiven, { organization, path }),
    about === undefined ? viewsRowOf(web, request, { organization, path, given: asGiven.given }) : undefined,
  ]);
  const shownEvents = [...events, ...(reported?.events ?? [])];
  const [typeOf, offered, breakdown, count] = await Promise.all([
    typesOf(services, shownEvents),
    offeredTo(web, request, { question, organization }),
    organization === undefined || events.length === 0
      ? null
      : breakdownOf(question, { services, organization, path }),
    countOf(question, { services, organization, path, events, hasOlder: next !== null }),
  ]);
  const recorderOf = await recordersOf(services, {
    events: shownEvents,
    typeOf,
    rowScope: organization?.view.rowScope ?? "everything",
    mayOpen: mayOpenClients(web, request, organization),
  });
  // what is wrong with the search stands at its box
  const problems = question.problems.filter(({ field }) => field !== "q");
  return web.send(request, reply, {
    title: question.isUnreadable && problems.length === 0 ? `Error: ${shown.title}` : shown.title,
    refused: problems.length > 0 ? new RefusedForm(200, problems) : undefined,
    organization,
    section: "activity",
    sentences: shown.sentences ?? {},
    hasTimes: true,
    hasAdded: [question.with, question.open, question.split].some((asked) => asked !== undefined),
    content: (
      <Activity
        {...{ events, next, behind, spread, reported, typeOf, recorderOf, types, question, path, zone, now }}
        organization={organization}
        {...{ count, breakdown }}
        {...offered}
        views={views}
        inAll={organization === undefined}
        seesContext={view?.context ?? true}
        inFrame={request.framing !== undefined}
      />
    ),
  });
}

/** The newest events that others reported about a party of Daybook's, for the first page of its history. */
async function reportedOf(
  web: Web,
  { isSplit, isUnreadable, about, given, filter, wanted, cursor }: Question,
  { organization, path }: { readonly organization: RequestOrganization | undefined; readonly path: string },
): Promise<Reported | undefined> {
  if (!isSplit || isUnreadable || about === undefined || cursor !== undefined || organization === undefined)
    return undefined;
  const page = {
    filter: { ...filter, recordedBy: "others" as const },
    wanted,
    cursor,
    limit: reportedAtOnce,
  };
  const { events, next } = await web.services.search.events(organization, page);
  if (events.length === 0) return undefined;
  const all = next === null ? undefined : addressOf(path, withValues(given, "recordedBy", ["others"]));
  return { events, all };
}

interface ActivityQuestion {
  readonly question: Question;
  readonly organization: RequestOrganization | undefined;
}

/** Links from an organization's list to other pages, for readers who may open them; none in frames. */
async function offeredTo(
  web: Web,
  request: FastifyRequest,
  { question, organization }: ActivityQuestion,
): Promise<Pick<ActivityProps, "client" | "files" | "takesEvents">> {
  if (organization === undefined || request.framing !== undefined)
    return { client: undefined, files: [], takesEvents: false };
  const may = (action: Action): boolean => web.services.access.mayDo(callerOf(request), action, organization);
  return {
    client: may("api-clients:read") ? await clientPageOf(web, { question, organization }) : undefined,
    files: may("audit-log:download") ? filesOf(question, organization) : [],
    takesEvents: isOpen(organization),
  };
}

/** The page of the one API client in the filter. Clients of other systems are targets too, and have none. */
async function clientPageOf(
  { services }: Web,
  { question, organization }: { readonly question: Question; readonly organization: RequestOrganization },
): Promise<string | undefined> {
  const [target = "", another] = question.filter.targets ?? [];
  const [, id] = /^api_client:(.+)$/s.exec(target) ?? [];
  if (id === undefined || another !== undefined) return undefined;
  try {
    await services.apiClients.demandKnown(organization, id);
    return paths.client({ org: organization.slug, client: id });
  } catch (error) {
    if (error instanceof DaybookError && error.code === "api-client-not-found") return undefined;
    throw error;
  }
}

interface ActivityRead {
  readonly question: Question;
  readonly events: readonly RecordedEvent[];
  readonly next: string | null;
  readonly behind: number;
}

/** The requested page; the newest one if its cursor is no longer valid. */
async function readPage(
  web: Web,
  question: Question,
  organization: RequestOrganization | undefined,
): Promise<ActivityRead> {
  const { search, access } = web.services;
  const { filter, wanted, organizations, times, cursor, isUnreadable } = question;
  if (isUnreadable) return { question, events: [], next: null, behind: 0 };
  const request = { filter, wanted, organizations, times, cursor, limit };
  try {
    const { events, next, searched } =
      organization === undefined
        ? await search.allEvents(access.everything, request)
        : await search.events(organization, request);
    return { question, events, next, behind: searched?.behind ?? 0 };
  } catch (error) {
    if (!(error instanceof DaybookError) || error.code !== "cursor-invalid") throw error;
    const message = "The page in this address no longer exists. These are the newest events.";
    const newest = {
      ...question,
      cursor: undefined,
      trail: [],
      problems: [...question.problems, { message }],
    };
    return readPage(web, newest, organization);
  }
}
