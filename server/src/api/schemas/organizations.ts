/** What OpenAPI says of the routes of organizations. */
import { answers, idempotencyKey, json, path, type RouteSchema } from "./pieces.ts";
import { pageQuery, query } from "./queries.ts";
import * as shapes from "./shapes.ts";

export { NewOrganization, RenameOrganization } from "./shapes.ts";

const organizations = ["Organizations"];

export const addOrganization: RouteSchema = {
  operationId: "addOrganization",
  summary: "Make an organization, with its log",
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
  tags: organizations,
  querystring: query(pageQuery),
  response: answers({ 200: json("A page.", shapes.OrganizationPage) }, ["query-invalid", "cursor-invalid"]),
};

export const readOrganization: RouteSchema = {
  operationId: "readOrganization",
  summary: "Read an organization",
  tags: organizations,
  params: path("org"),
  response: answers({ 200: json("The organization.", shapes.Organization) }, ["organization-not-found"]),
};

export const renameOrganization: RouteSchema = {
  operationId: "renameOrganization",
  summary: "Rename an organization",
  description: "The same name again changes and records nothing.",
  tags: organizations,
  params: path("org"),
  headers: idempotencyKey,
  body: shapes.RenameOrganization,
  response: answers({ 200: json("The organization.", shapes.Organization) }, [
    "organization-not-found",
    "organization-closed",
    "request-invalid",
    "idempotency-key-reused",
  ]),
};

export const closeOrganization: RouteSchema = {
  operationId: "closeOrganization",
  summary: "Close an organization: it can be read, but nothing more can be recorded",
  description: "Closing twice changes and records nothing.",
  tags: organizations,
  params: path("org"),
  headers: idempotencyKey,
  response: answers({ 200: json("The organization.", shapes.Organization) }, [
    "organization-not-found",
    "idempotency-key-reused",
  ]),
};
