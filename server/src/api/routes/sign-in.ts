/**
 * Signing in and out: the first account, passwords, one-time codes. It takes no Idempotency-Key, because its hash would include the body.
 */
import { formatTime, type Person } from "daybook/internal";
import type { FastifyInstance, FastifyReply } from "fastify";
import {
  bodyReader,
  clearHalf,
  clearSession,
  contextOf,
  fromOf,
  halfTokenOf,
  sendJson,
  setHalf,
  setSession,
} from "../../http/index.ts";
import { type Query, readParameters } from "../../query-string/index.ts";
import type { RequestServices } from "../../services.ts";
import { type Entered, type HalfEntered, isHalf } from "../../sign-in/index.ts";
import { smallBody } from "../schemas/pieces.ts";
import * as schemas from "../schemas/sign-in.ts";

interface SignInRoute {
  Querystring: Query;
}

const readSetUp = bodyReader(schemas.SetUp);
const readSignIn = bodyReader(schemas.SignIn);
const readCode = bodyReader(schemas.ShowCode);
const readChoice = bodyReader(schemas.ChoosePassword);
const config = { action: "sign-in" } as const;
const bodyLimit = smallBody;

/** Registers the routes. */
export function addSignIn(app: FastifyInstance, { signIn }: Pick<RequestServices, "signIn">): void {
  app.post<SignInRoute>(
    "/v1/set-up",
    { config, schema: schemas.setUp, bodyLimit },
    async (request, reply) => {
      readParameters(request.query, []);
      return sendEntered(reply.code(201), await signIn.setUp(readSetUp(request), fromOf(request)));
    },
  );

  app.post<SignInRoute>(
    "/v1/sign-in",
    { config, schema: schemas.signIn, bodyLimit },
    async (request, reply) => {
      readParameters(request.query, []);
      return sendEntered(reply, await signIn.signIn(readSignIn(request), fromOf(request)));
    },
  );

  app.post<SignInRoute>(
    "/v1/sign-in/second-factor",
    { config, schema: schemas.finishSignIn, bodyLimit },
    async (request, reply) => {
      readParameters(request.query, []);
      const shown = { token: halfTokenOf(request), ...readCode(request) };
      const entered = await signIn.finishSignIn(shown, fromOf(request));
      clearHalf(reply);
      return sendEntered(reply, entered);
    },
  );

  app.post<SignInRoute>(
    "/v1/password",
    { config, schema: schemas.choosePassword, bodyLimit },
    async (request, reply) => {
      readParameters(request.query, []);
      return sendEntered(reply, await signIn.choosePassword(readChoice(request), fromOf(request)));
    },
  );

  app.post<SignInRoute>(
    "/v1/sign-out",
    { config, schema: schemas.signOut, bodyLimit },
    async (request, reply) => {
      readParameters(request.query, []);
      const { caller } = request;
      if (caller?.kind === "user" && caller.session !== undefined) {
        const { actor, recordedBy } = caller;
        await signIn.signOut({ caller, initiator: { actor, recordedBy, context: contextOf(request) } });
      }
      clearSession(reply);
      return reply.code(204).send();
    },
  );
}

/** The response to a complete or half sign-in: only the cookie has the session. */
function sendEntered(reply: FastifyReply, entered: Entered | HalfEntered): FastifyReply {
  if (isHalf(entered)) {
    setHalf(reply, entered.token, entered.expiresAt);
    return sendJson(reply.code(202), { needs: entered.needs, expiresAt: formatTime(entered.expiresAt) });
  }
  setSession(reply, entered);
  const { user, expiresAt } = entered;
  return sendJson(reply, { user: shownPerson(user), expiresAt: formatTime(expiresAt) });
}

/** A person in a response. */
export const shownPerson = ({ id, name, email }: Person): Person => ({ id, name, email });
