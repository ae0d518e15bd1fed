/** The page of an API client: its data, what it recorded and did, and its history; for a deleted one, all but its data. */
import { DaybookError } from "daybook/internal";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { organizationOf, type RequestOrganization } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { readerOf } from "../base/reader.ts";
import { page } from "../base/routes.ts";
import type { Web } from "../base/web.ts";
import { recordersOf } from "../event-card/recorders.ts";
import { typesOf } from "../event-card/types.ts";
import { clientEvents } from "./client-events.ts";
import { type Client, idOf, mayChange } from "./places.ts";
import { Deleted, Shown } from "./show-content.tsx";

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
    const found = await clientEvents(web, { organization, id, cursor });
    const events = [found.history, found.did, found.recorded, found.reported?.events ?? []].flat();
    const typeOf = await typesOf(web.services, events);
    const recorderOf = await recordersOf(web.services, {
      events,
      typeOf,
      rowScope: organization.view.rowScope,
      mayOpen: true,
    });
    const at = { org: organization.slug, client: id };
    const path = paths.client(at);
    const told = {
      ...{ at, found, typeOf, recorderOf },
      zone: readerOf(request).zone,
      newest: cursor === undefined ? undefined : path,
      older: found.next === null ? undefined : `${path}?cursor=${encodeURIComponent(found.next)}`,
    };
    const list = paths.clients({ org: organization.slug });
    return web.send(request, reply, {
      title,
      organization,
      section: "api-clients",
      sentences,
      hasTimes: true,
      content:
        client === undefined ? (
          <Deleted list={list} told={told} />
        ) : (
          <Shown {...{ list, client, told }} mayChange={mayChange(request, web.services, organization)} />
        ),
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
