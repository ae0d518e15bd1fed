/** OpenAPI schemas for the routes of organizations and their settings, and their bodies. */
import { type TNull, type TString, type TUnion, Type } from "typebox";
import { answers, idempotencyKey, ifMatch, json, onceIfMatch, path, type RouteSchema } from "./pieces.ts";
import { pageQuery, query } from "./queries.ts";
import * as shapes from "./shapes.ts";

export { NewOrganization, RenameOrganization } from "./shapes.ts";

const organizations = ["Organizations"];
const changing = ["organization-not-found", "organization-closed", "request-invalid"] as const;

export const addOrganization: RouteSchema = {
  operationId: "addOrganization",
  summary: "Create an organization with its log",
  tags: organizations,
  headers: idempotencyKey,
  body: shapes.NewOrganization,
  response: answers({ 201: json("The organization.", shapes.Organization) }, [
    "request-invalid",
    "slug-taken",
    "idempotency-key-reused",
  ]),
};

export const listOrganizations: RouteSchema = {
  operationId: "listOrganizations",
  summary: "List the organizations, by slug",
  description:
    "Operators see all organizations, people those that they are a member of, and API clients their own.",
  tags: organizations,
  querystring: query(pageQuery),
  response: answers({ 200: json("A page.", shapes.OrganizationPage) }, ["query-invalid", "cursor-invalid"]),
};

export const readOrganization: RouteSchema = {
  operationId: "readOrganization",
  summary: "Read an organization",
  tags: organizations,
  params: path("org"),
  response: answers({ 200: json("The organization, with its ETag.", shapes.Organization) }, [
    "organization-not-found",
  ]),
};

export const renameOrganization: RouteSchema = {
  operationId: "renameOrganization",
  summary: "Rename an organization",
  description: "Setting the same name has no effect, and records no event.",
  tags: organizations,
  params: path("org"),
  headers: onceIfMatch,
  body: shapes.RenameOrganization,
  response: answers({ 200: json("The organization, with its ETag.", shapes.Organization) }, [
    ...changing,
    "changed-meanwhile",
    "idempotency-key-reused",
  ]),
};

export const CloseOrganization: shapes.InlineShape<"CloseOrganization"> = shapes.inline(
  "CloseOrganization",
  Type.Object(
    { reason: Type.Optional(shapes.text("In your own words, at most 4,096 bytes. The log shows it.")) },
    shapes.closed,
  ),
);

export const closeOrganization: RouteSchema = {
  operationId: "closeOrganization",
  summary: "Close an organization, so that its log can only be read",
  description: "Closing it again has no effect, and records no event.",
  tags: organizations,
  params: path("org"),
  headers: idempotencyKey,
  body: CloseOrganization,
  response: answers({ 200: json("The organization.", shapes.Organization) }, [
    "reauthentication-needed",
    "request-invalid",
    "organization-not-found",
    "idempotency-key-reused",
  ]),
};

const detail = (description: string): TUnion<[TString, TNull]> =>
  shapes.nullable(Type.String({ description }));
const name = Type.String({ description: "1 to 200 characters." });
const description = detail("At most 1,000 characters, of several lines.");
const email = detail("At most 320 bytes.");
const location = detail("At most 200 characters.");
const website = detail("An http or https address, at most 512 bytes.");

const Settings = shapes.shape("Settings", Type.Object({ name, description, email, location, website }));

export const ChangeSettings: shapes.InlineShape<"ChangeSettings"> = shapes.inline(
  "ChangeSettings",
  Type.Object(
    {
      name: Type.Optional(name),
      description: Type.Optional(description),
      email: Type.Optional(email),
      location: Type.Optional(location),
      website: Type.Optional(website),
    },
    shapes.closed,
  ),
);

export const readSettings: RouteSchema = {
  operationId: "readSettings",
  summary: "Read an organization's settings",
  tags: organizations,
  params: path("org"),
  response: answers({ 200: json("The settings, with their ETag.", Settings) }, ["organization-not-found"]),
};

export const changeSettings: RouteSchema = {
  operationId: "changeSettings",
  summary: "Change an organization's settings",
  description:
    "Omitted members stay as they are. null empties a member, except the name. Setting the same values has no effect, and records no event.",
  tags: organizations,
  params: path("org"),
  headers: ifMatch,
  body: ChangeSettings,
  response: answers({ 200: json("The settings, with their ETag.", Settings) }, [
    ...changing,
    "changed-meanwhile",
  ]),
};
