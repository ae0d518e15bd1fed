/** Event types about API clients, the credentials of machines. Tokens never enter an event. */
import {
  count,
  credential,
  date,
  identifier,
  list,
  members,
  text,
  time,
  tokenPrefix,
  whole,
} from "./data-schema.ts";
import { anne, type Definition, daybook, define } from "./define.ts";
import type { CardRow, DataSchema, EventType } from "./event-type.ts";

const card: readonly CardRow[] = [
  { label: "Client name", path: "/data/name", format: "text" },
  { label: "Expiry date", path: "/data/expiresOn", format: "date" },
];

const clientMembers = {
  clientId: identifier,
  name: text(512),
  "expiresOn?": date,
  "scopes?": list(text(128), 100),
};
const client: DataSchema = members(clientMembers);

const data = {
  clientId: "client_9",
  name: "Register sandbox",
  expiresOn: "2027-05-31",
  scopes: ["events:write", "events:read"],
};
const targets = [{ type: "api_client", id: "client_9", name: "Register sandbox" }];

/** Members about a new token: its prefix, to trace a leaked token, and the digest of the hash in the database. */
const issued = { "tokenPrefix?": tokenPrefix, "credential?": credential };
const issuedExample = {
  tokenPrefix: "dbk_live_4sTb9x",
  credential: "acsOUT5r4x0sbIk3rm4esOSeQ_uqd8JxhsfsGhtFfrA",
};

type ApiClientDefinition = Omit<Definition, "about" | "firstTarget">;

const apiClient = (words: ApiClientDefinition): EventType =>
  define({
    about: "api-clients",
    firstTarget: ["api_client"],
    data: client,
    card,
    labels: {
      "/name": "Client name",
      "/expiresOn": "Expiry date",
      "/scopes": "Scopes",
      "/token": "Token",
      "/secret": "Secret",
    },
    secret: { changes: ["/token", "/secret"] },
    ...words,
  });

/** Types for the life of an API client, in order. */
export const apiClientTypes: readonly EventType[] = [
  apiClient({
    name: "API_CLIENT_ADDED",
    title: "API client added",
    refusedTitle: "Tried to add an API client",
    sentence: "{actor} added API client {target}",
    refusedSentence: "{actor} tried to add API client {target}",
    description: "An API client was added. From now on its token works, until the end of the expiry date.",
    operation: "create",
    data: members({ ...clientMembers, ...issued }),
    example: { actor: anne, targets, data: { ...data, ...issuedExample } },
  }),
  apiClient({
    name: "API_CLIENT_UPDATED",
    title: "API client updated",
    refusedTitle: "Tried to update an API client",
    sentence: "{actor} updated API client {target}",
    refusedSentence: "{actor} tried to update API client {target}",
    description: "An API client was changed, such as its name. The changes have the values before.",
    operation: "update",
    example: {
      actor: anne,
      targets,
      changes: [{ path: "/name", from: "Sandbox", to: "Register sandbox" }],
      data,
    },
  }),
  apiClient({
    name: "API_CLIENT_REVOKED",
    title: "API client revoked",
    refusedTitle: "Tried to revoke an API client",
    sentence: "{actor} revoked API client {target}",
    refusedSentence: "{actor} tried to revoke API client {target}",
    description: "An API client was stopped for good. Its token no longer works; the client stays listed.",
    operation: "update",
    example: { actor: anne, targets, reason: "The token was found in a public repository", data },
  }),
  apiClient({
    name: "API_CLIENT_DELETED",
    title: "API client deleted",
    refusedTitle: "Tried to delete an API client",
    sentence: "{actor} deleted API client {target}",
    refusedSentence: "{actor} tried to delete API client {target}",
    description: "An API client was deleted. Its token no longer works; the client is no longer listed.",
    operation: "delete",
    example: { actor: anne, targets, data },
  }),
  apiClient({
    name: "API_CLIENT_EXPIRED",
    title: "API client expired",
    refusedTitle: "API client did not expire",
    sentence: "{actor} recorded that API client {target} expired",
    refusedSentence: "{actor} tried to let API client {target} expire",
    description: "The expiry date of an API client passed, and its token stopped working.",
    operation: "update",
    example: { actor: daybook, targets, data },
  }),
  apiClient({
    name: "API_CLIENT_EXPIRES_SOON",
    title: "API client expires soon",
    refusedTitle: "Tried to warn that an API client expires",
    sentence: "{actor} warned that API client {target} expires within {data.days} days",
    refusedSentence: "{actor} tried to warn that API client {target} expires within {data.days} days",
    description:
      "The expiry date of an API client is near: once at 30 days and once at 7. Its token works until the end of that day.",
    operation: "read",
    data: members({ clientId: identifier, name: text(512), expiresOn: date, days: whole(1) }),
    example: {
      actor: daybook,
      targets,
      data: { clientId: "client_9", name: "Register sandbox", expiresOn: "2027-05-31", days: 30 },
    },
  }),
  apiClient({
    name: "API_CLIENT_TOKEN_ROTATED",
    title: "API client token rotated",
    refusedTitle: "Tried to rotate the token of an API client",
    sentence: "{actor} rotated the token of API client {target}",
    refusedSentence: "{actor} tried to rotate the token of API client {target}",
    description:
      "An API client was given a new token. The old token works until the end of the overlap, if there is one.",
    operation: "update",
    data: members({
      clientId: identifier,
      name: text(512),
      "expiresOn?": date,
      "overlapUntil?": time,
      ...issued,
    }),
    card: [...card, { label: "Old token works until", path: "/data/overlapUntil", format: "time" }],
    example: {
      actor: anne,
      targets,
      data: {
        clientId: "client_9",
        name: "Register sandbox",
        expiresOn: "2027-05-31",
        overlapUntil: "2026-11-29T11:20:31Z",
        ...issuedExample,
      },
    },
  }),
  apiClient({
    name: "API_CLIENT_REFUSED",
    title: "API client refused",
    refusedTitle: "API client refused",
    sentence: "{actor} was turned away as API client {target}",
    refusedSentence: "{actor} was turned away as API client {target}",
    description:
      "Someone used a revoked, expired or unknown token. One event covers all such attempts within an hour.",
    operation: "access",
    data: members({ clientId: identifier, name: text(512), why: text(512), "count?": count }),
    card: [
      { label: "Client name", path: "/data/name", format: "text" },
      { label: "Why", path: "/data/why", format: "text" },
      { label: "Times", path: "/data/count", format: "number" },
    ],
    example: {
      actor: { type: "anonymous" },
      targets,
      outcome: "denied",
      data: { clientId: "client_9", name: "Register sandbox", why: "The token is revoked", count: 12 },
    },
  }),
];
