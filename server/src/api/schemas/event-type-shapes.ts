/** OpenAPI schemas of event types and their definitions. */
import { Type } from "typebox";
import { anyObject, closed, Event, type NamedShape, nullable, shape, text } from "./shapes.ts";

const typeWords = {
  name: text(),
  title: text(),
  sentence: text("With {actor} and {target}."),
};
const refusedWords = {
  refusedTitle: text("For outcomes denied and failed."),
  refusedSentence: text("For outcomes denied and failed."),
};
const path = text("A JSON Pointer into the event.");
const condition = Type.Union([
  Type.Object({ path, is: Type.Union([Type.String(), Type.Number(), Type.Boolean()]) }, closed),
  Type.Object({ path, sameAs: text("A JSON Pointer to a value that is the same.") }, closed),
  Type.Object({ path, present: Type.Literal(true) }, closed),
]);
const format = Type.Enum(["text", "word", "date", "time", "list", "code", "yes-no", "number"]);

/** The members that are optional in a definition, and that every type has. */
const details = {
  ...refusedWords,
  variants: Type.Array(
    Type.Object(
      {
        when: Type.Array(condition),
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
  data: nullable(anyObject()),
  card: Type.Array(
    Type.Object(
      { label: text(), path: text(), was: Type.Optional(text()), format: Type.Optional(format) },
      closed,
    ),
  ),
  labels: Type.Record(text(), text()),
  example: Event,
};
const paths = Type.Array(text());
const marks = Type.Object({ changes: paths, data: paths }, closed);
const secret = Type.Object({ changes: paths }, closed);

const wholeType = {
  ...typeWords,
  ...details,
  secret,
  personal: marks,
  plain: marks,
  version: Type.Integer({ minimum: 1 }),
  about: Type.Enum([
    "api-clients",
    "apis",
    "domains",
    "organizations",
    "teams",
    "billing",
    "log",
    "access",
    "custom",
  ]),
  writer: Type.Enum(["producer", "server"]),
  since: text(),
};
const EventType = shape("EventType", Type.Object(wholeType));

export const RegisteredEventType: NamedShape<"RegisteredEventType"> = shape(
  "RegisteredEventType",
  Type.Object({
    ...wholeType,
    warnings: Type.Optional(
      Type.Array(Type.Object({ pointer: text(), detail: text(), remedy: text() }), {
        description:
          "Members of data that have the name of a secret, so that Daybook hides them in every event. Absent if there are none.",
      }),
    ),
  }),
);

export const EventTypes: NamedShape<"EventTypes"> = shape(
  "EventTypes",
  Type.Object({ eventTypes: Type.Array(EventType), next: nullable(text()) }),
);

const someMarks = Type.Partial(marks, closed);

export const EventTypeDefinition: NamedShape<"EventTypeDefinition"> = shape(
  "EventTypeDefinition",
  Type.Object(
    {
      ...typeWords,
      version: Type.Optional(Type.Integer({ minimum: 1 })),
      ...Type.Partial(Type.Object(details)).properties,
      secret: Type.Optional(Type.Partial(secret, closed)),
      personal: Type.Optional(someMarks),
      plain: Type.Optional(someMarks),
    },
    closed,
  ),
);
