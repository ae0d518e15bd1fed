/** The resource of event types: the catalogue for everyone, an organization's with its own, and registering one. */
import type { EventType } from "daybook/catalogue";
import { DaybookError } from "daybook/error";
import { readJson } from "daybook/event";
import type { FastifyInstance } from "fastify";
import { registerEventType, warningsOf } from "../../event-types/index.ts";
import { type Query, readParameters, wholeNumber } from "../../search/index.ts";
import { sendJson } from "../answers.ts";
import { askedBy } from "../asked.ts";
import { bytesOf, jsonType } from "../bodies.ts";
import { organizationOf } from "../organization-of.ts";
import type { ApiRooms } from "../rooms.ts";
import * as schemas from "../schemas/event-types.ts";
import { definitionBody } from "../schemas/pieces.ts";

interface OfOrganization {
  Params: { org: string; type: string };
  Querystring: Query;
}

const ofAll = "/v1/event-types";
const ofOne = "/v1/organizations/:org/event-types";
/** No organization has this number among those with types of their own: only the catalogue answers. */
const reserved = 0;

/** Registers the routes. */
export function addEventTypes(app: FastifyInstance, rooms: ApiRooms): void {
  addCatalogue(app, rooms);
  const { eventTypes, log } = rooms;

  app.get<OfOrganization>(
    ofOne,
    { config: { action: "event-types:read" }, schema: schemas.listOwnEventTypes },
    async (request, reply) => {
      readParameters(request.query, []);
      const organization = await organizationOf(request, rooms);
      return sendJson(reply, { eventTypes: await eventTypes.list(organization.organizationId) });
    },
  );

  app.get<OfOrganization>(
    `${ofOne}/:type`,
    { config: { action: "event-types:read" }, schema: schemas.readOwnEventType },
    async (request, reply) => {
      const version = versionOf(request.query);
      const organization = await organizationOf(request, rooms);
      const known = await eventTypes.find(organization.organizationId, request.params.type, version);
      return sendJson(reply, found(known?.type));
    },
  );

  app.post<OfOrganization>(
    ofOne,
    {
      config: { action: "event-types:register" },
      schema: schemas.registerEventType,
      bodyLimit: definitionBody,
    },
    async (request, reply) => {
      readParameters(request.query, []);
      const organization = await organizationOf(request, rooms);
      const definition = readJson(bytesOf(request, [jsonType]).body);
      const { by, idempotency } = askedBy(request);
      const { type, registered } = await registerEventType(
        { log, types: eventTypes },
        { organization, definition, ...by, idempotency },
      );
      reply.code(registered ? 201 : 200);
      reply.header("location", `/v1/organizations/${organization.slug}/event-types/${type.name}`);
      const warnings = warningsOf(type);
      return sendJson(reply, warnings.length === 0 ? type : { ...type, warnings });
    },
  );
}

function addCatalogue(app: FastifyInstance, { eventTypes }: ApiRooms): void {
  app.get<{ Querystring: Query }>(
    ofAll,
    { config: { action: "catalogue:read" }, schema: schemas.listEventTypes },
    async (request, reply) => {
      readParameters(request.query, []);
      return sendJson(reply, { eventTypes: await eventTypes.list() });
    },
  );

  app.get<{ Params: { type: string }; Querystring: Query }>(
    `${ofAll}/:type`,
    { config: { action: "catalogue:read" }, schema: schemas.readEventType },
    async (request, reply) => {
      const known = await eventTypes.find(reserved, request.params.type, versionOf(request.query));
      return sendJson(reply, found(known?.type));
    },
  );
}

/** The version asked for; undefined: the newest. */
function versionOf(query: Query): number | undefined {
  const version = wholeNumber(readParameters(query, ["version"]), "version", {
    min: 0,
    max: 1e6,
    fallback: 0,
  });
  return version === 0 ? undefined : version;
}

function found(type: EventType | undefined): EventType {
  if (type === undefined) throw new DaybookError("event-type-not-found");
  return type;
}
