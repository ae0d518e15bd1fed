/** The resource of viewer sessions: a host application opens the log for one of its own users; those that are open are listed and ended. */
import { formatTime } from "daybook/event";
import type { FastifyInstance } from "fastify";
import { type Query, readParameters } from "../../search/index.ts";
import { shownViewerSession, viewerSessionKey } from "../../sign-in/index.ts";
import { addressOf } from "../addresses.ts";
import { sendJson } from "../answers.ts";
import { bodyReader } from "../bodies.ts";
import { changeRequestOf } from "../change-request.ts";
import { callerOf } from "../guard.ts";
import { listPageOf, sendListPage } from "../list-pages.ts";
import { organizationNamed, organizationOf } from "../organization-of.ts";
import type { ApiRooms } from "../rooms.ts";
import { smallBody } from "../schemas/pieces.ts";
import * as schemas from "../schemas/viewer-sessions.ts";

const readNew = bodyReader(schemas.NewViewerSession);

const all = "/v1/organizations/:org/viewer-sessions";

type Rooms = Pick<ApiRooms, "signIn" | "access" | "people">;

/** Registers the routes. */
export function addViewerSessions(app: FastifyInstance, rooms: Rooms): void {
  addOpening(app, rooms);
  addListing(app, rooms);
  addEnding(app, rooms);
}

function addListing(app: FastifyInstance, rooms: Rooms): void {
  app.get(
    all,
    { config: { action: "viewer-sessions:read" }, schema: schemas.listViewerSessions },
    async (request, reply) => {
      const { after, limit } = listPageOf(request, "viewer sessions");
      const organization = await organizationOf(request, rooms);
      const { rowScope } = organization.view;
      const asked = { organization, rowScope, caller: callerOf(request), after, limit: limit + 1 };
      const items = await rooms.signIn.viewerSessions(asked);
      const list = { kind: "viewer sessions", name: "viewerSessions", items, limit };
      return sendListPage(request, reply, { ...list, keyOf: viewerSessionKey, shown: shownViewerSession });
    },
  );
}

function addEnding(app: FastifyInstance, rooms: Rooms): void {
  app.delete<{ Params: { session: string } }>(
    `${all}/:session`,
    { config: { action: "viewer-sessions:end" }, schema: schemas.endViewerSession },
    async (request, reply) => {
      readParameters(request.query as Query, []);
      const organization = await organizationOf(request, rooms);
      const { by } = changeRequestOf(request);
      const { session: id } = request.params;
      const { rowScope } = organization.view;
      await rooms.signIn.endViewerSession({ organization, rowScope, caller: callerOf(request), id, by });
      return reply.code(204).send();
    },
  );
}

function addOpening(app: FastifyInstance, rooms: Rooms): void {
  app.post<{ Querystring: Query }>(
    "/v1/viewer-sessions",
    {
      config: { action: "viewer-sessions:open" },
      schema: schemas.openViewerSession,
      bodyLimit: smallBody,
    },
    async (request, reply) => {
      readParameters(request.query, []);
      const { organization: named, ...wanted } = readNew(request);
      const organization = await organizationNamed(request, named, rooms);
      if (wanted.role === "OWNER")
        rooms.access.demand(callerOf(request), "viewer-sessions:open-as-owner", organization);
      const opening = { ...wanted, organization, caller: callerOf(request), by: changeRequestOf(request).by };
      const { id, token, expiresAt } = await rooms.signIn.openViewerSession(opening);
      const url = addressOf(request, `/view#${token}`);
      return sendJson(reply.code(201), { id, token, expiresAt: formatTime(expiresAt), url });
    },
  );
}
