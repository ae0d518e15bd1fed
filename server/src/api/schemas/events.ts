/** What OpenAPI says of the routes of events. */
import { type TSchema, Type } from "typebox";
import type { ExportFormat } from "../../export/index.ts";
import { answers, file, json, ofEvents, path, type RouteSchema } from "./pieces.ts";
import { filterQuery, histogramQuery, pageQuery, query, wordsQuery } from "./queries.ts";
import * as shapes from "./shapes.ts";

const events = ["Events"];

export const recordEvents: RouteSchema = {
  operationId: "recordEvents",
  summary: "Record one event, or a batch: all of it or nothing",
  description:
    "The answer comes once the events are durable. An event that was recorded before with the same id and body gets its first receipt again. At most 1,000 events and 5 MiB a request, 64 KiB an event. A member that is null is as if it were absent, but for the values of changes and of data.",
  tags: events,
  params: path("org"),
  querystring: query({
    receipt: Type.Optional(
      Type.Literal("full", {
        description:
          "Receipts of what the caller recorded with leaf data and disclosures, so that leafHash can be checked.",
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
  querystring: query({ ...filterQuery, ...wordsQuery, ...pageQuery }),
  response: answers({ 200: json("A page.", shapes.EventPage) }, [
    "query-invalid",
    "cursor-invalid",
    "organization-not-found",
  ]),
};

const counting =
  "Without 'from' and 'to' the last 30 days, or the last 7 days by the hour. At most 400 buckets, without gaps. About 100,000 events are counted exactly; where there are more, the buckets that say 'more' have at least so many.";

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
  summary: "Count the events of all organizations by hours or days: for operators",
  description: counting,
  tags: events,
  querystring: query({ ...filterQuery, ...wordsQuery, ...histogramQuery }),
  response: answers({ 200: json("The counts.", shapes.Histogram) }, ["query-invalid"]),
};

export const readRelated: RouteSchema = {
  operationId: "readRelated",
  summary:
    "Read what stands around an event: the events before and after it of a target, and those of the same request or act",
  tags: events,
  params: path("org", "id"),
  querystring: query({
    target: Type.Optional(Type.String({ description: "One of its targets, as type:id; absent: the first." })),
  }),
  response: answers({ 200: json("The events around it.", shapes.Related) }, [
    "query-invalid",
    "organization-not-found",
    "event-not-found",
  ]),
};

export const searchAllEvents: RouteSchema = {
  operationId: "searchAllEvents",
  summary: "Read the events of all organizations, newest first: for operators",
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

/** The download in one format. */
export const downloadAuditLog = (format: ExportFormat): RouteSchema => ({
  operationId: `downloadAuditLog${format.name.charAt(0).toUpperCase()}${format.name.slice(1)}`,
  summary: `Download an organization's audit log as ${format.title}`,
  description: `${format.description} Oldest first, the last 90 days unless 'from' says otherwise. The download is itself an event. A connection that breaks before the end of the body means that the file is not whole.`,
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
    ...Object.fromEntries(format.options.map((option) => [option.name, optionSchema(option)])),
    context: Type.Optional(
      Type.Boolean({
        default: false,
        description: "Whether the file says where each event came from, for callers who may read it.",
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
  const said = { description, ...(fallback === undefined ? {} : { default: fallback }) };
  return Type.Optional(
    values.length === 1 ? Type.Literal(values[0], said) : Type.Enum([...values] as string[], said),
  );
}
