/** The resource of an organization's API clients: add, list, read, rename, rotate, revoke, delete, history. */
import type { IssuedApiClient as ShownIssuedApiClient } from "daybook/internal";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { IssuedApiClient, TaggedApiClient } from "../../api-clients/index.ts";
import {
  baseOf,
  bodyReader,
  callerOf,
  changeRequestOf,
  historyPageOf,
  listPageOf,
  organizationOf,
  orNone,
  sendJsonPage,
  sendListPage,
  sendTagged,
  versionOf,
} from "../../http/index.ts";
import { type Query, readParameters, single } from "../../query-string/index.ts";
import type { RequestServices } from "../../services.ts";
import * as schemas from "../schemas/api-clients.ts";
import { smallBody } from "../schemas/pieces.ts";

const all = "/v1/organizations/:org/api-clients";
const one = `${all}/:client`;
const readNew = bodyReader(schemas.NewApiClient);
const readRename = bodyReader(schemas.RenameApiClient);
const readRotate = orNone(bodyReader(schemas.RotateApiClient), {});
const readRevoke = orNone(bodyReader(schemas.RevokeApiClient), {});

const reading = { action: "api-clients:read" } as const;
const changing = { action: "api-clients:change" } as const;
const ending = { action: "api-clients:end" } as const;

type ApiClientServices = Pick<RequestServices, "access" | "people" | "search" | "apiClients">;

/** Registers the routes. */
export function addApiClients(app: FastifyInstance, services: ApiClientServices): void {
  addReading(app, services);
  addAdding(app, services);
  addChanging(app, services);
  addEnding(app, services);
}

function addReading(app: FastifyInstance, services: ApiClientServices): void {
  const { apiClients, search } = services;
  app.get(all, { config: reading, schema: schemas.listApiClients }, async (request, reply) => {
    const { after, limit } = listPageOf(request, "API clients");
    const organization = await organizationOf(request, services);
    const items = await apiClients.list(organization, { after, limit: limit + 1 });
    const list = { kind: "API clients", name: "apiClients", items, limit };
    return sendListPage(request, reply, {
      ...list,
      keyOf: ({ client }) => client.id,
      shown: ({ client }) => client,
    });
  });

  app.get(one, { config: reading, schema: schemas.readApiClient }, async (request, reply) => {
    readParameters(request.query as Query, []);
    const organization = await organizationOf(request, services);
    const { client, version } = await apiClients.show(organization, clientOf(request));
    return sendTagged(reply, client, version);
  });

  app.get(
    `${one}/history`,
    { config: reading, schema: schemas.readApiClientHistory },
    async (request, reply) => {
      const { recordedBy, ...page } = historyPageOf(request);
      const organization = await organizationOf(request, services);
      const id = clientOf(request);
      await apiClients.demandKnown(organization, id);
      const filter = { targets: [`api_client:${id}`], recordedBy };
      return sendJsonPage(request, reply, await search.eventsJson(organization, { ...page, filter }));
    },
  );
}

function addAdding(app: FastifyInstance, services: ApiClientServices): void {
  app.post(
    all,
    { config: changing, schema: schemas.addApiClient, bodyLimit: smallBody },
    async (request, reply) => {
      readParameters(request.query as Query, []);
      const organization = await organizationOf(request, services);
      const caller = callerOf(request);
      const creatorId = caller.kind === "user" ? caller.user.userId : null;
      const wanted = { organization, creatorId, ...readNew(request), ...changeRequestOf(request) };
      const issued = await services.apiClients.add(wanted);
      const path = `${baseOf(request)}/v1/organizations/${organization.slug}/api-clients/${issued.client.id}`;
      reply.code(201).header("location", path);
      return sendTagged(reply, shownIssued(issued), issued.version);
    },
  );
}

function addChanging(app: FastifyInstance, services: ApiClientServices): void {
  const { apiClients } = services;
  app.patch(
    one,
    { config: changing, schema: schemas.renameApiClient, bodyLimit: smallBody },
    async (request, reply) => {
      const about = await askedOf(request, services);
      const { name } = readRename(request);
      const change = { ...about, name, ifVersion: versionOf(request), idempotency: undefined };
      const { client, version } = await apiClients.rename(change);
      return sendTagged(reply, client, version);
    },
  );

  app.post(
    `${one}/rotate`,
    { config: changing, schema: schemas.rotateApiClient, bodyLimit: smallBody },
    async (request, reply) => {
      const about = await askedOf(request, services);
      const issued = await apiClients.rotate({ ...about, ...readRotate(request) });
      return sendTagged(reply, shownIssued(issued), issued.version);
    },
  );
}

function addEnding(app: FastifyInstance, services: ApiClientServices): void {
  const { apiClients } = services;
  app.post(
    `${one}/revoke`,
    { config: ending, schema: schemas.revokeApiClient, bodyLimit: smallBody },
    async (request, reply) => {
      const about = await askedOf(request, services);
      const { client, version }: TaggedApiClient = await apiClients.revoke({
        ...about,
        ...readRevoke(request),
      });
      return sendTagged(reply, client, version);
    },
  );

  app.delete(one, { config: ending, schema: schemas.deleteApiClient }, async (request, reply) => {
    const about = await askedOf(request, services, ["reason"]);
    const reason = single(readParameters(request.query as Query, ["reason"]), "reason");
    await apiClients.delete({ ...about, reason });
    return reply.code(204).send();
  });
}

const clientOf = (request: FastifyRequest): string => (request.params as { client: string }).client;

/** The inputs of a change of the client in the address. */
async function askedOf(
  request: FastifyRequest,
  services: ApiClientServices,
  parameters: readonly string[] = [],
): Promise<AskedOfClient> {
  readParameters(request.query as Query, parameters);
  const organization = await organizationOf(request, services);
  return { organization, id: clientOf(request), ...changeRequestOf(request) };
}

type AskedOfClient = Omit<Parameters<RequestServices["apiClients"]["delete"]>[0], "reason">;

const shownIssued = ({ client, token }: IssuedApiClient): ShownIssuedApiClient =>
  token === undefined ? client : { ...client, token };
