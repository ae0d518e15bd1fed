/** The resource of viewer sessions: a host application opens the log for one of its own users. */
import { formatTime } from "daybook/event";
import type { FastifyInstance } from "fastify";
import { type Query, readParameters } from "../../search/index.ts";
import { addressOf } from "../addresses.ts";
import { sendJson } from "../answers.ts";
import { askedBy } from "../asked.ts";
import { bodyReader } from "../bodies.ts";
import { callerOf } from "../guard.ts";
import { organizationNamed } from "../organization-of.ts";
import type { ApiRooms } from "../rooms.ts";
import { smallBody } from "../schemas/pieces.ts";
import * as schemas from "../schemas/viewer-sessions.ts";

const readNew = bodyReader(schemas.NewViewerSession);

/** Registers the route. */
export function addViewerSessions(
  app: FastifyInstance,
  rooms: Pick<ApiRooms, "signIn" | "access" | "people">,
): void {
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
      const opening = { ...wanted, organization, caller: callerOf(request), by: askedBy(request).by };
      const { id, token, expiresAt } = await rooms.signIn.openViewerSession(opening);
      const url = addressOf(request, `/view#${token}`);
      return sendJson(reply.code(201), { id, token, expiresAt: formatTime(expiresAt), url });
    },
  );
}
