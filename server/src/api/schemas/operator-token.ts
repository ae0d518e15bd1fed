/** OpenAPI schemas for the operator token. */
import { Type } from "typebox";
import { answers, json, type RouteSchema } from "./pieces.ts";
import { inline, text } from "./shapes.ts";

export const replaceOperatorToken: RouteSchema = {
  operationId: "replaceOperatorToken",
  summary: "Replace the operator token and show the new one once",
  description:
    "The old token stops working immediately in this process, and within a second in all others. Viewer sessions that it opened end. Invitations, sign-in links and codes that it issued stop working. If the data folder has a file operator-token, Daybook writes the new token there. This operation takes no Idempotency-Key, because Daybook stores the new token nowhere else.",
  tags: ["Operators"],
  response: answers(
    {
      200: json(
        "The new token.",
        inline(
          "IssuedOperatorToken",
          Type.Object({ token: text("`dbk_operator_…`, shown only in this response.") }),
        ),
      ),
    },
    ["reauthentication-needed", "operator-token-fixed", "cross-site"],
  ),
};
