/** The named shapes of the HTTP API, for OpenAPI. */
import { actorTypes, type Code, type Json, type JsonObject, outcomes, slotNames } from "daybook/internal";
import {
  type TArray,
  type TNull,
  type TSchema,
  type TString,
  type TUnion,
  type TUnsafe,
  Type,
} from "typebox";
import type { Describes } from "./alike.ts";
import type { InlineShapes, NamedShapes } from "./resources.ts";

/** An object without other members. */
export const closed: { readonly additionalProperties: false } = { additionalProperties: false };
export const text = (description?: string): TString =>
  Type.String(description === undefined ? {} : { description });
export const time: TString = Type.String({
  format: "date-time",
  description: "RFC 3339, UTC, six decimals.",
});
const whole = Type.Integer({ minimum: 0 });
const place = Type.Object(
  { start: whole, end: whole },
  { description: "Where in that text, in Unicode characters from 0; `end` is exclusive." },
);
/** Any JSON object; TypeScript takes it for what the strict reader gives. */
export const anyObject = (options: object = {}): TUnsafe<JsonObject> =>
  Type.Object({}, { additionalProperties: true, ...options }) as TSchema as TUnsafe<JsonObject>;
const anyValue = Type.Unknown() as TSchema as TUnsafe<Json>;
export const nullable = <Schema extends TSchema>(schema: Schema): TUnion<[Schema, TNull]> =>
  Type.Union([schema, Type.Null()]);

const slug = Type.String({ pattern: "^[a-z][a-z0-9-]{1,38}$" });
const name = Type.String({ description: "1 to 200 characters, without spaces around it." });

/** A named shape, which is a component of the document, with references from everywhere else. */
const named: TSchema[] = [];
export function shape<Name extends keyof NamedShapes, Schema extends TSchema>(
  $id: Name,
  schema: Schema & Describes<NamedShapes[Name], Schema>,
): NamedShape<Name> {
  named.push({ ...schema, $id } as TSchema);
  return Type.Ref($id) as TSchema as NamedShape<Name>;
}

/** A reference to the named shape. */
export type NamedShape<Name extends keyof NamedShapes> = TUnsafe<NamedShapes[Name]>;

/** The schema of a shape that stands where it is used. */
export const inline = <Name extends keyof InlineShapes, Schema extends TSchema>(
  _name: Name,
  schema: Schema & Describes<InlineShapes[Name], Schema>,
): InlineShape<Name> => schema as TSchema as InlineShape<Name>;

export type InlineShape<Name extends keyof InlineShapes> = TUnsafe<InlineShapes[Name]>;

/** Every named shape. */
export const namedShapes: readonly TSchema[] = named;

shape(
  "Problem",
  Type.Object({
    type: text("The server's page that explains the code, relative to the request's address."),
    title: text(),
    status: Type.Integer(),
    detail: text(),
    code: text("One of spec/errors.md.") as TSchema as TUnsafe<Code>,
    remedy: text(),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: text("A JSON Pointer (RFC 6901) into the request."),
          detail: text(),
          remedy: Type.Optional(text()),
          place: Type.Optional(place),
        }),
      ),
    ),
  }),
);

export const NewOrganization: InlineShape<"NewOrganization"> = inline(
  "NewOrganization",
  Type.Object({ slug, name }, closed),
);
export const RenameOrganization: InlineShape<"RenameOrganization"> = inline(
  "RenameOrganization",
  Type.Object({ name }, closed),
);

export const Organization: NamedShape<"Organization"> = shape(
  "Organization",
  Type.Object({ id: text(), slug, name, createdAt: time, closedAt: nullable(time) }),
);

export const OrganizationPage: NamedShape<"OrganizationPage"> = shape(
  "OrganizationPage",
  Type.Object({ organizations: Type.Array(Organization), next: nullable(text()) }),
);

const partyId = { minLength: 1, maxLength: 256 };
const party = { id: Type.String(partyId), name: Type.Optional(text()) };

