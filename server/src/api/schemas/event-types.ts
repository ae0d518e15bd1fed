/** What OpenAPI says of the routes of event types. */
import { Type } from "typebox";
import { answers, idempotencyKey, json, path, type RouteSchema } from "./pieces.ts";
import { query } from "./queries.ts";
import * as shapes from "./shapes.ts";

const types = ["Event types"];

export const listEventTypes: RouteSchema = {
  operationId: "listEventTypes",
  summary: "List the event types of the catalogue",
  tags: types,
  security: [],
  response: answers({ 200: json("The catalogue.", shapes.EventTypes) }, []),
};

const version = query({
  version: Type.Optional(Type.Integer({ minimum: 1, description: "Absent: the newest version." })),
});

export const readEventType: RouteSchema = {
  operationId: "readEventType",
  summary: "Read an event type of the catalogue",
  tags: types,
  security: [],
  params: path("type"),
  querystring: version,
  response: answers({ 200: json("The event type.", shapes.EventType) }, [
    "query-invalid",
    "event-type-not-found",
  ]),
};

export const listOwnEventTypes: RouteSchema = {
  operationId: "listOwnEventTypes",
  summary: "List the event types that an organization may use: the catalogue's and its own",
  tags: types,
  params: path("org"),
  response: answers({ 200: json("The event types.", shapes.EventTypes) }, ["organization-not-found"]),
};

export const readOwnEventType: RouteSchema = {
  operationId: "readOwnEventType",
  summary: "Read an event type that an organization may use",
  tags: types,
  params: path("org", "type"),
  querystring: version,
  response: answers({ 200: json("The event type.", shapes.EventType) }, [
    "query-invalid",
    "organization-not-found",
    "event-type-not-found",
  ]),
};

export const registerEventType: RouteSchema = {
  operationId: "registerEventType",
  summary: "Register a custom event type, or the next version of one",
  description: "The definition that the newest version has already registers nothing.",
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
      "organization-closed",
      "idempotency-key-reused",
      "json-refused",
      "request-invalid",
    ],
  ),
};
