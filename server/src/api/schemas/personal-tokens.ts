/** What OpenAPI says of personal tokens, and the body that makes one: what may stand in it the room says itself. */
import { type TObject, type TOptional, type TSchema, type TUnknown, Type } from "typebox";
import { answers, empty, json, path, type RouteSchema } from "./pieces.ts";
import { closed, nullable, text, time } from "./shapes.ts";

const tags = ["Account"];

type Anything = TOptional<TUnknown>;
const anything = (): Anything => Type.Optional(Type.Unknown());

export const AddToken: TObject<{ name: Anything; expiresOn: Anything }> = Type.Object(
  { name: anything(), expiresOn: anything() },
  closed,
);

const day = (description: string): TSchema => Type.String({ format: "date", description });

const token = {
  id: text("`token_…`"),
  name: text("1 to 100 characters. Only you see it: no log tells it."),
  tokenPrefix: text("`dbk_pat_` and 6 characters, to trace a leaked one."),
  expiresOn: day("It works until the end of that day, UTC."),
  createdAt: time,
  lastUsedOn: nullable(day("The day, UTC, of the last request that it let in.")),
};

export const listTokens: RouteSchema = {
  operationId: "listPersonalTokens",
  summary: "List one's personal tokens that work, the newest first",
  tags,
  response: answers({ 200: json("They.", Type.Object({ tokens: Type.Array(Type.Object(token)) })) }, []),
};

export const addToken: RouteSchema = {
  operationId: "addPersonalToken",
  summary: "Make a personal token",
  description:
    "A program that sends it as `Authorization: Bearer` does what you may at that moment, but for what docs/access.md asks a session for. You need to have shown lately who you are. At most 20 at a time; no Idempotency-Key is taken, for the token is kept nowhere.",
  tags,
  body: Type.Object(
    {
      name: Type.String({ description: "1 to 100 characters." }),
      expiresOn: day("From tomorrow to a year ahead."),
    },
    closed,
  ),
  response: answers(
    {
      201: json("It is made.", Type.Object({ ...token, token: text("Shown here only, and never again.") })),
    },
    ["reauthentication-needed", "request-invalid", "not-allowed", "cross-site"],
  ),
};

export const removeToken: RouteSchema = {
  operationId: "removePersonalToken",
  summary: "End one of one's personal tokens",
  description: "It stops working at once. Signing out everywhere ends all of them.",
  tags,
  params: path("token"),
  response: answers({ 204: empty("It has ended.") }, [
    "not-allowed",
    "personal-token-not-found",
    "cross-site",
  ]),
};
