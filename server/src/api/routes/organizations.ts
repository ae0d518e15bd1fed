/** The resource of organizations: make, list, read, rename, close. */
import { formatTime } from "daybook/event";
import type { FastifyInstance } from "fastify";
import type { KnownCaller } from "../../access/index.ts";
import type { Whose } from "../../people/index.ts";
import { type Query, readParameters } from "../../search/index.ts";
import { baseOf } from "../addresses.ts";
import { sendJson } from "../answers.ts";
import { bodyReader } from "../bodies.ts";
import { changeRequestOf } from "../change-request.ts";
import { sendTagged, versionOf } from "../etags.ts";
import { callerOf } from "../guard.ts";
import { listPageOf, sendListPage } from "../list-pages.ts";
import { type Organization, organizationOf } from "../organization-of.ts";
import type { ApiRooms } from "../rooms.ts";
import * as schemas from "../schemas/organizations.ts";
import { smallBody } from "../schemas/pieces.ts";

const all = "/v1/organizations";
const one = `${all}/:org`;
const readNew = bodyReader(schemas.NewOrganization);
const readRename = bodyReader(schemas.RenameOrganization);

/** Registers the routes. */
export function addOrganizations(app: FastifyInstance, rooms: ApiRooms): void {
  addAll(app, rooms);
  addOne(app, rooms);
}

function addAll(app: FastifyInstance, { people }: ApiRooms): void {
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

function addOne(app: FastifyInstance, rooms: ApiRooms): void {
  const { people } = rooms;
  app.get(
    one,
    { config: { action: "organization:read" }, schema: schemas.readOrganization },
    async (request, reply) => {
      readParameters(request.query as Query, []);
      const organization = await organizationOf(request, rooms);
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
      const organization = await organizationOf(request, rooms);
      const asked = { organization, details: readRename(request), ifVersion: versionOf(request) };
      const renamed = await people.changeSettings({ ...asked, ...changeRequestOf(request) });
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
      const organization = await organizationOf(request, rooms);
      return sendJson(
        reply,
        shown(await people.closeOrganization({ organization, ...changeRequestOf(request) })),
      );
    },
  );
}

/** Whose organizations a caller may know of. */
export function whoseOrganizations(caller: KnownCaller): Whose {
  switch (caller.kind) {
    case "operator":
      return "everything";
    case "user":
      return caller.user.isOperator ? "everything" : { userId: caller.user.userId };
    default:
      return { only: caller.organization };
  }
}

/** An organization as it is answered: times as text, the internal number left out. */
const shown = ({ id, slug, name, createdAt, closedAt }: Omit<Organization, "view">): ShownOrganization => ({
  id,
  slug,
  name,
  createdAt: formatTime(createdAt),
  closedAt: closedAt === null ? null : formatTime(closedAt),
});

interface ShownOrganization {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly createdAt: string;
  readonly closedAt: string | null;
}
