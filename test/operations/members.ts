/** Operations on invitations and members. */
import {
  ask,
  type Ground,
  newName,
  newPassword,
  organization,
  type PreparedOrganization,
  person,
  team,
} from "./ground.ts";
import type { Operation, Prepared } from "./operation.ts";

/** An invitation of that address, as a link's token. */
async function invited(ground: Ground, { at }: PreparedOrganization, email: string): Promise<Invited> {
  const { body } = await ask(ground, "POST", `${at}/invitations`, { email, role: "DESIGNER" });
  return { id: body.id, token: body.link.split("#")[1] };
}
interface Invited {
  readonly id: string;
  readonly token: string;
}

/** A change of a member's role by an owner. */
async function roleChange(ground: Ground, from: "OWNER" | "DESIGNER", to: string): Promise<Prepared> {
  const { at, slug, id } = await organization(ground);
  const owner = await person(ground, { organization: slug });
  const { user } = await person(ground, { organization: slug, role: from });
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

/** A membership that ends, with a place in a team. */
async function ending(ground: Ground, how: "LEFT" | "REMOVED"): Promise<Prepared> {
  const org = await organization(ground);
  const owner = await person(ground, { organization: org.slug });
  const member = await person(ground, { organization: org.slug, role: "CONSUMER" });
  const { id: teamId, at } = await team(ground, org);
  await ask(ground, "PUT", `${at}/members/${member.user.id}`);
  const by = how === "LEFT" ? member : owner;
  const { id: userId } = member.user;
  const ended = { data: { userId, why: "Removed from the organization", sessions: 1 } };
  return {
    perform: async ({ server }) =>
      (await server.call("DELETE", `${org.at}/members/${userId}`, undefined, by.cookie)).status,
    logs: { organization: org.slug },
    by,
    pins: {
      organization: [
        { data: { userId, role: "CONSUMER", how } },
        { data: { userId, teamId } },
        ...(how === "LEFT" ? [] : [ended]),
      ],
      daybook: [ended],
    },
  };
}

const invitations: readonly Operation[] = [
  {
    name: "Invite somebody",
    how: "POST /v1/organizations/:org/invitations",
    records: { organization: ["NEW_ORGANIZATION_MEMBER"] },
    answers: 201,
    again: "nothing",
    prepare: async (ground) => {
      const { at, slug } = await organization(ground);
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
    prepare: async (ground) => {
      const org = await organization(ground);
      const email = `${newName("withdrawn")}@acme.example`;
      const { id } = await invited(ground, org, email);
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
    prepare: async (ground) => {
      const { token } = await invited(ground, await organization(ground), `${newName("looks")}@acme.example`);
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
    prepare: async (ground) => {
      const org = await organization(ground);
      const guest = await person(ground);
      const { token } = await invited(ground, org, guest.user.email);
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
    prepare: async (ground) => {
      const org = await organization(ground);
      const name = newName("Newcomer");
      const email = `${name}@acme.example`;
      const { id, token } = await invited(ground, org, email);
      const body = { token, name, password: newPassword(ground) };
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
    prepare: (ground) => roleChange(ground, "DESIGNER", "AUDITOR"),
  },
  {
    ...aRole,
    name: "Make a member an owner",
    records: { organization: ["UPDATE_ORGANIZATION_MEMBER"] },
    prepare: (ground) => roleChange(ground, "DESIGNER", "OWNER"),
  },
  {
    ...aRole,
    name: "Make an owner something else",
    records: { organization: ["UPDATE_ORGANIZATION_MEMBER"] },
    prepare: (ground) => roleChange(ground, "OWNER", "CONSUMER"),
  },
  {
    ...anEnd,
    name: "Leave an organization, being in a team",
    records: { organization: ["REMOVE_ORGANIZATION_MEMBER", "REMOVE_TEAM_MEMBER"] },
    prepare: (ground) => ending(ground, "LEFT"),
  },
  {
    ...anEnd,
    name: "Remove a member who is in a team and signed in",
    records: {
      organization: ["REMOVE_ORGANIZATION_MEMBER", "REMOVE_TEAM_MEMBER", "SESSIONS_ENDED"],
      daybook: ["SESSIONS_ENDED"],
    },
    prepare: (ground) => ending(ground, "REMOVED"),
  },
];
