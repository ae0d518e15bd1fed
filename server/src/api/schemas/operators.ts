/** OpenAPI schemas for operators. */
import { type TObject, type TOptional, type TString, Type } from "typebox";
import { answers, empty, json, path, type RouteSchema } from "./pieces.ts";
import { pageQuery, query, reasonQuery } from "./queries.ts";
import { inline } from "./shapes.ts";
import { Person, shortText } from "./sign-in.ts";

const tags = ["Operators"];

export const AddOperator: TObject<{ email: TString; name: TOptional<TString> }> = Type.Object(
  { email: shortText, name: Type.Optional(shortText) },
  { additionalProperties: false },
);

const Operators = inline(
  "OperatorPage",
  Type.Object({
    operators: Type.Array(Person),
    next: Type.Union([Type.String(), Type.Null()]),
  }),
);

const Added = inline(
  "AddedOperator",
  Type.Object({
    operator: Person,
    link: Type.Union([
      Type.Object({
        url: Type.String({ description: "The page for choosing a password, with the code after its `#`." }),
        code: Type.String({ description: "The code for choosing a password, shown once." }),
        expiresAt: Type.String({ format: "date-time" }),
      }),
      Type.Null(),
    ]),
  }),
);

export const listOperators: RouteSchema = {
  operationId: "listOperators",
  summary: "List the operators, by id",
  tags,
  querystring: query(pageQuery),
  response: answers({ 200: json("A page.", Operators) }, ["query-invalid", "cursor-invalid"]),
};

export const addOperator: RouteSchema = {
  operationId: "addOperator",
  summary: "Make the account with this address an operator, or create one",
  description:
    "If the person has no way to sign in yet, the response has a one-time code for choosing a password. This operation takes no Idempotency-Key; a repeat creates a new code.",
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
  summary: "End someone's operator rights",
  description: "Their sessions continue without operator rights. The last operator can't be removed.",
  tags,
  params: path("user"),
  querystring: query(reasonQuery),
  response: answers({ 204: empty("They are no longer an operator.") }, [
    "reauthentication-needed",
    "request-invalid",
    "query-invalid",
    "user-not-found",
    "cross-site",
  ]),
};
