/** The resource of an organization's members: list, read, change a role, remove or leave. */
import { formatTime, type Person, type Member as ShownMember } from "daybook/internal";
import type { FastifyInstance, FastifyRequest } from "fastify";
import {
  bodyReader,
  callerOf,
  changeRequestOf,
  listPageOf,
  organizationOf,
  type RequestOrganization,
  sendListPage,
  sendTagged,
  versionOf,
} from "../../http/index.ts";
import type { Member, UserName } from "../../people/index.ts";
import { type Query, readParameters, single } from "../../query-string/index.ts";
import type { RequestServices } from "../../services.ts";
import * as schemas from "../schemas/members.ts";
import { smallBody } from "../schemas/pieces.ts";

const all = "/v1/organizations/:org/members";
const one = `${all}/:user`;
const readChange = bodyReader(schemas.ChangeMember);

/** Registers the routes. */
export function addMembers(app: FastifyInstance, services: RequestServices): void {
  addReading(app, services);
  addChanging(app, services);
}

function addReading(app: FastifyInstance, services: RequestServices): void {
  const { people } = services;
  app.get(
    all,
    { config: { action: "members:read" }, schema: schemas.listMembers },
    async (request, reply) => {
      const { after, limit } = listPageOf(request, "members");
      const place = placeOf(await organizationOf(request, services));
      const items = await people.members(place, { after, limit: limit + 1 });
      const list = { kind: "members", name: "members", items, limit, shown };
      return sendListPage(request, reply, { ...list, keyOf: ({ user }) => user.id });
    },
  );

  app.get(one, { config: { action: "members:read" }, schema: schemas.readMember }, async (request, reply) => {
    readParameters(request.query as Query, []);
    const place = placeOf(await organizationOf(request, services));
    const member = await people.member(place, userOf(request));
    return sendTagged(reply, shown(member), member.version);
  });
}

function addChanging(app: FastifyInstance, services: RequestServices): void {
  const { people, access } = services;
  app.patch(
    one,
    { config: { action: "members:change" }, schema: schemas.changeMember, bodyLimit: smallBody },
    async (request, reply) => {
      readParameters(request.query as Query, []);
      const organization = await organizationOf(request, services);
      const { role } = readChange(request);
      if (role === "OWNER") access.demand(callerOf(request), "members:make-owner", organization);
      const change = { organization, userId: userOf(request), ifVersion: versionOf(request) };
      const member = await people.changeRole({
        ...change,
        role,
        initiator: changeRequestOf(request).initiator,
      });
      return sendTagged(reply, shown(member), member.version);
    },
  );

  app.delete(
    one,
    { config: { action: "membership:end" }, schema: schemas.endMembership },
    async (request, reply) => {
      const reason = single(readParameters(request.query as Query, ["reason"]), "reason");
      const organization = await organizationOf(request, services);
      const caller = callerOf(request);
      const userId = userOf(request);
      const isOwn = caller.kind === "user" && caller.user.id === userId;
      // every member may leave; removing another member needs more rights
      if (!isOwn) access.demand(caller, "members:remove", organization);
      const change = {
        organization,
        userId,
        reason,
        ifVersion: versionOf(request),
        initiator: changeRequestOf(request).initiator,
      };
      await people.endMembership({ ...change, how: isOwn ? "LEFT" : "REMOVED" });
      return reply.code(204).send();
    },
  );
}

/** An organization with the caller's row scope. */
export const placeOf = ({ organizationId, view: { rowScope } }: RequestOrganization): MemberLookup => ({
  organizationId,
  rowScope,
});

interface MemberLookup {
  readonly organizationId: number;
  readonly rowScope: RequestOrganization["view"]["rowScope"];
}

/** The user in the address. */
export const userOf = (request: FastifyRequest): string => (request.params as { user: string }).user;

/** A person as other members see them. */
export const shownUser = ({ id, name, email }: UserName): Person => ({ id, name, email });

const shown = ({ user, role, teamRoles, joinedAt }: Member): ShownMember => ({
  user: shownUser(user),
  role,
  teamRoles,
  joinedAt: formatTime(joinedAt),
});
