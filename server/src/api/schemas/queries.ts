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
    Type.String({
      format: "date-time",
      description: `${description} RFC 3339, a date alone, which is that whole day of the time zone \`tz\`, or how long ago, such as \`7d\` (m, h, d, w).`,
    }),
  );

const onlyContext = "Refused for callers who don't see the context of events.";

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
    Type.String({ examples: [...sources, "api_client:client_9"] }),
    "Who vouches for the event. daybook: what Daybook did itself (recordedBy.own, or recorded by the server); others: what others reported; type:id: one recorder.",
  ),
  from: time("The earliest occurredAt."),
  to: time("Before this occurredAt."),
  tz: Type.Optional(
    Type.String({
      default: "UTC",
      examples: ["Europe/Berlin"],
      description: "The time zone of dates, by its IANA name.",
    }),
  ),
  changed: many(Type.String({ examples: ["/expiresOn"] }), "The path of something that changed."),
  externalId: many(Type.String(), "The producer's externalId."),
  ip: many(
    Type.String({ examples: ["192.0.2.17", "2001:db8::/32"] }),
    `The address it came from, or its network. ${onlyContext}`,
  ),
  userAgent: many(
    Type.String({ examples: ["curl"] }),
    `Words of the user agent, one after the other. ${onlyContext}`,
  ),
  requestId: many(Type.String(), `The request. ${onlyContext}`),
  correlationId: many(Type.String(), `The act that caused it. ${onlyContext}`),
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

/** A search in events. */
export const wordsQuery: QuerySchemas = {
  q: Type.Optional(
    Type.String({
      maxLength: 1_000,
      examples: ['"register sandbox" actor:"Anne Wilson" -type:NEW_DRAFT_*'],
      description:
        "Words and qualifiers, all of which must fit; spec/search.md has the grammar. Words are looked for in names, ids and addresses of actor and targets, in changes and their paths, data, the reason, the producer's externalId and the type's name; not in the context. Each is the beginning of a word, without case and accents (`lodz` finds `Łódź`, `mfa` a change of `/requireMfa`); \"in quotes\" one after the other; not those with '-' before them. At most 16 words. Qualifiers: `type:API_CLIENT_*`, `actor:` and `target:` with a name or type:id, `outcome:`, `changed:/path`, `recorded-by:`, `external:`, `after:` and `before:` with a time or a date; for callers who see the context, `ip:` with an address or a network, `agent:`, `request:`, `correlation:`; in the log of all organizations, `org:`. The same qualifier again means either; '-' excludes.",
    }),
  ),
};

/** Hours or days. */
export const histogramQuery: QuerySchemas = {
  unit: Type.Optional(Type.Enum(["hour", "day"], { default: "day", description: "What a bucket is." })),
  zone: Type.Optional(
    Type.String({
      examples: ["Europe/Berlin"],
      description: "The time zone of the hours or days, by its IANA name. Default: `tz`.",
    }),
  ),
  split: Type.Optional(
    Type.Enum(["type", "actor", "outcome"], {
      description:
        "Splits each bucket: by outcome, or by the four types or actors that most of the newest 2,000 events have.",
    }),
  ),
};

/** A value that someone types. */
export const suggestionQuery: QuerySchemas = {
  kind: Type.Enum(["actor", "target", "type", "changed"], { description: "The qualifier." }),
  text: Type.Optional(
    Type.String({
      maxLength: 200,
      examples: ["grace ho"],
      description:
        "What was typed. Of actors and targets, each word is the beginning of one in the name, the email address or the id. Default: the newest values.",
    }),
  ),
};

/** The page. */
export const pageQuery: QuerySchemas = {
  cursor: Type.Optional(Type.String({ description: "The 'next' of the previous page." })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 25 })),
};

/** The reason of an act that has no body. */
export const reasonQuery: QuerySchemas = {
  reason: Type.Optional(
    Type.String({
      description: "In your own words, at most 4,096 bytes. The event has it, and the log shows it.",
    }),
  ),
};
