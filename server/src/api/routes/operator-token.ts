/** The operator token: replaced. A key is not taken: the answer, which is kept under one, is the only place that shows the token. */
import type { FastifyInstance } from "fastify";
import { type Query, readParameters } from "../../search/index.ts";
import { sendJson } from "../answers.ts";
import { changeRequestOf } from "../change-request.ts";
import { callerOf } from "../guard.ts";
import type { ApiRooms } from "../rooms.ts";
import * as schemas from "../schemas/operator-token.ts";

/** Registers the route. */
export function addOperatorToken(
  app: FastifyInstance,
  { operatorToken }: Pick<ApiRooms, "operatorToken">,
): void {
  app.post<{ Querystring: Query }>(
    "/v1/operator-token/replace",
    { config: { action: "operator-token:replace" }, schema: schemas.replaceOperatorToken },
    async (request, reply) => {
      readParameters(request.query, []);
      const caller = callerOf(request);
      const shownHash = caller.kind === "operator" ? caller.tokenHash : undefined;
      const token = await operatorToken.replace({ shownHash, by: changeRequestOf(request).by });
      return sendJson(reply, { token });
    },
  );
}
