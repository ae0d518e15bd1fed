/**
 * The schemas of the routes: what OpenAPI says of them. Bodies of small resources are also checked by theirs; events and
 * queries have readers of their own, which these describe.
 */
import { Type } from "typebox";
import { filterQuery, pageQuery, query } from "./schema-queries.ts";
import { answers, file, json, ofEvents, path, type RouteSchema } from "./schema-routes.ts";
import * as shapes from "./schema-shapes.ts";

export { NewOrganization, RenameOrganization } from "./schema-shapes.ts";

/** Bodies that hold a few words, and definitions of event types, in bytes. */
export const smallBody: number = 64 * 1024;
export const definitionBody: number = 256 * 1024;

const organizations = ["Organizations"];
const events = ["Events"];
const types = ["Event types"];
const service = ["Service"];

const idempotencyKey = Type.Object({
  "idempotency-key": Type.Optional(
    Type.String({
      description:
        "1 to 255 visible ASCII characters: the same request sent again with it is answered again, and done once.",
    }),
  ),
});

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

export const recordEvents: RouteSchema = {
  operationId: "recordEvents",
  summary: "Record one event, or a batch: all of it or nothing",
  description:
    "The answer comes once the events are durable. An event that was recorded before with the same id and body gets its first receipt again. At most 1,000 events and 5 MiB a request, 64 KiB an event.",
  tags: events,
  params: path("org"),
  querystring: query({
    receipt: Type.Optional(
      Type.Literal("full", {
        description: "Receipts with leaf data and salts, so that leafHash can be checked.",
      }),
    ),
  }),
  body: ofEvents(shapes.Event, shapes.EventBatch),
  response: answers(
    {
      201: json("At least one event was recorded.", shapes.Receipts),
      200: json("All of it was recorded before, or had changed nothing.", shapes.Receipts),
    },
    [
      "json-unreadable",
      "organization-not-found",
      "id-reused",
      "organization-closed",
      "body-too-large",
      "media-type-unsupported",
      "json-refused",
      "request-invalid",
      "event-invalid",
      "event-type-unknown",
      "event-type-reserved",
      "data-invalid",
      "event-too-large",
      "event-late",
      "overloaded",
      "store-unavailable",
      "outcome-unknown",
      "clock-disagrees",
      "clock-behind",
    ],
  ),
};

export const searchEvents: RouteSchema = {
  operationId: "searchEvents",
  summary: "Read an organization's events, newest first",
  tags: events,
  params: path("org"),
  querystring: query({ ...filterQuery, ...pageQuery }),
  response: answers({ 200: json("A page.", shapes.EventPage) }, [
    "query-invalid",
    "cursor-invalid",
    "organization-not-found",
  ]),
};

export const searchAllEvents: RouteSchema = {
  operationId: "searchAllEvents",
  summary: "Read the events of all organizations, newest first: for operators",
  tags: events,
  querystring: query({ ...filterQuery, ...pageQuery }),
  response: answers({ 200: json("A page.", shapes.EventPage) }, ["query-invalid", "cursor-invalid"]),
};

export const readEvent: RouteSchema = {
  operationId: "readEvent",
  summary: "Read one event",
  tags: events,
  params: path("org", "id"),
  response: answers({ 200: json("The event.", shapes.RecordedEvent) }, [
    "organization-not-found",
    "event-not-found",
  ]),
};

export const followEvents: RouteSchema = {
  operationId: "followEvents",
  summary: "Follow an organization's events in the order of the log",
  description:
    "With Accept: text/event-stream, server-sent events: a message an event, whose id is its position, so that Last-Event-ID resumes. Else one JSON answer, which waits for events. None is ever skipped.",
  tags: events,
  params: path("org"),
  headers: Type.Object({
    "last-event-id": Type.Optional(Type.String({ description: "Goes before 'after'." })),
  }),
  querystring: query({
    after: Type.Optional(
      Type.String({ description: "A position, or 'latest'; absent: from the first event of the log." }),
    ),
    wait: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 60,
        default: 20,
        description: "JSON: how many seconds to wait for events.",
      }),
    ),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        default: 500,
        description: "JSON: the most events of one answer.",
      }),
    ),
  }),
  response: answers(
    {
      200: {
        description: "Events in order.",
        content: {
          "application/json": { schema: shapes.Followed },
          "text/event-stream": { schema: Type.String() },
        },
      },
    },
    ["query-invalid", "organization-not-found", "position-mismatch"],
  ),
};

export const downloadAuditLog: RouteSchema = {
  operationId: "downloadAuditLog",
  summary: "Download an organization's audit log as CSV",
  description:
    "AUTHOR,ORGANIZATION,EVENT_TYPE,DATA,TIME, oldest first, the last 90 days unless 'from' says otherwise; spec/csv.md has it to the byte. The download is itself an event. A connection that breaks before the end of the body means that the file is not whole.",
  tags: events,
  params: path("org"),
  querystring: query({
    ...filterQuery,
    by: Type.Optional(
      Type.Enum(["occurred", "recorded"], {
        default: "occurred",
        description: "The time that window and order go by.",
      }),
    ),
    data: Type.Optional(
      Type.Enum(["quotes", "json"], {
        default: "quotes",
        description: "DATA with single quotes, or as plain JSON.",
      }),
    ),
    safe: Type.Optional(
      Type.Literal("spreadsheet", {
        description: "Cells that a spreadsheet would run as formulas are neutralised.",
      }),
    ),
  }),
  response: answers({ 200: file("The file.", "text/csv") }, [
    "query-invalid",
    "organization-not-found",
    "store-unavailable",
  ]),
};

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
      201: json("The new version.", shapes.EventType),
      200: json("The newest version was the same already.", shapes.EventType),
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

const status = Type.Object({ status: Type.String() });

export const health: RouteSchema = {
  operationId: "readHealth",
  summary: "Is the process alive?",
  tags: service,
  security: [],
  response: answers({ 200: json("It is.", status) }, []),
};

export const readiness: RouteSchema = {
  operationId: "readReadiness",
  summary: "Could events be recorded now?",
  tags: service,
  security: [],
  response: answers({ 200: json("They could.", status) }, ["store-unavailable"]),
};

export const metrics: RouteSchema = {
  operationId: "readMetrics",
  summary: "Numbers of this process, in the Prometheus text format",
  tags: service,
  security: [],
  response: answers({ 200: file("The numbers.", "text/plain") }, []),
};
