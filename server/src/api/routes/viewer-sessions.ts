/** The resource of viewer sessions: a host application opens the log for one of its own users; open sessions are listed and ended. */
import { formatTime } from "daybook/internal";
import type { FastifyInstance } from "fastify";
import {
  addressOf,
  bodyReader,
  callerOf,
  changeRequestOf,
  listPageOf,
  organizationNamed,
  organizationOf,
  sendJson,
  sendListPage,
} from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { type Query, readParameters } from "../../query-string/index.ts";
import type { RequestServices } from "../../services.ts";
import { shownViewerSession, viewerSessionKey } from "../../sign-in/index.ts";
import { smallBody } from "../schemas/pieces.ts";
import * as schemas from "../schemas/viewer-sessions.ts";

const readNew = bodyReader(schemas.NewViewerSession);

const all = "/v1/organizations/:org/viewer-sessions";

type ViewerSessionServices = Pick<RequestServices, "signIn" | "access" | "people">;

/** Registers the routes. */
export function addViewerSessions(app: FastifyInstance, services: ViewerSessionServices): void {
  addOpening(app, services);
  addListing(app, services);
  addEnding(app, services);
}

function addListing(app: FastifyInstance, services: ViewerSessionServices): void {
  app.get(
    all,
    { config: { action: "viewer-sessions:read" }, schema: schemas.listViewerSessions },
    async (request, reply) => {
      const { after, limit } = listPageOf(request, "viewer sessions");
      const organization = await organizationOf(request, services);
      const { rowScope } = organization.view;
      const change = { organization, rowScope, caller: callerOf(request), after, limit: limit + 1 };
      const items = await services.signIn.viewerSessions(change);
      const list = { kind: "viewer sessions", name: "viewerSessions", items, limit };
      return sendListPage(request, reply, { ...list, keyOf: viewerSessionKey, shown: shownViewerSession });
    },
  );
}

function addEnding(app: FastifyInstance, services: ViewerSessionServices): void {
  app.delete<{ Params: { session: string } }>(
    `${all}/:session`,
    { config: { action: "viewer-sessions:end" }, schema: schemas.endViewerSession },
    async (request, reply) => {
      readParameters(request.query as Query, []);
      const organization = await organizationOf(request, services);
      const { initiator } = changeRequestOf(request);
      const { session: id } = request.params;
      const { rowScope } = organization.view;
      await services.signIn.endViewerSession({
        organization,
        rowScope,
        caller: callerOf(request),
        id,
        initiator,
      });
      return reply.code(204).send();
    },
  );
}

function addOpening(app: FastifyInstance, services: ViewerSessionServices): void {
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
      const organization = await organizationNamed(request, named, services);
      if (wanted.role === "OWNER")
        services.access.demand(callerOf(request), "viewer-sessions:open-as-owner", organization);
      const opening = {
        ...wanted,
        organization,
        caller: callerOf(request),
        initiator: changeRequestOf(request).initiator,
      };
      const { id, token, expiresAt } = await services.signIn.openViewerSession(opening);
      const url = addressOf(request, `${paths.view()}#${token}`);
      return sendJson(reply.code(201), { id, token, expiresAt: formatTime(expiresAt), url });
    },
  );
}