const actor = {
  type: Type.Enum([...actorTypes]),
  id: Type.Optional(
    Type.String({ ...partyId, description: "Required, except for the actor type anonymous." }),
  ),
  name: Type.Optional(text()),
  email: Type.Optional(text()),
};
const Actor = shape(
  "Actor",
  Type.Object({ ...actor, onBehalfOf: Type.Optional(Type.Object(actor, closed)) }, closed),
);

const target = Type.Object({ type: Type.String({ pattern: "^[a-z][a-z0-9_]{0,31}$" }), ...party }, closed);
const change = Type.Object(
  {
    path: text("RFC 6901."),
    label: Type.Optional(text()),
    from: Type.Optional(anyValue),
    to: Type.Optional(anyValue),
    hidden: Type.Optional(Type.Literal(true)),
  },
  closed,
);
const context = Type.Object(
  {
    ip: Type.Optional(text()),
    userAgent: Type.Optional(text("At most 4,096 bytes, of which Daybook keeps 512.")),
    requestId: Type.Optional(text()),
    correlationId: Type.Optional(text()),
    traceparent: Type.Optional(text()),
    interface: Type.Optional(Type.Enum(["ui", "api", "cli", "job"])),
    adjusted: Type.Optional(
      Type.Array(text("RFC 6901."), {
        maxItems: 100,
        description: "What a client changed to make the event recordable.",
      }),
    ),
  },
  closed,
);

const producer = Type.Object(
  {
    id: Type.String(partyId),
    n: Type.Optional(whole),
    externalId: Type.Optional(
      Type.String({ ...partyId, description: "The event's id in the producer. Search finds it." }),
    ),
  },
  {
    ...closed,
    description: "The system that the event comes from. n counts its events from 0, so that gaps show.",
  },
);

const annotations = {
  actor: Actor,
  targets: Type.Optional(Type.Array(target, { maxItems: 20 })),
  changes: Type.Optional(Type.Array(change, { maxItems: 500 })),
  reason: Type.Optional(text("The reason in the person's own words, or a ticket.")),
  context: Type.Optional(context),
  data: Type.Optional(anyObject({ description: "The data that the event type defines." })),
  producer: Type.Optional(producer),
};

export const Event: NamedShape<"Event"> = shape(
  "Event",
  Type.Object(
    {
      id: Type.Optional(text("A lower-case UUIDv7. Default: the server creates one.")),
      type: text(),
      occurredAt: Type.Optional({
        ...time,
        description:
          "RFC 3339, with at most 9 decimals, of which Daybook keeps 6. Default: the time of recording.",
      }),
      outcome: Type.Optional(Type.Enum([...outcomes], { default: "success" })),
      before: Type.Optional(anyObject()),
      after: Type.Optional(anyObject()),
      ...annotations,
    },
    closed,
  ),
);

export const EventBatch: NamedShape<"EventBatch"> = shape(
  "EventBatch",
  Type.Object({ events: Type.Array(Event, { minItems: 1, maxItems: 1000 }) }, closed),
);

const hash = text("SHA-256, padded base64.");

const receipt = Type.Object({
  id: text(),
  log: text("The log's origin."),
  seq: whole,
  recordedAt: time,
  leafHash: hash,
  leafData: Type.Optional(text("With receipt=full, and only for the caller that recorded the event.")),
  disclosures: Type.Optional(
    Type.Record(text(), text(), { description: "By slot, as spec/ledger.md defines them." }),
  ),
});
const unrecorded = Type.Object({ id: text(), recorded: Type.Literal(false) });

export const Receipts: NamedShape<"Receipts"> = shape(
  "Receipts",
  Type.Object({
    receipts: Type.Array(Type.Union([receipt, unrecorded]), { description: "In the order of the request." }),
  }),
);

