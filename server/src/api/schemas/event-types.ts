/** OpenAPI schemas for the routes of event types. */
import { Type } from "typebox";
import * as shapes from "./event-type-shapes.ts";
import { answers, idempotencyKey, json, path, type RouteSchema } from "./pieces.ts";
import { pageQuery, query } from "./queries.ts";

const types = ["Event types"];

const which = query({
  type: Type.Optional(
    Type.String({
      maxLength: 128,
      description: "The name of one event type to return. If it does not exist, the response is 404.",
      examples: ["s3.amazonaws.com/PutObject"],
    }),
  ),
  version: Type.Optional(
    Type.Integer({
      minimum: 1,
      description: "The version to return, together with 'type'. Default: the newest.",
    }),
  ),
  ...pageQuery,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 200 })),
});

export const listEventTypes: RouteSchema = {
  operationId: "listEventTypes",
  summary: "List the event types of the catalogue, or read one",
  tags: types,
  security: [],
  querystring: which,
  response: answers({ 200: json("The catalogue, or the named event type.", shapes.EventTypes) }, [
    "query-invalid",
    "cursor-invalid",
    "event-type-not-found",
  ]),
};

export const listOwnEventTypes: RouteSchema = {
  operationId: "listOwnEventTypes",
  summary: "List the event types that an organization may use, or read one",
  description:
    "Returns the types of the catalogue, then the custom types of the service and the organization, by name, each in its newest version. A parameter names a type, because names can contain slashes.",
  tags: types,
  params: path("org"),
  querystring: which,
  response: answers({ 200: json("The event types, or the named one.", shapes.EventTypes) }, [
    "query-invalid",
    "cursor-invalid",
    "organization-not-found",
    "event-type-not-found",
  ]),
};

export const registerEventType: RouteSchema = {
  operationId: "registerEventType",
  summary: "Register a custom event type, or the next version of one",
  description:
    "Registers the type for the organization, or in the organization daybook for the whole service, so that every organization has it. A definition equal to the newest version registers nothing. API clients need the scope event-types:write.",
  tags: types,
  params: path("org"),
  headers: idempotencyKey,
  body: shapes.EventTypeDefinition,
  response: answers(
    {
      201: json("The new version.", shapes.RegisteredEventType),
      200: json("The newest version already has this definition.", shapes.RegisteredEventType),
    },
    [
      "organization-not-found",
      "event-type-taken",
      "event-type-name-taken",
      "organization-closed",
      "idempotency-key-reused",
      "json-refused",
      "request-invalid",
    ],
  ),
};
