/** The resource of the caller's second factor, and removing another person's lost one. It takes no Idempotency-Key. */
import { formatTime } from "daybook/internal";
import type { FastifyInstance } from "fastify";
import { bodyReader, changeRequestOf, sendJson } from "../../http/index.ts";
import { type Query, readParameters } from "../../query-string/index.ts";
import type { RequestServices } from "../../services.ts";
import { smallBody } from "../schemas/pieces.ts";
import * as schemas from "../schemas/second-factor.ts";
import { ownChange, personOf, signedInOf } from "./account.ts";

interface SecondFactorRoute {
  Querystring: Query;
}

const one = "/v1/account/second-factor";
const reading = { action: "account:read" } as const;
const changing = { action: "second-factor:change" } as const;
const bodyLimit = smallBody;
const readNew = bodyReader(schemas.AddFactor);

/** Registers the routes. */
export function addSecondFactor(app: FastifyInstance, { signIn }: Pick<RequestServices, "signIn">): void {
  app.get<SecondFactorRoute>(one, { config: reading, schema: schemas.readFactor }, async (request, reply) => {
    readParameters(request.query, []);
    const found = await signIn.factors.own(personOf(request));
    return sendJson(reply, {
      secondFactor: found === undefined ? null : { ...found, addedAt: formatTime(found.addedAt) },
    });
  });

  app.get<SecondFactorRoute>(
    `${one}/offer`,
    { config: changing, schema: schemas.offerFactor },
    async (request, reply) => {
      readParameters(request.query, []);
      return sendJson(reply, await signIn.factors.offer(signedInOf(request)));
    },
  );

  app.post<SecondFactorRoute>(
    one,
    { config: changing, schema: schemas.addFactor, bodyLimit },
    async (request, reply) => {
      readParameters(request.query, []);
      return sendJson(
        reply.code(201),
        await signIn.factors.add({ ...ownChange(request), ...readNew(request) }),
      );
    },
  );

  app.post<SecondFactorRoute>(
    `${one}/recovery-codes`,
    { config: changing, schema: schemas.renewCodes, bodyLimit },
    async (request, reply) => {
      readParameters(request.query, []);
      return sendJson(reply.code(201), await signIn.factors.renewRecoveryCodes(ownChange(request)));
    },
  );

  app.delete<SecondFactorRoute>(
    one,
    { config: changing, schema: schemas.removeFactor },
    async (request, reply) => {
      readParameters(request.query, []);
      await signIn.factors.remove(ownChange(request));
      return reply.code(204).send();
    },
  );

  app.delete<SecondFactorRoute & { Params: { user: string } }>(
    "/v1/users/:user/second-factor",
    { config: { action: "users:change" }, schema: schemas.removeFactorOf },
    async (request, reply) => {
      readParameters(request.query, []);
      await signIn.factors.removeOf({
        which: { id: request.params.user },
        initiator: changeRequestOf(request).initiator,
      });
      return reply.code(204).send();
    },
  );
}
