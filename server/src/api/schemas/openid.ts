/** What OpenAPI says of signing in by the identity provider. */
import { Type } from "typebox";
import { answers, empty, type RouteSchema } from "./pieces.ts";

const tags = ["Sign-in"];

export const beginOpenId: RouteSchema = {
  operationId: "beginOpenId",
  summary: "Sign in by the identity provider",
  description:
    "For a browser: sends it to the provider, with a cookie that it has to come back with within ten minutes.",
  tags,
  security: [],
  response: answers({ 303: empty("To the provider.") }, ["openid-unavailable", "too-many-requests"]),
};

export const finishOpenId: RouteSchema = {
  operationId: "finishOpenId",
  summary: "Come back from the identity provider",
  description:
    "Who is found by the provider's subject, else by the address that it has verified, else gets a new account, which is a member of nothing until it is invited.",
  tags,
  security: [],
  querystring: Type.Object(
    {
      code: Type.Optional(Type.String()),
      state: Type.Optional(Type.String()),
      error: Type.Optional(Type.String()),
    },
    { additionalProperties: true, description: "As the provider sends it." },
  ),
  response: answers({ 303: empty("To the first page, signed in by the cookie of the session.") }, [
    "openid-refused",
    "openid-unavailable",
    "too-many-requests",
  ]),
};
