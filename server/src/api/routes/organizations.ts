/** The resource of organizations: make, list, read, rename, close. */
import { createHash } from "node:crypto";
import { DaybookError } from "daybook/error";
import { formatTime } from "daybook/event";
import type { FastifyInstance } from "fastify";
import { pageLimit, type Query, readParameters, single, wholeNumber } from "../../search/index.ts";
import { sendJson, sendPage } from "../answers.ts";
import { askedBy } from "../asked.ts";
import { bodyReader } from "../bodies.ts";
import { type Organization, organizationOf } from "../organization-of.ts";
import type { ApiRooms } from "../rooms.ts";
import * as schemas from "../schemas/organizations.ts";
import { smallBody } from "../schemas/pieces.ts";

interface OneOrganization {
  Params: { org: string };
  Querystring: Query;
}

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
  app.post<{ Querystring: Query }>(
    all,
    {
      config: { action: "organizations:add" },
      schema: schemas.addOrganization,
      bodyLimit: smallBody,
    },
    async (request, reply) => {
      readParameters(request.query, []);
      const organization = await people.createOrganization({ ...readNew(request), ...askedBy(request) });
      reply.code(201).header("location", `${all}/${organization.slug}`);
      return sendJson(reply, shown(organization));
    },
  );

  app.get<{ Querystring: Query }>(
    all,
    { config: { action: "organizations:list" }, schema: schemas.listOrganizations },
    async (request, reply) => {
      const parameters = readParameters(request.query, ["cursor", "limit"]);
      const limit = wholeNumber(parameters, "limit", pageLimit);
      const cursor = single(parameters, "cursor");
      const after = cursor === undefined ? undefined : slugOf(cursor);
      const found = await people.organizations(after, limit + 1);
      const organizations = found.slice(0, limit).map(shown);
      const last = found.length > limit ? organizations.at(-1) : undefined;
      const next = last === undefined ? null : cursorOf(last.slug);
      return sendPage(request, reply, { organizations, next } as { next: string | null });
    },
  );
}

function addOne(app: FastifyInstance, rooms: ApiRooms): void {
  const { people } = rooms;
  app.get<OneOrganization>(
    one,
    { config: { action: "organization:read" }, schema: schemas.readOrganization },
    async (request, reply) => {
      readParameters(request.query, []);
      const organization = await organizationOf(request, rooms);
      return sendJson(reply, shown(organization));
    },
  );

  app.patch<OneOrganization>(
    one,
    {
      config: { action: "organization:change" },
      schema: schemas.renameOrganization,
      bodyLimit: smallBody,
    },
    async (request, reply) => {
      readParameters(request.query, []);
      const organization = await organizationOf(request, rooms);
      const { name } = readRename(request);
      const renamed = await people.renameOrganization({ organization, name, ...askedBy(request) });
      return sendJson(reply, shown(renamed));
    },
  );

  app.post<OneOrganization>(
    `${one}/close`,
    {
      config: { action: "organization:close" },
      schema: schemas.closeOrganization,
      bodyLimit: smallBody,
    },
    async (request, reply) => {
      readParameters(request.query, []);
      const organization = await organizationOf(request, rooms);
      return sendJson(reply, shown(await people.closeOrganization({ organization, ...askedBy(request) })));
    },
  );
}

/** An organization as it is answered: times as text, the internal number left out. */
const shown = ({ id, slug, name, createdAt, closedAt }: Organization): ShownOrganization => ({
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

const checkOf = (slug: string): string =>
  createHash("sha256").update(`organizations ${slug}`).digest("base64url").slice(0, 8);

/** The cursor of the organizations after a slug: opaque, and refused when altered. */
const cursorOf = (slug: string): string => Buffer.from(`${slug}.${checkOf(slug)}`).toString("base64url");

function slugOf(cursor: string): string {
  const [slug = ""] = Buffer.from(cursor, "base64url").toString("latin1").split(".");
  if (cursorOf(slug) !== cursor) throw new DaybookError("cursor-invalid");
  return slug;
}
