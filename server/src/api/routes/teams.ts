/** The resource of an organization's teams and their members. */
import { formatTime, type Team as ShownTeam } from "daybook/internal";
import type { FastifyInstance, FastifyRequest } from "fastify";
import {
  baseOf,
  bodyReader,
  changeRequestOf,
  listPageOf,
  organizationOf,
  sendListPage,
  sendTagged,
  versionOf,
} from "../../http/index.ts";
import type { Team } from "../../people/index.ts";
import { type Query, readParameters, single } from "../../query-string/index.ts";
import type { RequestServices } from "../../services.ts";
import { smallBody } from "../schemas/pieces.ts";
import * as schemas from "../schemas/teams.ts";
import { placeOf, shownUser, userOf } from "./members.ts";

const all = "/v1/organizations/:org/teams";
const one = `${all}/:team`;
const membersOf = `${one}/members`;
const readNew = bodyReader(schemas.NewTeam);
const readChange = bodyReader(schemas.ChangeTeam);

/** Registers the routes. */
export function addTeams(app: FastifyInstance, services: RequestServices): void {
  addAll(app, services);
  addOne(app, services);
  addTeamMembers(app, services);
}

function addAll(app: FastifyInstance, services: RequestServices): void {
  const { people } = services;
  app.get(all, { config: { action: "teams:read" }, schema: schemas.listTeams }, async (request, reply) => {
    const { after, limit } = listPageOf(request, "teams");
    const place = placeOf(await organizationOf(request, services));
    const items = await people.teams(place, { after, limit: limit + 1 });
    const list = { kind: "teams", name: "teams", items, limit, shown };
    return sendListPage(request, reply, { ...list, keyOf: ({ id }) => id });
  });

  app.post(
    all,
    { config: { action: "teams:change" }, schema: schemas.addTeam, bodyLimit: smallBody },
    async (request, reply) => {
      readParameters(request.query as Query, []);
      const organization = await organizationOf(request, services);
      const team = await people.addTeam({ organization, ...readNew(request), ...changeRequestOf(request) });
      reply
        .code(201)
        .header("location", `${baseOf(request)}/v1/organizations/${organization.slug}/teams/${team.id}`);
      return sendTagged(reply, shown(team), team.version);
    },
  );
}

function addOne(app: FastifyInstance, services: RequestServices): void {
  const { people } = services;
  app.get(one, { config: { action: "teams:read" }, schema: schemas.readTeam }, async (request, reply) => {
    readParameters(request.query as Query, []);
    const team = await people.team(placeOf(await organizationOf(request, services)), teamOf(request));
    return sendTagged(reply, shown(team), team.version);
  });

  app.patch(
    one,
    { config: { action: "teams:change" }, schema: schemas.changeTeam, bodyLimit: smallBody },
    async (request, reply) => {
      readParameters(request.query as Query, []);
      const change = await askedOf(request, services);
      const team = await people.changeTeam({
        ...change,
        ...readChange(request),
        ifVersion: versionOf(request),
      });
      return sendTagged(reply, shown(team), team.version);
    },
  );

  app.delete(
    one,
    { config: { action: "teams:remove" }, schema: schemas.removeTeam },
    async (request, reply) => {
      const reason = single(readParameters(request.query as Query, ["reason"]), "reason");
      const about = await askedOf(request, services);
      await people.removeTeam({ ...about, reason, ifVersion: versionOf(request) });
      return reply.code(204).send();
    },
  );
}

function addTeamMembers(app: FastifyInstance, services: RequestServices): void {
  const { people } = services;
  app.get(
    membersOf,
    { config: { action: "teams:read" }, schema: schemas.listTeamMembers },
    async (request, reply) => {
      const { after, limit } = listPageOf(request, "team members");
      const place = { ...placeOf(await organizationOf(request, services)), teamId: teamOf(request) };
      const items = await people.teamMembers(place, { after, limit: limit + 1 });
      const list = { kind: "team members", name: "members", items, limit, shown: shownUser };
      return sendListPage(request, reply, { ...list, keyOf: ({ id }) => id });
    },
  );

  app.put(
    `${membersOf}/:user`,
    { config: { action: "teams:change" }, schema: schemas.addTeamMember, bodyLimit: smallBody },
    async (request, reply) => {
      readParameters(request.query as Query, []);
      await people.addTeamMember({ ...(await askedOf(request, services)), userId: userOf(request) });
      return reply.code(204).send();
    },
  );

  app.delete(
    `${membersOf}/:user`,
    { config: { action: "teams:change" }, schema: schemas.removeTeamMember },
    async (request, reply) => {
      readParameters(request.query as Query, []);
      await people.removeTeamMember({ ...(await askedOf(request, services)), userId: userOf(request) });
      return reply.code(204).send();
    },
  );
}

const teamOf = (request: FastifyRequest): string => (request.params as { team: string }).team;

/** The inputs of a change of the team in the address. */
async function askedOf(request: FastifyRequest, services: RequestServices): Promise<AskedOfTeam> {
  const organization = await organizationOf(request, services);
  return { organization, teamId: teamOf(request), initiator: changeRequestOf(request).initiator };
}

type AskedOfTeam = Omit<Parameters<RequestServices["people"]["removeTeam"]>[0], "ifVersion" | "reason">;

const shown = ({ id, name, role, members, createdAt }: Team): ShownTeam => ({
  id,
  name,
  role,
  members,
  createdAt: formatTime(createdAt),
});
