/** Operations on invitations and members. */
import {
  ask,
  newName,
  newPassword,
  type OperationsFixture,
  organization,
  type PreparedOrganization,
  person,
  team,
} from "./fixture.ts";
import type { Operation, Prepared } from "./operation.ts";

/** An invitation of that address, as a link's token. */
async function invited(
  fixture: OperationsFixture,
  { at }: PreparedOrganization,
  email: string,
): Promise<Invited> {
  const { body } = await ask(fixture, "POST", `${at}/invitations`, { email, role: "DESIGNER" });
  return { id: body.id, token: body.link.split("#")[1] };
}
interface Invited {
  readonly id: string;
  readonly token: string;
}

/** A change of a member's role by an owner. */
async function roleChange(
  fixture: OperationsFixture,
  from: "OWNER" | "DESIGNER",
  to: string,
): Promise<Prepared> {
  const { at, slug, id } = await organization(fixture);
  const owner = await person(fixture, { organization: slug });
  const { user } = await person(fixture, { organization: slug, role: from });
  const about = { targets: [{ type: "user", id: user.id, name: user.name }] };
  const ofOwners = { changes: [{ path: "/role", from, to }], data: { role: to, oldRole: from } };
  const ofOthers = {
    changes: [{ path: "/roles", from: [from], to: [to] }],
    data: { principalType: "USER", principal: user.id, resource: id, roles: [to], oldRoles: [from] },
  };
  return {
    perform: async ({ server }) =>
      (await server.call("PATCH", `${at}/members/${user.id}`, { role: to }, owner.cookie)).status,
    logs: { organization: slug },
    by: owner,
    pins: {
      organization: [{ ...about, ...(from === "OWNER" || to === "OWNER" ? ofOwners : ofOthers) }],
    },
  };
}

/** A membership that ends, with a place in a team and a saved view. */
async function ending(fixture: OperationsFixture, how: "LEFT" | "REMOVED"): Promise<Prepared> {
  const org = await organization(fixture);
  const owner = await person(fixture, { organization: org.slug });
  const member = await person(fixture, { organization: org.slug, role: "CONSUMER" });
  const { id: teamId, at } = await team(fixture, org);
  await ask(fixture, "PUT", `${at}/members/${member.user.id}`);
  await ask(fixture, "POST", `${org.at}/views`, { name: newName("View"), search: {} }, member.cookie);
  const by = how === "LEFT" ? member : owner;
  const { id: userId } = member.user;
  const ended = { data: { userId, why: "Removed from the organization", sessions: 1 } };
  return {
    perform: async ({ server }) =>
      (await server.call("DELETE", `${org.at}/members/${userId}?reason=Ticket%2043`, undefined, by.cookie))
        .status,
    logs: { organization: org.slug },
    by,
    pins: {
      organization: [
        { data: { userId, role: "CONSUMER", how }, reason: "Ticket 43" },
        { data: { userId, teamId } },
        ...(how === "LEFT" ? [] : [ended]),
      ],
      daybook: [ended],
    },
  };
}

