/** The resource of an organization's events: record, page, read one; and the global log. */
import type { FastifyInstance } from "fastify";
import type { Metrics } from "../../http/index.ts";
import {
  bytesOf,
  callerOf,
  jsonType,
  linesType,
  organizationOf,
  recordingOrganizationOf,
  sendJson,
  sendJsonPage,
  sendText,
} from "../../http/index.ts";
import { unreadEvents } from "../../log/index.ts";
import { oneOf, type Query, readParameters, single } from "../../query-string/index.ts";
import { parseHistogramRequest, parsePageRequest } from "../../search/index.ts";
import type { RequestServices } from "../../services.ts";
import { receiptsText } from "../receipts.ts";
import * as schemas from "../schemas/events.ts";

interface EventsRoute {
  Params: { org: string };
  Querystring: Query;
}
interface EventRoute {
  Params: { org: string; id: string };
  Querystring: Query;
}

const events = "/v1/organizations/:org/events";

/** Registers the routes. */
export function addEvents(
  app: FastifyInstance,
  services: RequestServices,
  metrics: Pick<Metrics, "recorded">,
): void {
  const { access, log, search } = services;
  app.post<EventsRoute>(
    events,
    { config: { action: "events:write", eventsIn: [jsonType, linesType] }, schema: schemas.recordEvents },
    async (request, reply) => {
      const caller = callerOf(request);
      const parameters = readParameters(request.query, ["receipt"]);
      const receipt = oneOf(parameters, "receipt", ["full"]);
      const organization = await recordingOrganizationOf(request, services);
      const { body, mediaType } = bytesOf(request, [jsonType, linesType]);
      const { recorded, receipts } = await log.record({
        organization,
        unread: unreadEvents(body, mediaType),
        recordedBy: caller.recordedBy,
        mayImport: access.mayDo(caller, "events:import", organization),
        mayRead: access.mayDo(caller, "events:read", organization),
        receipt,
      });
      metrics.recorded(recorded);
      return sendText(reply.code(recorded > 0 ? 201 : 200), receiptsText(receipts));
    },
  );

  app.get<EventsRoute>(
    events,
    { config: { action: "events:read" }, schema: schemas.searchEvents },
    async (request, reply) => {
      const page = parsePageRequest(request.query);
      const organization = await organizationOf(request, services, "lately");
      return sendJsonPage(request, reply, await search.eventsJson(organization, page));
    },
  );

  app.get<EventsRoute>(
    `${events}/histogram`,
    { config: { action: "events:read" }, schema: schemas.countEvents },
    async (request, reply) => {
      const histogramRequest = parseHistogramRequest(request.query);
      const organization = await organizationOf(request, services);
      return sendJson(reply, await search.histogram(organization, histogramRequest));
    },
  );

  app.get<EventRoute>(
    `${events}/:id/related`,
    { config: { action: "events:read" }, schema: schemas.readRelated },
    async (request, reply) => {
      const target = single(readParameters(request.query, ["target"]), "target");
      const organization = await organizationOf(request, services);
      return sendJson(reply, await search.neighbours(organization, { id: request.params.id, target }));
    },
  );

  app.get<EventRoute>(
    `${events}/:id`,
    { config: { action: "events:read" }, schema: schemas.readEvent },
    async (request, reply) => {
      readParameters(request.query, []);
      const organization = await organizationOf(request, services);
      return sendJson(reply, await search.event(organization, request.params.id));
    },
  );

  app.get<{ Querystring: Query }>(
    "/v1/events",
    { config: { action: "events:read-all" }, schema: schemas.searchAllEvents },
    async (request, reply) =>
      sendJsonPage(
        request,
        reply,
        await search.allEventsJson(access.everything, parsePageRequest(request.query)),
      ),
  );

  app.get<{ Querystring: Query }>(
    "/v1/events/histogram",
    { config: { action: "events:read-all" }, schema: schemas.countAllEvents },
    async (request, reply) =>
      sendJson(reply, await search.allHistogram(access.everything, parseHistogramRequest(request.query))),
  );
}
