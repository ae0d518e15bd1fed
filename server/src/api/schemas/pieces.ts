/** The pieces that route schemas are made of: answers with the problems they may be, paths, bodies of events. */
import { type Code, codes } from "daybook/internal";
import type { FastifySchema } from "fastify";
import { type TSchema, Type } from "typebox";

/** A schema as Fastify takes it, with what OpenAPI adds. */
export interface RouteSchema extends FastifySchema {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: string[];
  readonly security?: Record<string, string[]>[];
}

/** One answer: what it is, and its content by media type; or `type` alone where it has none. */
export type ResponseDescription = { readonly description: string } & (
  | { readonly content: Readonly<Record<string, { readonly schema: TSchema }>> }
  | { readonly type: "null" }
);

/** An answer of JSON. */
export const json = (description: string, schema: TSchema): ResponseDescription => ({
  description,
  content: { "application/json": { schema } },
});

/** An answer of text of another media type. */
export const file = (description: string, mediaType: string): ResponseDescription => ({
  description,
  content: { [mediaType]: { schema: Type.String() } },
});

/** An answer without content. */
export const empty = (description: string): ResponseDescription => ({ description, type: "null" });

/** What every route may answer. */
const always: readonly Code[] = [
  "not-authenticated",
  "not-allowed",
  "not-acceptable",
  "internal",
  "shutting-down",
];

/** The answers of a route: the good ones, and the problems by their statuses. */
export function answers(
  good: Readonly<Record<number, ResponseDescription>>,
  problems: readonly Code[],
): Record<string, ResponseDescription> {
  const byStatus = new Map<number, Code[]>();
  for (const code of [...problems, ...always]) {
    const { status } = codes[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const all: Record<string, ResponseDescription> = {};
  for (const [status, answer] of Object.entries(good)) all[status] = answer;
  for (const [status, named] of [...byStatus].sort(([a], [b]) => a - b)) {
    const description = named.map((code) => `\`${code}\`: ${codes[code].title}`).join("\n\n");
    all[status] = { description, content: { "application/problem+json": { schema: Type.Ref("Problem") } } };
  }
  return all;
}

const inPath: Readonly<Record<string, string>> = {
  org: "The organization's slug or id.",
  id: "The event's id.",
  type: "The name of the event type.",
  user: "The user's id.",
  session: "The session's id.",
  invitation: "The invitation's id.",
  team: "The team's id.",
  client: "The API client's id.",
};

/** Parameters of the path. */
export const path = (...names: string[]): TSchema =>
  Type.Object(
    Object.fromEntries(names.map((name) => [name, Type.String({ description: inPath[name] ?? name })])),
  );

/** A body of events: one, a batch, or lines. */
export const ofEvents = (one: TSchema, batch: TSchema): unknown => ({
  content: {
    "application/json": { schema: Type.Union([one, batch]) },
    "application/x-ndjson": { schema: Type.String({ description: "An event a line." }) },
  },
});

/** Bodies that hold a few words, and definitions of event types, in bytes. */
export const smallBody: number = 64 * 1024;
export const definitionBody: number = 256 * 1024;

const idempotency = Type.Optional(
  Type.String({
    description:
      "1 to 255 visible ASCII characters. A repeated request with the same key gets the same response, and is carried out once.",
  }),
);
const match = Type.Optional(
  Type.String({
    description:
      "The ETag that you read. If the resource has changed since, the request is refused with 412. Without this header, or with *, the request applies to any state.",
  }),
);

/** The headers of a request that is done once, however often it is sent. */
export const idempotencyKey: TSchema = Type.Object({ "idempotency-key": idempotency });
/** The headers of a change of what has a version. */
export const ifMatch: TSchema = Type.Object({ "if-match": match });
/** Of one that is both. */
export const onceIfMatch: TSchema = Type.Object({ "idempotency-key": idempotency, "if-match": match });
