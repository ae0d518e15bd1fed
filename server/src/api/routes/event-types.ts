/**
 * The resource of event types: the catalogue for everyone, the types that an organization may use, and registering one. In the reserved
 * organization, types are registered for the whole service. `?type=` names a type, because names can have slashes.
 */
import type { EventType } from "daybook/catalogue";
import { DaybookError, readJson } from "daybook/internal";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { registerEventType, warningsOf } from "../../event-types/index.ts";
import {
  afterOf,
  bytesOf,
  changeRequestOf,
  jsonType,
  organizationOf,
  sendJson,
  sendListPage,
} from "../../http/index.ts";
import {
  type Query,
  readParameters,
  refuseParameter,
  single,
  wholeNumber,
} from "../../query-string/index.ts";
import type { RequestServices } from "../../services.ts";
import * as schemas from "../schemas/event-types.ts";
import { definitionBody } from "../schemas/pieces.ts";

interface OrganizationTypesRoute {
  Params: { org: string };
  Querystring: Query;
}

const ofAll = "/v1/event-types";
const ofOne = "/v1/organizations/:org/event-types";
const kind = "event-types";
/** The first page has the whole catalogue. */
const typesOnPage = { min: 1, max: 1_000, fallback: 200 };

/** Registers the routes. */
export function addEventTypes(app: FastifyInstance, services: RequestServices): void {
  const { eventTypes, log } = services;

  app.get<{ Querystring: Query }>(
    ofAll,
    { config: { action: "catalogue:read" }, schema: schemas.listEventTypes },
    async (request, reply) => answer([request, reply], eventTypes, undefined),
  );

  app.get<OrganizationTypesRoute>(
    ofOne,
    { config: { action: "event-types:read" }, schema: schemas.listOwnEventTypes },
    async (request, reply) => {
      const { organizationId } = await organizationOf(request, services);
      return answer([request, reply], eventTypes, organizationId);
    },
  );

  app.post<OrganizationTypesRoute>(
    ofOne,
    {
      config: { action: "event-types:register" },
      schema: schemas.registerEventType,
      bodyLimit: definitionBody,
    },
    async (request, reply) => {
      readParameters(request.query, []);
      const organization = await organizationOf(request, services);
      const definition = readJson(bytesOf(request, [jsonType]).body);
      const { initiator, idempotency } = changeRequestOf(request);
      const { type, registered } = await registerEventType(
        { log, types: eventTypes },
        { organization, definition, ...initiator, idempotency },
      );
      reply.code(registered ? 201 : 200);
      // relative, so that it is right below any path of a proxy
      reply.header("location", `?${new URLSearchParams({ type: type.name, version: String(type.version) })}`);
      const warnings = warningsOf(type);
      return sendJson(reply, warnings.length === 0 ? type : { ...type, warnings });
    },
  );
}

/** A page of the types that an organization may use, or of the catalogue; or the one type in the query. */
async function answer(
  [request, reply]: [FastifyRequest, FastifyReply],
  types: RequestServices["eventTypes"],
  organizationId: number | undefined,
): Promise<FastifyReply> {
  const parameters = readParameters(request.query as Query, ["type", "version", "cursor", "limit"]);
  const limit = wholeNumber(parameters, "limit", typesOnPage);
  const after = afterOf(kind, single(parameters, "cursor"));
  const version = parameters.has("version")
    ? wholeNumber(parameters, "version", { min: 1, max: 1e6, fallback: 1 })
    : undefined;
  const name = single(parameters, "type");
  if (version !== undefined && name === undefined)
    throw refuseParameter("version", "needs 'type' beside it.", "Name the type whose version it is.");
  const items =
    name === undefined
      ? pageAfter(await types.list(organizationId), after)
      : await named(types, { organizationId, name, version });
  return sendListPage(request, reply, {
    kind,
    name: "eventTypes",
    items,
    limit,
    keyOf: (type: EventType) => type.name,
    shown: (type) => type,
  });
}

/** The catalogue has its own order; custom types follow by name. One of them may be newer than the cursor. */
function pageAfter(all: readonly EventType[], after: string | undefined): readonly EventType[] {
  if (after === undefined) return all;
  const at = all.findIndex(({ name }) => name === after);
  if (at >= 0) return all.slice(at + 1);
  return all.filter(({ about, name }) => about === "custom" && name > after);
}

interface TypeReference {
  readonly organizationId: number | undefined;
  readonly name: string;
  readonly version: number | undefined;
}

async function named(
  types: RequestServices["eventTypes"],
  { organizationId, name, version }: TypeReference,
): Promise<EventType[]> {
  const known =
    organizationId === undefined
      ? types.ours(name, version)
      : await types.find(organizationId, name, version);
  if (known === undefined) throw new DaybookError("event-type-not-found");
  return [known.type];
}
