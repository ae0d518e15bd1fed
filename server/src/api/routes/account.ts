/** The resource of the caller's own account: name, password and sessions. */
import { type Account, DaybookError, formatTime } from "daybook/internal";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { CallingPerson, SignedIn } from "../../access/index.ts";
import {
  bodyReader,
  browserOf,
  callerOf,
  changeRequestOf,
  clearSession,
  sendJson,
} from "../../http/index.ts";
import { type Query, readParameters } from "../../query-string/index.ts";
import type { RequestServices } from "../../services.ts";
import type { UserAccount } from "../../sign-in/index.ts";
import * as schemas from "../schemas/account.ts";
import { smallBody } from "../schemas/pieces.ts";
import { shownPerson } from "./sign-in.ts";

interface AccountRoute {
  Querystring: Query;
}
interface OneSession extends AccountRoute {
  Params: { session: string };
}

type AccountServices = Pick<RequestServices, "signIn">;

const one = "/v1/account";
const reading = { action: "account:read" } as const;
const changing = { action: "account:change" } as const;
const bodyLimit = smallBody;
const readChange = bodyReader(schemas.ChangeAccount);
const readShown = bodyReader(schemas.Reauthenticate);
const readPasswords = bodyReader(schemas.ChangePassword);

/** Registers the routes. */
export function addAccount(app: FastifyInstance, services: AccountServices): void {
  addOwn(app, services);
  addSessions(app, services);
}

function addOwn(app: FastifyInstance, { signIn }: AccountServices): void {
  app.get<AccountRoute>(one, { config: reading, schema: schemas.readAccount }, async (request, reply) => {
    readParameters(request.query, []);
    return sendJson(reply, shownAccount(await signIn.account(personOf(request))));
  });

  app.patch<AccountRoute>(
    one,
    { config: changing, schema: schemas.changeAccount, bodyLimit },
    async (request, reply) => {
      readParameters(request.query, []);
      await signIn.renameUser({ ...ownChange(request), ...readChange(request) });
      return sendJson(reply, shownAccount(await signIn.account(personOf(request))));
    },
  );

  app.post<AccountRoute>(
    `${one}/reauthenticate`,
    { config: changing, schema: schemas.reauthenticate, bodyLimit },
    async (request, reply) => {
      readParameters(request.query, []);
      await signIn.reauthenticate({ ...ownChange(request), ...readShown(request) });
      return reply.code(204).send();
    },
  );

  app.post<AccountRoute>(
    `${one}/password`,
    { config: changing, schema: schemas.changePassword, bodyLimit },
    async (request, reply) => {
      readParameters(request.query, []);
      const browser = browserOf(request);
      await signIn.changePassword({ ...ownChange(request), ...readPasswords(request), browser });
      return reply.code(204).send();
    },
  );
}

function addSessions(app: FastifyInstance, { signIn }: AccountServices): void {
  app.get<AccountRoute>(
    `${one}/sessions`,
    { config: reading, schema: schemas.listSessions },
    async (request, reply) => {
      readParameters(request.query, []);
      const person = personOf(request);
      const found = await signIn.sessionsOf(person);
      const sessions = found.map(({ id, method, userAgent, ...times }) => ({
        id,
        method,
        userAgent,
        ...shownTimes(times),
        isThisOne: id === person.session?.id,
      }));
      return sendJson(reply, { sessions });
    },
  );

  app.delete<OneSession>(
    `${one}/sessions/:session`,
    { config: changing, schema: schemas.endSession },
    async (request, reply) => {
      readParameters(request.query, []);
      const own = ownChange(request);
      const { session: id } = request.params;
      await signIn.endSession({ ...own, id });
      if (id === own.caller.session.id) clearSession(reply);
      return reply.code(204).send();
    },
  );

  app.post<AccountRoute>(
    `${one}/sign-out-everywhere`,
    { config: changing, schema: schemas.signOutEverywhere, bodyLimit },
    async (request, reply) => sendEnded(reply, await signIn.signOutEverywhere(ownChange(request))),
  );
}

function sendEnded(reply: FastifyReply, sessions: number): FastifyReply {
  clearSession(reply);
  return sendJson(reply, { sessions });
}

/** The calling person; only people have accounts. */
export function personOf(request: FastifyRequest): CallingPerson {
  const caller = callerOf(request);
  if (caller.kind !== "user") throw new DaybookError("not-allowed");
  return caller;
}

/** The calling person, with a session. */
export function signedInOf(request: FastifyRequest): SignedIn {
  const person = personOf(request);
  if (person.session === undefined) throw new DaybookError("not-allowed");
  return person;
}

/** A change of the own account. It takes no Idempotency-Key, because its hash would include a password. */
export function ownChange(request: FastifyRequest): {
  caller: SignedIn;
  initiator: ReturnType<typeof changeRequestOf>["initiator"];
} {
  return { caller: signedInOf(request), initiator: changeRequestOf(request).initiator };
}

const shownTimes = (times: {
  createdAt: bigint;
  expiresAt: bigint;
}): { createdAt: string; expiresAt: string } => ({
  createdAt: formatTime(times.createdAt),
  expiresAt: formatTime(times.expiresAt),
});

function shownAccount({ user, hasPassword, memberships, session }: UserAccount): Account {
  const organizations = memberships.map(
    ({ organization: { id, slug, name, closedAt }, role, teamRoles }) => ({
      id,
      slug,
      name,
      closedAt: closedAt === null ? null : formatTime(closedAt),
      role,
      teamRoles,
    }),
  );
  return {
    ...shownPerson(user),
    isOperator: user.isOperator,
    hasPassword,
    organizations,
    session:
      session === undefined ? null : { id: session.id, method: session.method, ...shownTimes(session) },
  };
}
