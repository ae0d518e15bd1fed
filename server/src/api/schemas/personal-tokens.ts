/** OpenAPI schemas for personal tokens and the body that makes one; the service checks its content. */
import { type TObject, type TOptional, type TString, type TUnknown, Type } from "typebox";
import { answers, empty, json, path, type RouteSchema } from "./pieces.ts";
import { closed, inline, nullable, text, time } from "./shapes.ts";

const tags = ["Account"];

type AnyTokenMember = TOptional<TUnknown>;
const anything = (): AnyTokenMember => Type.Optional(Type.Unknown());

export const AddToken: TObject<{ name: AnyTokenMember; expiresOn: AnyTokenMember }> = Type.Object(
  { name: anything(), expiresOn: anything() },
  closed,
);

const day = (description: string): TString => Type.String({ format: "date", description });

const token = {
  id: text("`token_…`"),
  name: text("1 to 100 characters. Only you see the name; it appears in no log."),
  tokenPrefix: text("`dbk_pat_` and 6 characters, which help to trace a leaked token."),
  expiresOn: day("It works until the end of that day (UTC)."),
  createdAt: time,
  lastUsedOn: nullable(day("The day (UTC) of the last accepted request.")),
};

export const listTokens: RouteSchema = {
  operationId: "listPersonalTokens",
  summary: "List your active personal tokens, newest first",
  tags,
  response: answers(
    { 200: json("They.", inline("PersonalTokens", Type.Object({ tokens: Type.Array(Type.Object(token)) }))) },
    [],
  ),
};

export const addToken: RouteSchema = {
  operationId: "addPersonalToken",
  summary: "Create a personal token",
  description:
    "A program that sends it as `Authorization: Bearer` can do what you can at that moment, except what docs/access.md reserves for sessions. You must have confirmed your identity recently. A person has at most 20 tokens. This operation takes no Idempotency-Key, because Daybook does not store the token.",
  tags,
  body: inline(
    "NewPersonalToken",
    Type.Object(
      {
        name: Type.String({ description: "1 to 100 characters." }),
        expiresOn: day("From tomorrow to a year ahead."),
      },
      closed,
    ),
  ),
  response: answers(
    {
      201: json(
        "The token.",
        inline("IssuedPersonalToken", Type.Object({ ...token, token: text("Shown only in this response.") })),
      ),
    },
    ["reauthentication-needed", "request-invalid", "not-allowed", "cross-site"],
  ),
};

export const removeToken: RouteSchema = {
  operationId: "removePersonalToken",
  summary: "End one of your personal tokens",
  description: "The token stops working immediately. Signing out everywhere ends all personal tokens.",
  tags,
  params: path("token"),
  response: answers({ 204: empty("It has ended.") }, [
    "not-allowed",
    "personal-token-not-found",
    "cross-site",
  ]),
};
