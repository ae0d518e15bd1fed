/** What OpenAPI says of the operator token. */
import { Type } from "typebox";
import { answers, json, type RouteSchema } from "./pieces.ts";
import { text } from "./shapes.ts";

export const replaceOperatorToken: RouteSchema = {
  operationId: "replaceOperatorToken",
  summary: "Replace the operator token, and show the new one once",
  description:
    "The old token stops working at once in this process and within a second in every other. Viewer sessions that it opened end; invitations, sign-in links and codes that it issued stop working. Where the data folder has a file operator-token, the file gets the new one. Takes no Idempotency-Key: the new token is kept nowhere else.",
  tags: ["Operators"],
  response: answers(
    {
      200: json(
        "The new token.",
        Type.Object({ token: text("`dbk_operator_…`, shown here only and never again.") }),
      ),
    },
    ["reauthentication-needed", "operator-token-fixed", "cross-site"],
  ),
};
