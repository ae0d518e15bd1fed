/** The page of an API client: its data, who changed it last, and its history; for a deleted one, its history. */
import { eventType } from "daybook/catalogue";
import { DaybookError, type RecordedEvent } from "daybook/internal";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { organizationOf, type RequestOrganization } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { addressOf } from "../base/parameters.ts";
import { actorPath, targetPath } from "../base/party-paths.ts";
import { readerOf } from "../base/reader.ts";
import { page } from "../base/routes.ts";
import type { Web } from "../base/web.ts";
import { recordersOf } from "../event-card/recorders.ts";
import { type Reported, reportedAtOnce } from "../event-card/reported.tsx";
import { type Client, idOf, mayChange } from "./places.ts";
import { Deleted, Shown } from "./show-content.tsx";

/** The types of events that change a client, and so name who changed it last. */
const changing: readonly string[] = [
  "API_CLIENT_ADDED",
  "API_CLIENT_UPDATED",
  "API_CLIENT_TOKEN_ROTATED",
  "API_CLIENT_REVOKED",
  "API_CLIENT_DELETED",
];
/** Events per page. */
const limit = 25;
const title = "API client";
const sentences = {
  "api-client-renamed": "API client renamed.",
  "api-client-revoked": "API client revoked. Its token no longer works.",
};

export function addShowing(app: FastifyInstance, web: Web): void {
  app.get(paths.client.route, page("api-clients:read"), async (request, reply) => {
    const organization = await organizationOf(request, web.services);
    const id = idOf(request);
    const client = await clientOrDeleted(web, organization, id);
    const cursor = cursorOf(request);
    const which = { organization, id };
    const { events, next } = await eventsOf(web, which, { cursor, limit });
    const reported = cursor === undefined ? await reportedOf(web, which) : undefined;
    const recorderOf = await recordersOf(web.services, {
      events: reported?.events ?? [],
      typeOf: (event) => eventType(event.type),
      rowScope: organization.view.rowScope,
      mayOpen: true,
    });
    const { zone } = readerOf(request);
    const at = { org: organization.slug, client: id };
    const path = paths.client(at);
    const history = {
      events,
      reported,
      recorderOf,
      zone,
      now: Date.now(),
      newest: cursor === undefined ? undefined : path,
      own: actorPath(organization.slug, { type: "api_client", id }),
      older: next === null ? undefined : `${path}?cursor=${encodeURIComponent(next)}`,
    };
    const list = paths.clients({ org: organization.slug });
    const content =
      client === undefined ? (
        <Deleted list={list} history={history} />
      ) : (
        <Shown
          {...{ list, at, client, history }}
          lastChange={await lastChangeOf(web, organization, id)}
          mayChange={mayChange(request, web.services, organization)}
        />
      );
    return web.send(request, reply, {
      title,
      organization,
      section: "api-clients",
      sentences,
      hasTimes: true,
      content,
    });
  });
}

function cursorOf(request: FastifyRequest): string | undefined {
  const { cursor } = request.query as { cursor?: unknown };
  return typeof cursor === "string" ? cursor : undefined;
}

/** Undefined if it is deleted. Throws `api-client-not-found` if it never existed. */
async function clientOrDeleted(
  { services: { apiClients } }: Web,
  organization: RequestOrganization,
  id: string,
): Promise<Client | undefined> {
  try {
    return (await apiClients.show(organization, id)).client;
  } catch (error) {
    if (!(error instanceof DaybookError) || error.code !== "api-client-not-found") throw error;
    await apiClients.demandKnown(organization, id);
    return undefined;
  }
}

interface ShowParameters {
  readonly organization: RequestOrganization;
  readonly id: string;
}
interface Part {
  readonly cursor: string | undefined;
  readonly limit: number;
  readonly types?: readonly string[];
}

/** What Daybook did to it; reports of others are not part of its history. */
const eventsOf = (
  { services: { search } }: Web,
  { organization, id }: ShowParameters,
  { types, ...part }: Part,
): ReturnType<typeof search.events> => {
  const targets = [`api_client:${id}`];
  const filter = { targets, recordedBy: "daybook" as const };
  return search.events(organization, {
    ...part,
    filter: types === undefined ? filter : { ...filter, types },
  });
};

async function reportedOf(
  { services: { search } }: Web,
  { organization, id }: ShowParameters,
): Promise<Reported | undefined> {
  const target = { type: "api_client", id };
  const filter = { targets: [`api_client:${id}`], recordedBy: "others" as const };
  const page = { filter, cursor: undefined, limit: reportedAtOnce };
  const { events, next } = await search.events(organization, page);
  if (events.length === 0) return undefined;
  const all = addressOf(targetPath(organization.slug, target), new Map([["recordedBy", ["others"]]]));
  return { events, all: next === null ? undefined : all };
}

async function lastChangeOf(
  web: Web,
  organization: RequestOrganization,
  id: string,
): Promise<RecordedEvent | undefined> {
  const part = { types: changing, cursor: undefined, limit: 1 };
  return (await eventsOf(web, { organization, id }, part)).events[0];
}
