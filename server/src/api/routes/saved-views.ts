/** The resource of an organization's saved views: the shared ones, and the calling person's own. */
import { formatTime, type SavedView as ShownView } from "daybook/internal";
import type { FastifyInstance, FastifyRequest } from "fastify";
import {
  baseOf,
  bodyReader,
  callerOf,
  changeRequestOf,
  organizationOf,
  sendJson,
  sendTagged,
  versionOf,
} from "../../http/index.ts";
import { type Query, readParameters } from "../../query-string/index.ts";
import type { ChangingView, ListedView, ViewPerson } from "../../saved-views/index.ts";
import type { RequestServices } from "../../services.ts";
import { smallBody } from "../schemas/pieces.ts";
import * as schemas from "../schemas/saved-views.ts";
import { placeOf } from "./members.ts";

const all = "/v1/organizations/:org/views";
const one = `${all}/:view`;
const reading = { action: "views:read" } as const;
const saving = { action: "views:save" } as const;
const readNew = bodyReader(schemas.NewSavedView);
const readChange = bodyReader(schemas.ChangeSavedView);

/** Registers the routes. */
export function addSavedViews(app: FastifyInstance, services: RequestServices): void {
  addAll(app, services);
  addOne(app, services);
}

function addAll(app: FastifyInstance, services: RequestServices): void {
  const { savedViews, access } = services;
  app.get(all, { config: reading, schema: schemas.listSavedViews }, async (request, reply) => {
    readParameters(request.query as Query, []);
    const place = placeOf(await organizationOf(request, services));
    const views = await savedViews.list(place, personOf(request));
    return sendJson(reply, { views: views.map(shown) });
  });

  app.post(
    all,
    { config: saving, schema: schemas.saveView, bodyLimit: smallBody },
    async (request, reply) => {
      readParameters(request.query as Query, []);
      const organization = await organizationOf(request, services);
      const { forEveryone = false, ...wanted } = readNew(request);
      if (forEveryone) access.demand(callerOf(request), "views:share", organization);
      const person = personOf(request);
      const about = { organization, person, forEveryone, ...wanted };
      const view = await savedViews.save({ ...about, ...changeRequestOf(request) });
      reply
        .code(201)
        .header("location", `${baseOf(request)}/v1/organizations/${organization.slug}/views/${view.id}`);
      return sendTagged(reply, shown(view), view.version);
    },
  );
}

function addOne(app: FastifyInstance, services: RequestServices): void {
  const { savedViews } = services;
  app.get(one, { config: reading, schema: schemas.readSavedView }, async (request, reply) => {
    readParameters(request.query as Query, []);
    const place = placeOf(await organizationOf(request, services));
    const view = await savedViews.view(place, personOf(request), viewOf(request));
    return sendTagged(reply, shown(view), view.version);
  });

  app.patch(
    one,
    { config: saving, schema: schemas.changeSavedView, bodyLimit: smallBody },
    async (request, reply) => {
      readParameters(request.query as Query, []);
      const change = await askedOf(request, services);
      const view = await savedViews.change({ ...change, ...readChange(request) });
      return sendTagged(reply, shown(view), view.version);
    },
  );

  app.delete(one, { config: saving, schema: schemas.removeSavedView }, async (request, reply) => {
    readParameters(request.query as Query, []);
    await savedViews.remove(await askedOf(request, services));
    return reply.code(204).send();
  });
}

const viewOf = (request: FastifyRequest): string => (request.params as { view: string }).view;

/** The person with views of their own; undefined for machines, viewers and the operator token. */
function personOf(request: FastifyRequest): ViewPerson {
  const caller = callerOf(request);
  return caller.kind === "user" ? caller.user : undefined;
}

/** The inputs of a change of the view in the address. */
async function askedOf(request: FastifyRequest, services: RequestServices): Promise<ChangingView> {
  const organization = await organizationOf(request, services);
  return {
    organization,
    person: personOf(request),
    viewId: viewOf(request),
    mayShare: services.access.mayDo(callerOf(request), "views:share", organization),
    ifVersion: versionOf(request),
    initiator: changeRequestOf(request).initiator,
  };
}

const shown = ({ id, name, forEveryone, search, createdAt }: ListedView): ShownView => ({
  ...{ id, name, forEveryone, search },
  createdAt: formatTime(createdAt),
});
