/**
 * The resource of the caller's personal tokens. It takes no Idempotency-Key, because the response would be stored under it, and must be the
 * only place that shows the token.
 */
import { formatTime, type PersonalToken } from "daybook/internal";
import type { FastifyInstance } from "fastify";
import { bodyReader, sendJson } from "../../http/index.ts";
import { type Query, readParameters } from "../../query-string/index.ts";
import type { RequestServices } from "../../services.ts";
import type { OwnToken } from "../../sign-in/index.ts";
import * as schemas from "../schemas/personal-tokens.ts";
import { smallBody } from "../schemas/pieces.ts";
import { ownChange, personOf } from "./account.ts";

interface PersonalTokenRoute {
  Querystring: Query;
}

const all = "/v1/account/tokens";
const adding = { action: "personal-tokens:add" } as const;
const readNew = bodyReader(schemas.AddToken);

/** Registers the routes. */
export function addPersonalTokens(app: FastifyInstance, { signIn }: Pick<RequestServices, "signIn">): void {
  app.get<PersonalTokenRoute>(
    all,
    { config: { action: "account:read" }, schema: schemas.listTokens },
    async (request, reply) => {
      readParameters(request.query, []);
      const tokens = await signIn.tokens.list(personOf(request));
      return sendJson(reply, { tokens: tokens.map(shown) });
    },
  );

  app.post<PersonalTokenRoute>(
    all,
    { config: adding, schema: schemas.addToken, bodyLimit: smallBody },
    async (request, reply) => {
      readParameters(request.query, []);
      const { token, ...added } = await signIn.tokens.add({ ...ownChange(request), ...readNew(request) });
      return sendJson(reply.code(201), { ...shown(added), token });
    },
  );

  app.delete<PersonalTokenRoute & { Params: { token: string } }>(
    `${all}/:token`,
    { config: { action: "account:change" }, schema: schemas.removeToken },
    async (request, reply) => {
      readParameters(request.query, []);
      await signIn.tokens.remove({ ...ownChange(request), id: request.params.token });
      return reply.code(204).send();
    },
  );
}

const shown = ({
  id,
  name,
  prefix: tokenPrefix,
  expiresOn,
  createdAt,
  lastUsedOn,
}: OwnToken): PersonalToken => ({
  ...{ id, name, tokenPrefix, expiresOn },
  createdAt: formatTime(createdAt),
  lastUsedOn,
});
