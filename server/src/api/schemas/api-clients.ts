/** OpenAPI schemas for the routes of API clients and their bodies; the service checks their content. */
import { scopes } from "daybook/internal";
import { type TObject, type TOptional, type TString, type TUnknown, Type } from "typebox";
import { answers, empty, idempotencyKey, ifMatch, json, path, type RouteSchema } from "./pieces.ts";
import { pageQuery, query, reasonQuery, sourceQuery } from "./queries.ts";
import { closed, EventPage, inline, nullable, shape, text, time } from "./shapes.ts";

const clients = ["API clients"];

type AnyClientMember = TOptional<TUnknown>;
const anything = (): AnyClientMember => Type.Optional(Type.Unknown());

/** Bodies as they are read: the service reports all faults together. */
export const NewApiClient: TObject<{
  name: AnyClientMember;
  expiresOn: AnyClientMember;
  scopes: AnyClientMember;
}> = Type.Object({ name: anything(), expiresOn: anything(), scopes: anything() }, closed);
export const RenameApiClient: TObject<{ name: AnyClientMember }> = Type.Object({ name: anything() }, closed);
export const RotateApiClient: TObject<{ overlapMinutes: AnyClientMember }> = Type.Object(
  { overlapMinutes: anything() },
  closed,
);
export const RevokeApiClient: TObject<{ reason: AnyClientMember }> = Type.Object(
  { reason: anything() },
  closed,
);

const name = Type.String({
  description: "1 to 100 characters, unique among clients that are not deleted, regardless of case.",
});
const day = (description: string): TString => Type.String({ format: "date", description });

const client = {
  id: text("`client_…`"),
  name: text(),
  expiresOn: day("It works until the end of that day (UTC)."),
  status: Type.Enum(["active", "expired", "revoked"]),
  scopes: Type.Array(Type.Enum([...scopes])),
  createdBy: Type.Object(
    {
      type: text(),
      id: text(),
      name: Type.Optional(text()),
      hasLeft: Type.Boolean({ description: "Whether they are no longer a member." }),
    },
    { description: "The person as of the time when they added it." },
  ),
  createdAt: time,
  lastUsedOn: nullable(day("The day (UTC) of the last accepted request.")),
  tokenPrefix: text(
    "The start of the newest token: `dbk_live_` and 6 characters, which help to trace a leaked token.",
  ),
  expiresWithinDays: Type.Union([Type.Literal(7), Type.Literal(30), Type.Null()], {
    description: "For an active client: the number of days within which it expires.",
  }),
};

const ApiClient = shape("ApiClient", Type.Object(client));
const IssuedApiClient = shape(
  "IssuedApiClient",
  Type.Object({
    ...client,
    token: Type.Optional(
      text("Shown only in this response. Absent when a request with the same Idempotency-Key is repeated."),
    ),
  }),
);
const ApiClientPage = shape(
  "ApiClientPage",
  Type.Object({ apiClients: Type.Array(ApiClient), next: nullable(text("A cursor.")) }),
);

const notFound = ["organization-not-found", "api-client-not-found"] as const;
const changing = ["request-invalid", "organization-closed"] as const;
const onceMore =
  "A repeat with the same Idempotency-Key gets the first response without the token, which Daybook does not store. If the token was lost, rotate it.";

export const addApiClient: RouteSchema = {
  operationId: "addApiClient",
  summary: "Add an API client and show its token once",
  description: `The token works immediately and until the end of the expiry date, with the scopes in this organization. ${onceMore}`,
  tags: clients,
  params: path("org"),
  headers: idempotencyKey,
  body: inline(
    "NewApiClient",
    Type.Object(
      {
        name,
        expiresOn: day("From tomorrow to 12 months ahead (UTC). You can't change it later."),
        scopes: Type.Array(Type.Enum([...scopes]), { minItems: 1, uniqueItems: true }),
      },
      closed,
    ),
  ),
  response: answers({ 201: json("The client with its token, and its ETag.", IssuedApiClient) }, [
    "organization-not-found",
    ...changing,
    "name-taken",
    "idempotency-key-reused",
  ]),
};

