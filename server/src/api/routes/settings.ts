/** The resource of an organization's settings: read, change. */
import type { OrganizationSettings } from "daybook/internal";
import type { FastifyInstance } from "fastify";
import { bodyReader, changeRequestOf, organizationOf, sendTagged, versionOf } from "../../http/index.ts";
import { type Query, readParameters } from "../../query-string/index.ts";
import type { RequestServices } from "../../services.ts";
import * as schemas from "../schemas/organizations.ts";
import { smallBody } from "../schemas/pieces.ts";

const settings = "/v1/organizations/:org/settings";
const readChange = bodyReader(schemas.ChangeSettings);

/** Registers the routes. */
export function addSettings(app: FastifyInstance, services: RequestServices): void {
  app.get(
    settings,
    { config: { action: "organization:read" }, schema: schemas.readSettings },
    async (request, reply) => {
      readParameters(request.query as Query, []);
      const organization = await organizationOf(request, services);
      return sendTagged(reply, shown(organization), organization.version);
    },
  );

  app.patch(
    settings,
    {
      config: { action: "organization:change" },
      schema: schemas.changeSettings,
      bodyLimit: smallBody,
    },
    async (request, reply) => {
      readParameters(request.query as Query, []);
      const organization = await organizationOf(request, services);
      const { initiator } = changeRequestOf(request);
      const change = { organization, details: readChange(request), ifVersion: versionOf(request), initiator };
      const changed = await services.people.changeSettings(change);
      return sendTagged(reply, shown(changed), changed.version);
    },
  );
}

const shown = ({
  name,
  description,
  email,
  location,
  website,
}: OrganizationSettings): OrganizationSettings => ({
  name,
  description,
  email,
  location,
  website,
});
