/** The resource of operators: list, add, remove. */
import { formatTime } from "daybook/internal";
import type { FastifyInstance } from "fastify";
import {
  addressOf,
  bodyReader,
  changeRequestOf,
  listPageOf,
  sendJson,
  sendListPage,
} from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { type Query, readParameters, single } from "../../query-string/index.ts";
import type { RequestServices } from "../../services.ts";
import * as schemas from "../schemas/operators.ts";
import { smallBody } from "../schemas/pieces.ts";
import { shownPerson } from "./sign-in.ts";

const all = "/v1/operators";
const readNew = bodyReader(schemas.AddOperator);

/** Registers the routes. */
export function addOperators(app: FastifyInstance, { signIn }: Pick<RequestServices, "signIn">): void {
  app.get(
    all,
    { config: { action: "operators:read" }, schema: schemas.listOperators },
    async (request, reply) => {
      const { after, limit } = listPageOf(request, "operators");
      const items = await signIn.operators({ after, limit: limit + 1 });
      const keyOf = ({ id }: { readonly id: string }): string => id;
      return sendListPage(request, reply, {
        kind: "operators",
        name: "operators",
        items,
        limit,
        keyOf,
        shown: shownPerson,
      });
    },
  );

  app.post<{ Querystring: Query }>(
    all,
    { config: { action: "operators:change" }, schema: schemas.addOperator, bodyLimit: smallBody },
    async (request, reply) => {
      readParameters(request.query, []);
      const { user, link } = await signIn.addOperator({
        ...readNew(request),
        initiator: changeRequestOf(request).initiator,
      });
      const shownLink = link && {
        url: addressOf(request, `${paths.password()}#${link.code}`),
        code: link.code,
        expiresAt: formatTime(link.expiresAt),
      };
      return sendJson(reply, { operator: shownPerson(user), link: shownLink ?? null });
    },
  );

  app.delete<{ Params: { user: string }; Querystring: Query }>(
    `${all}/:user`,
    { config: { action: "operators:change" }, schema: schemas.removeOperator },
    async (request, reply) => {
      const reason = single(readParameters(request.query, ["reason"]), "reason");
      const { initiator } = changeRequestOf(request);
      await signIn.removeOperator({ id: request.params.user, reason, initiator });
      return reply.code(204).send();
    },
  );
}
