/** The named shapes of the HTTP API, for OpenAPI. */
import { actorTypes, outcomes, slotNames } from "daybook/internal";
import { type Static, type TObject, type TSchema, type TString, Type } from "typebox";

/** An object without other members. */
export const closed: { readonly additionalProperties: false } = { additionalProperties: false };
export const text = (description?: string): TString =>
  Type.String(description === undefined ? {} : { description });
export const time: TString = Type.String({
  format: "date-time",
  description: "RFC 3339, UTC, six decimals.",
});
const whole = Type.Integer({ minimum: 0 });
const anyObject = Type.Object({}, { additionalProperties: true });
export const nullable = (schema: TSchema): TSchema => Type.Union([schema, Type.Null()]);

const slug = Type.String({ pattern: "^[a-z][a-z0-9-]{1,38}$" });
const name = Type.String({ description: "1 to 200 characters, without spaces around it." });

export const NewOrganization: TObject<{ slug: TString; name: TString }> = Type.Object({ slug, name }, closed);
export const RenameOrganization: TObject<{ name: TString }> = Type.Object({ name }, closed);
export type NewOrganization = Static<typeof NewOrganization>;

/** A named shape, which is a component of the document, with references from everywhere else. */
const named: TSchema[] = [];
export function shape($id: string, schema: TSchema): TSchema {
  named.push({ ...schema, $id } as TSchema);
  return Type.Ref($id);
}

/** Every named shape. */
export const namedShapes: readonly TSchema[] = named;

shape(
  "Problem",
  Type.Object({
    type: text("The server's page that explains the code, relative to the request's address."),
    title: text(),
    status: Type.Integer(),
    detail: text(),
    code: text("One of spec/errors.md."),
    remedy: text(),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: text("A JSON Pointer (RFC 6901) into the request."),
          detail: text(),
          remedy: Type.Optional(text()),
        }),
      ),
    ),
  }),
);

export const Organization: TSchema = shape(
  "Organization",
  Type.Object({ id: text(), slug, name, createdAt: time, closedAt: nullable(time) }),
);

export const OrganizationPage: TSchema = shape(
  "OrganizationPage",
  Type.Object({ organizations: Type.Array(Organization), next: nullable(text()) }),
);

const partyId = { minLength: 1, maxLength: 256 };
const party = { id: Type.String(partyId), name: Type.Optional(text()) };

const Actor: TSchema = shape(
  "Actor",
  Type.Object(
    {
      type: Type.Enum([...actorTypes]),
      id: Type.Optional(
        Type.String({ ...partyId, description: "Required, except for the actor type anonymous." }),
      ),
      name: Type.Optional(text()),
      email: Type.Optional(text()),
      onBehalfOf: Type.Optional(Type.Ref("Actor")),
    },
    closed,
  ),
);

const target = Type.Object({ type: Type.String({ pattern: "^[a-z][a-z0-9_]{0,31}$" }), ...party }, closed);
const change = Type.Object(
  {
    path: text("RFC 6901."),
    label: Type.Optional(text()),
    from: Type.Optional(Type.Unknown()),
    to: Type.Optional(Type.Unknown()),
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
  data: Type.Optional(
    Type.Object({}, { additionalProperties: true, description: "The data that the event type defines." }),
  ),
  producer: Type.Optional(producer),
};

export const Event: TSchema = shape(
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
      before: Type.Optional(anyObject),
      after: Type.Optional(anyObject),
      ...annotations,
    },
    closed,
  ),
);

export const EventBatch: TSchema = shape(
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

export const Receipts: TSchema = shape(
  "Receipts",
  Type.Object({
    receipts: Type.Array(Type.Union([receipt, unrecorded]), { description: "In the order of the request." }),
  }),
);

export const RecordedEvent: TSchema = shape(
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
      description: "How many events were not searched, because they are not indexed yet.",
    }),
  },
  { description: "Only for a search with words." },
);

export const EventPage: TSchema = shape(
  "EventPage",
  Type.Object({
    events: Type.Array(RecordedEvent),
    next: nullable(text("A cursor.")),
    searched: Type.Optional(Searched),
  }),
);

export const Histogram: TSchema = shape(
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
      }),
    ),
    searched: Type.Optional(Searched),
  }),
);

export const Related: TSchema = shape(
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

export const Followed: TSchema = shape(
  "Followed",
  Type.Object({
    events: Type.Array(RecordedEvent),
    position: nullable(text("The position to continue from.")),
  }),
);

const typeWords = {
  name: text(),
  title: text(),
  sentence: text("With {actor} and {target}."),
};
const marks = Type.Object({ changes: Type.Array(text()), data: Type.Array(text()) }, closed);
const refusedWords = {
  refusedTitle: text("For outcomes denied and failed."),
  refusedSentence: text("For outcomes denied and failed."),
};
const Condition = Type.Object(
  {
    path: text("A JSON Pointer into the event."),
    is: Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
    sameAs: Type.Optional(text("A JSON Pointer to a value that is the same.")),
    present: Type.Optional(Type.Literal(true)),
  },
  closed,
);
const typeDetails = {
  ...refusedWords,
  variants: Type.Array(
    Type.Object(
      {
        when: Type.Array(Condition),
        title: Type.Optional(text()),
        sentence: Type.Optional(text("With {actor} and {target}.")),
        ...Type.Partial(Type.Object(refusedWords)).properties,
      },
      closed,
    ),
    { description: "Texts for events that meet all conditions. The first match applies." },
  ),
  description: text(),
  operation: Type.Enum(["create", "read", "update", "delete", "access"]),
  firstTarget: Type.Array(text()),
  data: nullable(anyObject),
  card: Type.Array(
    Type.Object(
      { label: text(), path: text(), was: Type.Optional(text()), format: Type.Optional(text()) },
      closed,
    ),
  ),
  labels: Type.Record(text(), text()),
  secret: Type.Object({ changes: Type.Array(text()) }, closed),
  personal: marks,
  plain: marks,
  example: anyObject,
};

const wholeType = {
  ...typeWords,
  ...typeDetails,
  version: Type.Integer({ minimum: 1 }),
  about: text(),
  writer: Type.Enum(["producer", "server"]),
  since: text(),
};
const EventType: TSchema = shape("EventType", Type.Object(wholeType));

export const RegisteredEventType: TSchema = shape(
  "RegisteredEventType",
  Type.Object({
    ...wholeType,
    warnings: Type.Optional(
      Type.Array(Type.Object({ pointer: text(), detail: text(), remedy: text() }), {
        description:
          "Members of data whose names are those of secrets, and which are therefore hidden in every event. Absent if there are none.",
      }),
    ),
  }),
);

export const EventTypes: TSchema = shape(
  "EventTypes",
  Type.Object({ eventTypes: Type.Array(EventType), next: nullable(text()) }),
);

export const EventTypeDefinition: TSchema = shape(
  "EventTypeDefinition",
  Type.Object(
    {
      ...typeWords,
      version: Type.Optional(Type.Integer({ minimum: 1 })),
      ...Object.fromEntries(Object.entries(typeDetails).map(([key, schema]) => [key, Type.Optional(schema)])),
    },
    closed,
  ),
);
