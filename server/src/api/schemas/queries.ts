/** OpenAPI schemas for query parameters. The readers of `search` decide; a test compares the names. */
import { outcomes, sources } from "daybook/internal";
import { type TSchema, Type } from "typebox";

type QuerySchemas = Record<string, TSchema>;

/** A query with only these parameters. */
export const query = (parameters: QuerySchemas): TSchema =>
  Type.Object(parameters, { additionalProperties: false });

const many = (item: TSchema, description: string): TSchema =>
  Type.Optional(Type.Array(item, { maxItems: 50, description: `${description} Repeated: any of them.` }));

const time = (description: string): TSchema =>
  Type.Optional(
    Type.String({ format: "date-time", description: `${description} RFC 3339, or a date alone.` }),
  );

/** Filters of events. */
export const filterQuery: QuerySchemas = {
  type: many(Type.String(), "The event type."),
  actor: many(
    Type.String({ examples: ["user:u_17"] }),
    "Who did it, as type:id; anonymous: for those who did not sign in.",
  ),
  target: many(Type.String({ examples: ["api_client:c_9"] }), "What it was done to, as type:id."),
  outcome: many(Type.Enum([...outcomes]), "How it ended."),
  recordedBy: many(
    Type.Enum([...sources]),
    "Who vouches for the event. daybook: what Daybook did itself (recordedBy.own, or recorded by the server); others: what others reported.",
  ),
  from: time("The earliest occurredAt."),
  to: time("Before this occurredAt."),
};

/** The source of the events in a history. */
export const sourceQuery: QuerySchemas = {
  recordedBy: Type.Optional(
    Type.Enum([...sources], {
      default: "daybook",
      description: "daybook: what Daybook did itself; others: what others reported.",
    }),
  ),
};

/** Words in events. */
export const wordsQuery: QuerySchemas = {
  q: Type.Optional(
    Type.String({
      maxLength: 256,
      examples: ['"register sandbox" anne -test'],
      description:
        "Words in names, ids and addresses of actor and targets, in changes and their paths, data, the reason, the producer's externalId and the type's name; not in the context. All of them, each as the beginning of a word, without case and accents (`lodz` finds `Łódź`, `mfa` a change of `/requireMfa`); \"in quotes\" one after the other; not those with '-' before them. At most 16 words.",
    }),
  ),
};

/** Hours or days. */
export const histogramQuery: QuerySchemas = {
  unit: Type.Optional(Type.Enum(["hour", "day"], { default: "day", description: "What a bucket is." })),
  zone: Type.Optional(
    Type.String({
      default: "UTC",
      examples: ["Europe/Berlin"],
      description: "The time zone of the hours or days, by its IANA name.",
    }),
  ),
};

/** The page. */
export const pageQuery: QuerySchemas = {
  cursor: Type.Optional(Type.String({ description: "The 'next' of the previous page." })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 25 })),
};
