/** OpenAPI schemas for sign-in through the identity provider. */
import { Type } from "typebox";
import { answers, empty, type RouteSchema } from "./pieces.ts";

const tags = ["Sign-in"];

export const beginOpenId: RouteSchema = {
  operationId: "beginOpenId",
  summary: "Sign in with the identity provider",
  description:
    "For browsers. Redirects the browser to the provider, and sets a cookie that is valid for ten minutes.",
  tags,
  security: [],
  response: answers({ 303: empty("Redirects to the provider.") }, [
    "openid-unavailable",
    "too-many-requests",
  ]),
};

export const finishOpenId: RouteSchema = {
  operationId: "finishOpenId",
  summary: "Return from the identity provider",
  description:
    "Daybook finds the account by the provider's subject, or by the address that the provider has verified. Otherwise, Daybook creates an account, which belongs to no organization until it is invited.",
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
  response: answers({ 303: empty("Redirects to the first page, with a session cookie.") }, [
    "openid-refused",
    "openid-unavailable",
    "too-many-requests",
  ]),
};
