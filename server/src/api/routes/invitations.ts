/** The resource of invitations: invite, list, withdraw; and reading and accepting one with its link. */
import { DaybookError, formatTime, type Invitation, refuse } from "daybook/internal";
import type { FastifyInstance, FastifyRequest } from "fastify";
import {
  baseOf,
  bodyReader,
  browserOf,
  callerOf,
  changeRequestOf,
  contextOf,
  listPageOf,
  organizationOf,
  sendJson,
  sendListPage,
  setSession,
} from "../../http/index.ts";
import type { Accepting, ListedInvitation } from "../../people/index.ts";
import { type Query, readParameters } from "../../query-string/index.ts";
import type { RequestServices } from "../../services.ts";
import * as schemas from "../schemas/invitations.ts";
import { smallBody } from "../schemas/pieces.ts";
import { placeOf, shownUser } from "./members.ts";

const all = "/v1/organizations/:org/invitations";
const byToken = "/v1/invitations";
const readNew = bodyReader(schemas.Invite);
const readToken = bodyReader(schemas.InvitationToken);
const readAccept = bodyReader(schemas.Accept);

/** Registers the routes. */
export function addInvitations(app: FastifyInstance, services: RequestServices): void {
  addToOrganization(app, services);
  addByToken(app, services);
}

function addToOrganization(app: FastifyInstance, services: RequestServices): void {
  const { people, access } = services;
  app.post(
    all,
    { config: { action: "members:change" }, schema: schemas.invite, bodyLimit: smallBody },
    async (request, reply) => {
      readParameters(request.query as Query, []);
      const organization = await organizationOf(request, services);
      const wanted = readNew(request);
      if (wanted.role === "OWNER") access.demand(callerOf(request), "members:make-owner", organization);
      const change = { organization, ...wanted, ...changeRequestOf(request) };
      const { invitation, ...once } = await people.invite(change);
      reply
        .code(201)
        .header("location", `${baseOf(request)}/v1/organizations/${organization.slug}/invitations`);
      return sendJson(reply, { ...shown(invitation), ...once });
    },
  );

  app.get(
    all,
    { config: { action: "members:read" }, schema: schemas.listInvitations },
    async (request, reply) => {
      const { after, limit } = listPageOf(request, "invitations");
      const place = placeOf(await organizationOf(request, services));
      const items = await people.invitations(place, { after, limit: limit + 1 });
      const list = { kind: "invitations", name: "invitations", items, limit, shown };
      return sendListPage(request, reply, { ...list, keyOf: ({ id }) => id });
    },
  );

  app.delete(
    `${all}/:invitation`,
    { config: { action: "members:change" }, schema: schemas.withdrawInvitation },
    async (request, reply) => {
      readParameters(request.query as Query, []);
      const organization = await organizationOf(request, services);
      const { invitation: invitationId } = request.params as { invitation: string };
      await people.withdrawInvitation({
        organization,
        invitationId,
        initiator: changeRequestOf(request).initiator,
      });
      return reply.code(204).send();
    },
  );
}

function addByToken(app: FastifyInstance, { people }: RequestServices): void {
  app.post(
    `${byToken}/read`,
    { config: { action: "sign-in" }, schema: schemas.readInvitation, bodyLimit: smallBody },
    async (request, reply) => {
      readParameters(request.query as Query, []);
      const { expiresAt, ...rest } = await people.readInvitation(readToken(request).token);
      return sendJson(reply, { ...rest, expiresAt: formatTime(expiresAt) });
    },
  );

  app.post(
    `${byToken}/accept`,
    { config: { action: "sign-in" }, schema: schemas.acceptInvitation, bodyLimit: smallBody },
    async (request, reply) => {
      readParameters(request.query as Query, []);
      const { token, ...account } = readAccept(request);
      const accepted = await people.acceptInvitation(token, acceptingOf(request, account));
      const { organization, role, user, session } = accepted;
      if (session !== undefined) setSession(reply, session);
      const { id, slug, name } = organization;
      return sendJson(reply, { organization: { id, slug, name }, role, user: shownUser(user) });
    },
  );
}

/**
 * The person who accepts. Throws `not-allowed` for callers who aren't people, and `request-invalid` if a signed-in person sends a password.
 */
function acceptingOf(request: FastifyRequest, account: { name?: string; password?: string }): Accepting {
  const { caller } = request;
  if (caller === undefined || caller.kind === "nobody") {
    const { name, password } = account;
    return { name, password, context: contextOf(request), browser: browserOf(request) };
  }
  if (caller.kind !== "user") {
    const detail = "Only a person can accept an invitation, not a token.";
    throw new DaybookError("not-allowed", { detail, remedy: "Send this without a token." });
  }
  for (const member of ["name", "password"] as const) {
    if (account[member] === undefined) continue;
    const detail = `You are signed in: leave ${member} out.`;
    throw refuse("request-invalid", { pointer: `/${member}`, detail });
  }
  return { user: caller.user, initiator: changeRequestOf(request).initiator };
}

const shown = (invitation: ListedInvitation): Invitation => {
  const { id, email, role, invitedBy, createdAt, expiresAt, expired, inviterMay } = invitation;
  const times = { createdAt: formatTime(createdAt), expiresAt: formatTime(expiresAt) };
  return { id, email, role, invitedBy, ...times, expired, inviterMay };
};