export const RecordedEvent: NamedShape<"RecordedEvent"> = shape(
  "RecordedEvent",
  Type.Object({
    id: text(),
    type: text(),
    occurredAt: time,
    outcome: Type.Enum([...outcomes]),
    ...annotations,
    actor: Type.Optional(Actor),
    organization: Type.Object({ id: text(), slug: text(), name: text() }),
    seq: whole,
    recordedAt: time,
    leafHash: hash,
    recordedBy: Type.Object(
      {
        type: Type.Enum(["api_client", "operator", "server"]),
        id: text(),
        own: Type.Optional(
          Type.Literal(true, {
            description:
              "Whether Daybook made the change itself and recorded it. If absent, the event is the recorder's word.",
          }),
        ),
      },
      {
        description:
          "The caller who recorded the event, which can differ from the actor that the event names.",
      },
    ),
    erased: Type.Optional(Type.Array(Type.Enum([...slotNames]), { description: "Slots that were erased." })),
  }),
);

const Searched = Type.Object(
  {
    upTo: nullable(text("The recordedAt up to which all events were searched.")),
    behind: Type.Integer({
      description:
        "How many events were not searched, because too many wait to be indexed. For viewers of one target, 1 means that there are some.",
    }),
  },
  {
    description:
      "Only for what the full-text index answers: a search, or a filter of two kinds, such as a type and an outcome.",
  },
);

export const EventPage: NamedShape<"EventPage"> = shape(
  "EventPage",
  Type.Object({
    events: Type.Array(RecordedEvent),
    next: nullable(text("A cursor.")),
    searched: Type.Optional(Searched),
  }),
);

export const Histogram: NamedShape<"Histogram"> = shape(
  "Histogram",
  Type.Object({
    unit: Type.Enum(["hour", "day"]),
    timeZone: text(),
    buckets: Type.Array(
      Type.Object({
        from: text("Inclusive."),
        to: text("Exclusive: where the next bucket begins."),
        count: Type.Integer(),
        more: Type.Optional(Type.Literal(true, { description: "Whether the count is a minimum." })),
        parts: Type.Optional(
          Type.Array(Type.Integer(), {
            description:
              "Of a split: how many have each of its values, in their order. The others have other values.",
          }),
        ),
      }),
    ),
    split: Type.Optional(
      Type.Object({
        by: Type.Enum(["type", "actor", "outcome"]),
        values: Type.Array(
          Type.Object({ value: text(), label: text("What people call it: an actor has its name.") }),
        ),
      }),
    ),
    searched: Type.Optional(Searched),
  }),
);

export const Suggestions: NamedShape<"Suggestions"> = shape(
  "Suggestions",
  Type.Object({
    suggestions: Type.Array(
      Type.Object({
        value: text("The value of the qualifier, such as user:u_17, API_CLIENT_* or /expiresOn."),
        label: text("What people call it."),
        detail: Type.Optional(text("An email address or id; of a group of types, how many there are.")),
      }),
    ),
  }),
);

const Counted = Type.Object({ value: text(), label: text("What people call it."), events: Type.Integer() });
const counted = (description: string): TArray<typeof Counted> => Type.Array(Counted, { description });

export const Breakdown: NamedShape<"Breakdown"> = shape(
  "Breakdown",
  Type.Object({
    events: Type.Integer({ description: "How many events were counted: the newest ones, at most 2,000." }),
    complete: Type.Boolean({ description: "Whether there are no others." }),
    actors: counted("As type:id."),
    targets: counted("As type:id."),
    types: counted("With the title of the type."),
    outcomes: counted("How they ended."),
    addresses: Type.Optional(counted("Only for callers who see the context of events.")),
  }),
);

export const Related: NamedShape<"Related"> = shape(
  "Related",
  Type.Object({
    target: nullable(text("The target (type:id) that 'previous' and 'next' belong to.")),
    previous: nullable(text("The id of the event before it.")),
    next: nullable(text("The id of the event after it.")),
    related: Type.Array(RecordedEvent, {
      description:
        "Other events with the same requestId or correlationId within an hour. Empty for callers who may not see the context.",
    }),
  }),
);

export const Followed: NamedShape<"Followed"> = shape(
  "Followed",
  Type.Object({
    events: Type.Array(RecordedEvent),
    position: nullable(text("The position to continue from.")),
  }),
);
