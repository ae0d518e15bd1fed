/**
 * Replacing the operator token. It takes no Idempotency-Key, because the response would be stored under it, and must be the only place that
 * shows the token.
 */
import type { FastifyInstance } from "fastify";
import { callerOf, changeRequestOf, sendJson } from "../../http/index.ts";
import { type Query, readParameters } from "../../query-string/index.ts";
import type { RequestServices } from "../../services.ts";
import * as schemas from "../schemas/operator-token.ts";

/** Registers the route. */
export function addOperatorToken(
  app: FastifyInstance,
  { operatorToken }: Pick<RequestServices, "operatorToken">,
): void {
  app.post<{ Querystring: Query }>(
    "/v1/operator-token/replace",
    { config: { action: "operator-token:replace" }, schema: schemas.replaceOperatorToken },
    async (request, reply) => {
      readParameters(request.query, []);
      const caller = callerOf(request);
      const shownHash = caller.kind === "operator" ? caller.tokenHash : undefined;
      const token = await operatorToken.replace({ shownHash, initiator: changeRequestOf(request).initiator });
      return sendJson(reply, { token });
    },
  );
}