const invitations: readonly Operation[] = [
  {
    name: "Invite someone",
    how: "POST /v1/organizations/:org/invitations",
    records: { organization: ["NEW_ORGANIZATION_MEMBER"] },
    answers: 201,
    again: "nothing",
    prepare: async (fixture) => {
      const { at, slug } = await organization(fixture);
      const data = { email: `${newName("invited")}@acme.example`, role: "AUDITOR" };
      return {
        perform: async ({ server }) => (await server.call("POST", `${at}/invitations`, data)).status,
        logs: { organization: slug },
        pins: { organization: [{ data, targets: [{ type: "user", name: data.email }] }] },
      };
    },
  },
  {
    name: "Withdraw an invitation",
    how: "DELETE /v1/organizations/:org/invitations/:invitation",
    records: { organization: ["INVITATION_WITHDRAWN"] },
    answers: 204,
    again: "nothing",
    prepare: async (fixture) => {
      const org = await organization(fixture);
      const email = `${newName("withdrawn")}@acme.example`;
      const { id } = await invited(fixture, org, email);
      return {
        perform: async ({ server }) => (await server.call("DELETE", `${org.at}/invitations/${id}`)).status,
        logs: { organization: org.slug },
        pins: {
          organization: [
            { data: { email, role: "DESIGNER", invitationId: id }, targets: [{ type: "user", id }] },
          ],
        },
      };
    },
  },
  {
    name: "Look at an invitation by its link",
    how: "POST /v1/invitations/read",
    records: {},
    answers: 200,
    again: "nothing",
    prepare: async (fixture) => {
      const { token } = await invited(
        fixture,
        await organization(fixture),
        `${newName("looks")}@acme.example`,
      );
      return {
        perform: async ({ server }) =>
          (await server.call("POST", "/v1/invitations/read", { token }, { authorization: "" })).status,
      };
    },
  },
  {
    name: "Accept an invitation, signed in",
    how: "POST /v1/invitations/accept",
    records: { organization: ["ACCEPT_ORG_MEMBER_INVITE"] },
    answers: 200,
    again: "nothing",
    prepare: async (fixture) => {
      const org = await organization(fixture);
      const guest = await person(fixture);
      const { token } = await invited(fixture, org, guest.user.email);
      return {
        perform: async ({ server }) =>
          (await server.call("POST", "/v1/invitations/accept", { token }, guest.cookie)).status,
        logs: { organization: org.slug },
        by: guest,
        pins: { organization: [{ data: { userId: guest.user.id, role: "DESIGNER" } }] },
      };
    },
  },
  {
    name: "Accept an invitation with a new account",
    how: "POST /v1/invitations/accept",
    records: {
      organization: ["USER_ADDED", "PASSWORD_CHANGED", "SIGN_IN", "ACCEPT_ORG_MEMBER_INVITE"],
      daybook: ["USER_ADDED", "PASSWORD_CHANGED", "SIGN_IN"],
    },
    answers: 200,
    again: "nothing",
    prepare: async (fixture) => {
      const org = await organization(fixture);
      const name = newName("Newcomer");
      const email = `${name}@acme.example`;
      const { id, token } = await invited(fixture, org, email);
      const body = { token, name, password: newPassword(fixture) };
      const ofAccount = [
        { data: { email, how: "INVITATION" } },
        { data: { how: "SET_UP" } },
        { data: { method: "SETUP_LINK" } },
      ];
      return {
        perform: async ({ server }) =>
          (await server.call("POST", "/v1/invitations/accept", body, { authorization: "" })).status,
        logs: { organization: org.slug },
        by: { actor: { type: "user", name, email }, recordedBy: { type: "server", id: "daybook" } },
        pins: {
          organization: [...ofAccount, { data: { email, role: "DESIGNER", invitationId: id } }],
          daybook: ofAccount,
        },
      };
    },
  },
];

const route = "/v1/organizations/:org/members/:user";
const aRole = { how: `PATCH ${route}`, answers: 200, again: "nothing" } as const;
const anEnd = { how: `DELETE ${route}`, answers: 204, again: "nothing" } as const;

export const members: readonly Operation[] = [
  ...invitations,
  {
    ...aRole,
    name: "Change a member's role",
    records: { organization: ["NEW_COLLABORATION"] },
    prepare: (fixture) => roleChange(fixture, "DESIGNER", "AUDITOR"),
  },
  {
    ...aRole,
    name: "Make a member an owner",
    records: { organization: ["UPDATE_ORGANIZATION_MEMBER"] },
    prepare: (fixture) => roleChange(fixture, "DESIGNER", "OWNER"),
  },
  {
    ...aRole,
    name: "Give an owner another role",
    records: { organization: ["UPDATE_ORGANIZATION_MEMBER"] },
    prepare: (fixture) => roleChange(fixture, "OWNER", "CONSUMER"),
  },
  {
    ...anEnd,
    name: "Leave an organization, as a member of a team",
    records: { organization: ["REMOVE_ORGANIZATION_MEMBER", "REMOVE_TEAM_MEMBER"] },
    prepare: (fixture) => ending(fixture, "LEFT"),
  },
  {
    ...anEnd,
    name: "Remove a member who is in a team and signed in",
    records: {
      organization: ["REMOVE_ORGANIZATION_MEMBER", "REMOVE_TEAM_MEMBER", "SESSIONS_ENDED"],
      daybook: ["SESSIONS_ENDED"],
    },
    prepare: (fixture) => ending(fixture, "REMOVED"),
  },
];
