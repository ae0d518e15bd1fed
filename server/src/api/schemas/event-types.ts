/** What OpenAPI says of the routes of event types. */
import { Type } from "typebox";
import { answers, idempotencyKey, json, path, type RouteSchema } from "./pieces.ts";
import { pageQuery, query } from "./queries.ts";
import * as shapes from "./shapes.ts";

const types = ["Event types"];

const which = query({
  type: Type.Optional(
    Type.String({
      maxLength: 128,
      description: "The name of a type: the answer has that one, or is 404.",
      examples: ["s3.amazonaws.com/PutObject"],
    }),
  ),
  version: Type.Optional(
    Type.Integer({ minimum: 1, description: "Beside 'type': that version; absent: the newest." }),
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
  response: answers({ 200: json("The catalogue, or the type that was named.", shapes.EventTypes) }, [
    "query-invalid",
    "cursor-invalid",
    "event-type-not-found",
  ]),
};

export const listOwnEventTypes: RouteSchema = {
  operationId: "listOwnEventTypes",
  summary: "List the event types that an organization may use, or read one",
  description:
    "The catalogue's, then the custom types of the service and of the organization, by name, each in its newest version. A type is named by a parameter and never by a path, for its name may hold slashes.",
  tags: types,
  params: path("org"),
  querystring: which,
  response: answers({ 200: json("The event types, or the one that was named.", shapes.EventTypes) }, [
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
    "For the organization; in the organization daybook for the whole service: every organization has the type then. The definition that the newest version has already registers nothing. API clients need the scope event-types:write.",
  tags: types,
  params: path("org"),
  headers: idempotencyKey,
  body: shapes.EventTypeDefinition,
  response: answers(
    {
      201: json("The new version.", shapes.RegisteredEventType),
      200: json("The newest version was the same already.", shapes.RegisteredEventType),
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
