/** What OpenAPI says of operators. */
import { type TObject, type TOptional, type TSchema, type TString, Type } from "typebox";
import { answers, empty, json, path, type RouteSchema } from "./pieces.ts";
import { pageQuery, query } from "./queries.ts";
import { Person, shortText } from "./sign-in.ts";

const tags = ["Operators"];

export const AddOperator: TObject<{ email: TString; name: TOptional<TString> }> = Type.Object(
  { email: shortText, name: Type.Optional(shortText) },
  { additionalProperties: false },
);

const Operators: TSchema = Type.Object({
  operators: Type.Array(Person),
  next: Type.Union([Type.String(), Type.Null()]),
});

const Added: TSchema = Type.Object({
  operator: Person,
  link: Type.Union([
    Type.Object({
      url: Type.String({ description: "The page where they do, with the code after its `#`." }),
      code: Type.String({ description: "Shown this once: by it they choose a password." }),
      expiresAt: Type.String({ format: "date-time" }),
    }),
    Type.Null(),
  ]),
});

export const listOperators: RouteSchema = {
  operationId: "listOperators",
  summary: "List the operators, by id",
  tags,
  querystring: query(pageQuery),
  response: answers({ 200: json("A page.", Operators) }, ["query-invalid", "cursor-invalid"]),
};

export const addOperator: RouteSchema = {
  operationId: "addOperator",
  summary: "Make somebody an operator: the one who has that address, else a new account",
  description:
    "Where they have no way to sign in yet, the answer holds a one-time code to choose a password by. Takes no Idempotency-Key: sent again it gives a new code.",
  tags,
  body: AddOperator,
  response: answers({ 200: json("The operator.", Added) }, [
    "reauthentication-needed",
    "request-invalid",
    "cross-site",
  ]),
};

export const removeOperator: RouteSchema = {
  operationId: "removeOperator",
  summary: "End somebody's operator rights",
  description: "Their sessions go on without them. The last operator can't be removed.",
  tags,
  params: path("user"),
  response: answers({ 204: empty("They are no operator any more.") }, [
    "reauthentication-needed",
    "user-not-found",
    "cross-site",
  ]),
};
