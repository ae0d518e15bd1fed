/** OpenAPI schemas for the routes of events. */
import { type TSchema, Type } from "typebox";
import type { ExportFormat } from "../../export/index.ts";
import { answers, file, json, ofEvents, path, type RouteSchema } from "./pieces.ts";
import { filterQuery, histogramQuery, pageQuery, query, suggestionQuery, wordsQuery } from "./queries.ts";
import * as shapes from "./shapes.ts";

const events = ["Events"];

export const recordEvents: RouteSchema = {
  operationId: "recordEvents",
  summary: "Record one event, or a batch that is recorded completely or not at all",
  description:
    "Daybook answers when the events are durable. An event that was already recorded with the same id and body gets its first receipt again. A request has at most 1,000 events and 5 MiB, an event at most 64 KiB. A member that is null counts as absent, except in the values of changes and data.",
  tags: events,
  params: path("org"),
  querystring: query({
    receipt: Type.Optional(
      Type.Literal("full", {
        description:
          "full: receipts of the caller's own events include leaf data and disclosures, so that the caller can check leafHash.",
      }),
    ),
  }),
  body: ofEvents(shapes.Event, shapes.EventBatch),
  response: answers(
    {
      201: json("At least one event was recorded.", shapes.Receipts),
      200: json("All events were already recorded, or changed nothing.", shapes.Receipts),
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
  querystring: query({ ...filterQuery, ...wordsQuery, ...pageQuery }),
  response: answers({ 200: json("A page.", shapes.EventPage) }, [
    "query-invalid",
    "cursor-invalid",
    "organization-not-found",
  ]),
};

const counting =
  "The default period is the last 30 days, or the last 7 days by the hour. At most 400 buckets, without gaps. Up to about 100,000 events are counted exactly. If there are more, buckets with 'more' have at least that many events.";

export const countEvents: RouteSchema = {
  operationId: "countEvents",
  summary: "Count an organization's events by the hours or days of a time zone",
  description: counting,
  tags: events,
  params: path("org"),
  querystring: query({ ...filterQuery, ...wordsQuery, ...histogramQuery }),
  response: answers({ 200: json("The counts.", shapes.Histogram) }, [
    "query-invalid",
    "organization-not-found",
  ]),
};

export const countAllEvents: RouteSchema = {
  operationId: "countAllEvents",
  summary: "Count the events of all organizations by hours or days (for operators)",
  description: counting,
  tags: events,
  querystring: query({ ...filterQuery, ...wordsQuery, ...histogramQuery }),
  response: answers({ 200: json("The counts.", shapes.Histogram) }, ["query-invalid"]),
};

export const suggest: RouteSchema = {
  operationId: "suggestValues",
  summary: "Suggest values for a qualifier of a search, while someone types it",
  description:
    "At most ten, only of events that the caller sees: actors and targets from the newest events that fit; types with groups such as API_CLIENT_*; the paths of what changed.",
  tags: events,
  params: path("org"),
  querystring: query(suggestionQuery),
  response: answers({ 200: json("The suggestions, the best first.", shapes.Suggestions) }, [
    "query-invalid",
    "organization-not-found",
  ]),
};

export const breakDownEvents: RouteSchema = {
  operationId: "breakDownEvents",
  summary: "Count who did what to what among the newest events, how it ended and from where",
  description:
    "Counts the newest 2,000 events that the parameters select, and returns the five most frequent values of each kind. Addresses are only for callers who see the context of events.",
  tags: events,
  params: path("org"),
  querystring: query({ ...filterQuery, ...wordsQuery }),
  response: answers({ 200: json("The counts.", shapes.Breakdown) }, [
    "query-invalid",
    "organization-not-found",
  ]),
};

export const readRelated: RouteSchema = {
  operationId: "readRelated",
  summary:
    "Read an event's neighbours: the events before and after it of one target, and the events of the same request or act",
  tags: events,
  params: path("org", "id"),
  querystring: query({
    target: Type.Optional(
      Type.String({ description: "One of its targets, as type:id. Default: the first target." }),
    ),
  }),
  response: answers({ 200: json("The events around it.", shapes.Related) }, [
    "query-invalid",
    "organization-not-found",
    "event-not-found",
  ]),
};

export const searchAllEvents: RouteSchema = {
  operationId: "searchAllEvents",
  summary: "Read the events of all organizations, newest first (for operators)",
  tags: events,
  querystring: query({ ...filterQuery, ...wordsQuery, ...pageQuery }),
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
    "With Accept: text/event-stream, Daybook sends server-sent events: one message per event, whose id is its position, so that Last-Event-ID resumes. Otherwise, Daybook sends one JSON response, which waits for events. No event is ever skipped. A caller and an organization have a limited number of open follows; beyond it, the response is too-many-requests.",
  tags: events,
  params: path("org"),
  headers: Type.Object({
    "last-event-id": Type.Optional(Type.String({ description: "Overrides 'after'." })),
  }),
  querystring: query({
    after: Type.Optional(
      Type.String({
        description: "A position, or 'latest'. Default: start with the first event of the log.",
      }),
    ),
    ...wordsQuery,
    tz: filterQuery.tz as TSchema,
    wait: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 60,
        default: 20,
        description: "JSON only: how many seconds to wait for events.",
      }),
    ),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        default: 500,
        description: "JSON only: the maximum number of events in one response.",
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
    ["query-invalid", "organization-not-found", "position-mismatch", "too-many-requests"],
  ),
};

/** The download in one format. */
export const downloadAuditLog = (format: ExportFormat): RouteSchema => ({
  operationId: `downloadAuditLog${format.name.charAt(0).toUpperCase()}${format.name.slice(1)}`,
  summary: `Download an organization's audit log as ${format.title}`,
  description: `${format.description} Oldest first. The default period is the last 90 days. The download is itself recorded in the log. If the connection breaks before the end of the body, the file is incomplete.`,
  tags: events,
  params: path("org"),
  querystring: query({
    ...filterQuery,
    ...wordsQuery,
    by: Type.Optional(
      Type.Enum(["occurred", "recorded"], {
        default: "occurred",
        description: "The time that the period and the order use.",
      }),
    ),
    ...Object.fromEntries(format.options.map((option) => [option.name, optionSchema(option)])),
    context: Type.Optional(
      Type.Boolean({
        default: false,
        description: "Whether the file has the context of each event, for callers who may read it.",
      }),
    ),
  }),
  response: answers({ 200: file("The file.", format.mediaType) }, [
    "query-invalid",
    "organization-not-found",
    "store-unavailable",
  ]),
});

function optionSchema({ values, fallback, description }: ExportFormat["options"][number]): TSchema {
  const annotations = { description, ...(fallback === undefined ? {} : { default: fallback }) };
  return Type.Optional(
    values.length === 1
      ? Type.Literal(values[0], annotations)
      : Type.Enum([...values] as string[], annotations),
  );
}