export const listApiClients: RouteSchema = {
  operationId: "listApiClients",
  summary: "List an organization's API clients, newest first",
  description: "Includes revoked and expired clients, but not deleted ones.",
  tags: clients,
  params: path("org"),
  querystring: query(pageQuery),
  response: answers({ 200: json("A page.", ApiClientPage) }, [
    "query-invalid",
    "cursor-invalid",
    "organization-not-found",
  ]),
};

export const readApiClient: RouteSchema = {
  operationId: "readApiClient",
  summary: "Read an API client",
  tags: clients,
  params: path("org", "client"),
  response: answers({ 200: json("The client, with its ETag.", ApiClient) }, notFound),
};

export const renameApiClient: RouteSchema = {
  operationId: "renameApiClient",
  summary: "Rename an API client",
  description:
    "The name is all that you can change. Setting the same name has no effect, and records no event.",
  tags: clients,
  params: path("org", "client"),
  headers: ifMatch,
  body: inline("RenameApiClient", Type.Object({ name }, closed)),
  response: answers({ 200: json("The client, with its ETag.", ApiClient) }, [
    ...notFound,
    ...changing,
    "name-taken",
    "api-client-revoked",
    "changed-meanwhile",
  ]),
};

export const rotateApiClient: RouteSchema = {
  operationId: "rotateApiClient",
  summary: "Give an API client a new token and show it once",
  description: `The old tokens work for the overlap. Without an overlap, they stop working immediately. ${onceMore}`,
  tags: clients,
  params: path("org", "client"),
  headers: idempotencyKey,
  body: inline(
    "RotateApiClient",
    Type.Object(
      { overlapMinutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_080, default: 0 })) },
      closed,
    ),
  ),
  response: answers({ 200: json("The client with its new token, and its ETag.", IssuedApiClient) }, [
    ...notFound,
    ...changing,
    "api-client-revoked",
    "api-client-expired",
    "idempotency-key-reused",
  ]),
};

export const revokeApiClient: RouteSchema = {
  operationId: "revokeApiClient",
  summary: "Revoke an API client",
  description:
    "Its tokens stop working immediately. The client stays in the list. You can't undo this. Revoking it again has no effect, and records no event.",
  tags: clients,
  params: path("org", "client"),
  headers: idempotencyKey,
  body: inline(
    "RevokeApiClient",
    Type.Object(
      { reason: Type.Optional(text("In your own words, at most 4,096 bytes. The log shows it.")) },
      closed,
    ),
  ),
  response: answers({ 200: json("The client, with its ETag.", ApiClient) }, [
    "reauthentication-needed",
    ...notFound,
    ...changing,
    "idempotency-key-reused",
  ]),
};

export const deleteApiClient: RouteSchema = {
  operationId: "deleteApiClient",
  summary: "Delete an API client",
  description:
    "Its tokens stop working immediately, and its name becomes available. Its history stays. You can't undo this. Deleting it again has no effect, and records no event.",
  tags: clients,
  params: path("org", "client"),
  querystring: query(reasonQuery),
  response: answers({ 204: empty("The client is deleted.") }, [
    "reauthentication-needed",
    "request-invalid",
    "query-invalid",
    ...notFound,
    "organization-closed",
  ]),
};

export const readApiClientHistory: RouteSchema = {
  operationId: "readApiClientHistory",
  summary: "Read what Daybook did to an API client, newest first",
  description:
    "Includes deleted clients. What others reported about the client is not part of its history; recordedBy=others returns that instead.",
  tags: clients,
  params: path("org", "client"),
  querystring: query({ ...pageQuery, ...sourceQuery }),
  response: answers({ 200: json("A page of events.", EventPage) }, [
    "query-invalid",
    "cursor-invalid",
    ...notFound,
  ]),
};
