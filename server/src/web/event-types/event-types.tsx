/**
 * The pages of event types: the catalogue for everyone, also the service's for signed-in people, and the types that an organization may use
 * for its readers; a list of all, and a page for each.
 */
import { type EventType, eventTypes } from "daybook/catalogue";
import { DaybookError } from "daybook/internal";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { VNode } from "preact";
import { paths } from "../../paths.ts";
import { page } from "../base/routes.ts";
import { visiblePage } from "../base/visible.ts";
import type { Web } from "../base/web.ts";
import { AllTypes, type EventTypesList, OneType } from "./content.tsx";

// open to everyone, like signing in: the catalogue's own action would not authenticate, and the reader's header would be missing
const open = page("sign-in");

export function addEventTypes(app: FastifyInstance, web: Web): void {
  const at = { path: paths.eventTypes() };
  app.get(paths.eventTypes.route, open, async (request, reply) => {
    // strangers see the built-in types; the types of the service are for its users
    const isKnown = request.caller !== undefined && request.caller.kind !== "nobody";
    const types = isKnown ? await web.services.eventTypes.listOfService() : eventTypes;
    return web.send(request, reply, { title: "Event types", ...shown(request, types, at) });
  });

  app.get(paths.organizationEventTypes.route, page("event-types:read"), async (request, reply) => {
    const { organization, at: here } = await visiblePage(web, request);
    const types = await web.services.eventTypes.list(organization.organizationId);
    const of = { path: paths.organizationEventTypes(here), organization, settings: paths.settings(here) };
    return web.send(request, reply, {
      title: "Event types",
      organization,
      section: "settings",
      ...shown(request, types, of),
    });
  });
}

/** The list, or the one type in the query: a name can have slashes, which proxies rewrite in a path. */
function shown(
  request: FastifyRequest,
  types: readonly EventType[],
  at: EventTypesList,
): { content: VNode; title?: string } {
  const { type: name } = request.query as { type?: string | string[] };
  if (name === undefined) return { content: <AllTypes types={types} at={at} /> };
  const type = types.find((each) => each.name === name);
  if (type === undefined) throw new DaybookError("event-type-not-found");
  return { title: type.title, content: <OneType type={type} at={at} /> };
}
