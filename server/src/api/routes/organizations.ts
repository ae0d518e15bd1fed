/** The resource of organizations: create, list, read, rename, close. */
import { formatTime, type Organization } from "daybook/internal";
import type { FastifyInstance } from "fastify";
import {
  baseOf,
  bodyReader,
  callerOf,
  changeRequestOf,
  listPageOf,
  organizationOf,
  orNone,
  type RequestOrganization,
  sendJson,
  sendListPage,
  sendTagged,
  versionOf,
  whoseOrganizations,
} from "../../http/index.ts";
import { type Query, readParameters } from "../../query-string/index.ts";
import type { RequestServices } from "../../services.ts";
import * as schemas from "../schemas/organizations.ts";
import { smallBody } from "../schemas/pieces.ts";

const all = "/v1/organizations";
const one = `${all}/:org`;
const readNew = bodyReader(schemas.NewOrganization);
const readClose = orNone(bodyReader(schemas.CloseOrganization), {});
const readRename = bodyReader(schemas.RenameOrganization);

/** Registers the routes. */
export function addOrganizations(app: FastifyInstance, services: RequestServices): void {
  addAll(app, services);
  addOne(app, services);
}

function addAll(app: FastifyInstance, { people }: RequestServices): void {
  app.post(
    all,
    {
      config: { action: "organizations:add" },
      schema: schemas.addOrganization,
      bodyLimit: smallBody,
    },
    async (request, reply) => {
      readParameters(request.query as Query, []);
      const organization = await people.createOrganization({
        ...readNew(request),
        ...changeRequestOf(request),
      });
      reply.code(201).header("location", `${baseOf(request)}${all}/${organization.slug}`);
      return sendTagged(reply, shown(organization), organization.version);
    },
  );

  app.get(
    all,
    { config: { action: "organizations:list" }, schema: schemas.listOrganizations },
    async (request, reply) => {
      const { after, limit } = listPageOf(request, "organizations");
      const items = await people.organizations(whoseOrganizations(callerOf(request)), {
        after,
        limit: limit + 1,
      });
      const list = { kind: "organizations", name: "organizations", items, limit, shown };
      return sendListPage(request, reply, { ...list, keyOf: ({ slug }) => slug });
    },
  );
}

function addOne(app: FastifyInstance, services: RequestServices): void {
  const { people } = services;
  app.get(
    one,
    { config: { action: "organization:read" }, schema: schemas.readOrganization },
    async (request, reply) => {
      readParameters(request.query as Query, []);
      const organization = await organizationOf(request, services);
      return sendTagged(reply, shown(organization), organization.version);
    },
  );

  app.patch(
    one,
    {
      config: { action: "organization:change" },
      schema: schemas.renameOrganization,
      bodyLimit: smallBody,
    },
    async (request, reply) => {
      readParameters(request.query as Query, []);
      const organization = await organizationOf(request, services);
      const change = { organization, details: readRename(request), ifVersion: versionOf(request) };
      const renamed = await people.changeSettings({ ...change, ...changeRequestOf(request) });
      return sendTagged(reply, shown(renamed), renamed.version);
    },
  );

  app.post(
    `${one}/close`,
    {
      config: { action: "organization:close" },
      schema: schemas.closeOrganization,
      bodyLimit: smallBody,
    },
    async (request, reply) => {
      readParameters(request.query as Query, []);
      const organization = await organizationOf(request, services);
      const change = { organization, ...readClose(request), ...changeRequestOf(request) };
      return sendJson(reply, shown(await people.closeOrganization(change)));
    },
  );
}

/** An organization in a response: times as text, without the internal number. */
const shown = ({ id, slug, name, createdAt, closedAt }: Omit<RequestOrganization, "view">): Organization => ({
  id,
  slug,
  name,
  createdAt: formatTime(createdAt),
  closedAt: closedAt === null ? null : formatTime(closedAt),
});
