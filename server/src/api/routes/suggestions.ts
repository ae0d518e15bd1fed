/** What helps to ask for events of an organization: suggestions of values, and a breakdown of what was found. */
import type { FastifyInstance } from "fastify";
import { organizationOf, sendJson } from "../../http/index.ts";
import type { Query } from "../../query-string/index.ts";
import { parseBreakdownRequest, parseSuggestionRequest } from "../../search/index.ts";
import type { RequestServices } from "../../services.ts";
import * as schemas from "../schemas/events.ts";

interface AskingRoute {
  Params: { org: string };
  Querystring: Query;
}

const events = "/v1/organizations/:org/events";

/** Registers the routes. */
export function addSuggestions(app: FastifyInstance, services: RequestServices): void {
  const { eventTypes, search } = services;
  app.get<AskingRoute>(
    `${events}/suggestions`,
    { config: { action: "events:read" }, schema: schemas.suggest },
    async (request, reply) => {
      const organization = await organizationOf(request, services, "lately");
      const asked = parseSuggestionRequest(request.query);
      const types = asked.kind === "type" ? await eventTypes.list(organization.organizationId) : [];
      return sendJson(reply, { suggestions: await search.suggestions(organization, { ...asked, types }) });
    },
  );

  app.get<AskingRoute>(
    `${events}/breakdown`,
    { config: { action: "events:read" }, schema: schemas.breakDownEvents },
    async (request, reply) => {
      const asked = parseBreakdownRequest(request.query);
      const organization = await organizationOf(request, services);
      const types = await eventTypes.list(organization.organizationId);
      return sendJson(reply, await search.breakdown(organization, { ...asked, types }));
    },
  );
}
