/** The parts of route schemas: responses with their possible problems, paths, bodies of events. */
import { type Code, codes } from "daybook/internal";
import type { FastifySchema } from "fastify";
import { type TSchema, Type } from "typebox";

/** A schema for Fastify, with the additions for OpenAPI. */
export interface RouteSchema extends FastifySchema {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: string[];
  readonly security?: Record<string, string[]>[];
}

/** One response: its description, and its content by media type; or only `type` if it has no content. */
export type ResponseDescription = { readonly description: string } & (
  | { readonly content: Readonly<Record<string, { readonly schema: TSchema }>> }
  | { readonly type: "null" }
);

/** A JSON response. */
export const json = (description: string, schema: TSchema): ResponseDescription => ({
  description,
  content: { "application/json": { schema } },
});

/** A text response of another media type. */
export const file = (description: string, mediaType: string): ResponseDescription => ({
  description,
  content: { [mediaType]: { schema: Type.String() } },
});

/** A response without content. */
export const empty = (description: string): ResponseDescription => ({ description, type: "null" });

/** The problems that every route can have. */
const always: readonly Code[] = [
  "not-authenticated",
  "not-allowed",
  "not-acceptable",
  "internal",
  "shutting-down",
];

/** The responses of a route: the successful ones, and the problems by status. */
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
  view: "The view's id.",
  client: "The API client's id.",
};

/** Path parameters. */
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

/** The maximum size of bodies with a few words, and with definitions of event types, in bytes. */
export const smallBody: number = 64 * 1024;
export const definitionBody: number = 256 * 1024;

const idempotency = Type.Optional(
  Type.String({
    description:
      "1 to 255 visible ASCII characters. A repeated request with the same key by the same caller gets the same response, and is carried out once.",
  }),
);
const match = Type.Optional(
  Type.String({
    description:
      "The ETag that you read. If the resource has changed since, the request is refused with 412. Without this header, or with *, the request applies to any state.",
  }),
);

/** The headers of a request that takes an Idempotency-Key. */
export const idempotencyKey: TSchema = Type.Object({ "idempotency-key": idempotency });
/** The headers of a change to a resource with a version. */
export const ifMatch: TSchema = Type.Object({ "if-match": match });
/** The headers of a request that takes both. */
export const onceIfMatch: TSchema = Type.Object({ "idempotency-key": idempotency, "if-match": match });
