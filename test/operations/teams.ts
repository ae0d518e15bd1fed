/** Operations on teams and their members. */
import {
  ask,
  newName,
  type OperationsFixture,
  organization,
  type PreparedTeam,
  person,
  team,
} from "./fixture.ts";
import type { Operation, Prepared } from "./operation.ts";

const route = "/v1/organizations/:org/teams";
const [add, change] = [`POST ${route}`, `PATCH ${route}/:team`];
const nothing = { again: "nothing" } as const;

/** A new team, with an Idempotency-Key, so that a repeat is recognized. */
async function adding(fixture: OperationsFixture, role: "AUDITOR" | null): Promise<Prepared> {
  const { at, slug, id } = await organization(fixture);
  const name = newName("Team");
  const given = { changes: [{ path: "/roles", to: [role] }], data: { principalType: "TEAM", resource: id } };
  return {
    perform: async ({ server }) =>
      (await server.call("POST", `${at}/teams`, { name, role }, { "idempotency-key": name })).status,
    logs: { organization: slug },
    pins: {
      organization: [
        { data: { team: name }, targets: [{ type: "team", name }] },
        ...(role === null ? [] : [given]),
      ],
    },
  };
}

type Role = "AUDITOR" | "DESIGNER" | null;

/** A change of a team that has a role or none; the events as they are pinned. */
async function changing(
  fixture: OperationsFixture,
  had: Role,
  wanted: { readonly name?: string; readonly role?: Role },
): Promise<Prepared> {
  const org = await organization(fixture);
  const { at, id, name: from } = await team(fixture, org, had);
  const { name, role } = wanted;
  const renamed = { changes: [{ path: "/name", from, to: name }], data: { teamId: id, team: name } };
  const data = { principalType: "TEAM", principal: id, resource: org.id, roles: [role ?? had] };
  const old = had === null ? {} : { from: [had] };
  const moved = { data, changes: [{ path: "/roles", ...old, ...(role === null ? {} : { to: [role] }) }] };
  return {
    perform: async ({ server }) => (await server.call("PATCH", at, wanted)).status,
    logs: { organization: org.slug },
    pins: {
      organization: [...(name === undefined ? [] : [renamed]), ...(role === undefined ? [] : [moved])],
    },
  };
}

/** A member of a team's organization, in the team or beside it. */
async function membership(fixture: OperationsFixture, method: "PUT" | "DELETE"): Promise<Prepared> {
  const org = await organization(fixture);
  const { user } = await person(fixture, { organization: org.slug, role: "CONSUMER" });
  const { at, id, name }: PreparedTeam = await team(fixture, org);
  const place = `${at}/members/${user.id}`;
  if (method === "DELETE") await ask(fixture, "PUT", place);
  const data = { teamId: id, team: name, userId: user.id, email: user.email };
  return {
    perform: async ({ server }) => (await server.call(method, place)).status,
    logs: { organization: org.slug },
    pins: { organization: [{ data, targets: [{ type: "user", id: user.id, name: user.name }] }] },
  };
}

export const teams: readonly Operation[] = [
  {
    ...nothing,
    name: "Add a team",
    how: add,
    answers: 201,
    records: { organization: ["NEW_TEAM"] },
    prepare: (fixture) => adding(fixture, null),
  },
  {
    ...nothing,
    name: "Add a team with a role",
    how: add,
    answers: 201,
    records: { organization: ["NEW_TEAM", "NEW_COLLABORATION"] },
    prepare: (fixture) => adding(fixture, "AUDITOR"),
  },
  {
    ...nothing,
    name: "Rename a team",
    how: change,
    answers: 200,
    records: { organization: ["TEAM_RENAMED"] },
    prepare: (fixture) => changing(fixture, null, { name: newName("Renamed") }),
  },
  {
    ...nothing,
    name: "Give a team a role",
    how: change,
    answers: 200,
    records: { organization: ["NEW_COLLABORATION"] },
    prepare: (fixture) => changing(fixture, null, { role: "AUDITOR" }),
  },
  {
    ...nothing,
    name: "Rename a team and give it another role",
    how: change,
    answers: 200,
    records: { organization: ["TEAM_RENAMED", "NEW_COLLABORATION"] },
    prepare: (fixture) => changing(fixture, "AUDITOR", { name: newName("Renamed"), role: "DESIGNER" }),
  },
  {
    ...nothing,
    name: "Remove a team's role",
    how: change,
    answers: 200,
    records: { organization: ["REMOVE_COLLABORATION"] },
    prepare: (fixture) => changing(fixture, "AUDITOR", { role: null }),
  },
  {
    ...nothing,
    name: "Remove a team with members",
    how: `DELETE ${route}/:team`,
    answers: 204,
    records: { organization: ["REMOVE_TEAM"] },
    prepare: async (fixture) => {
      const org = await organization(fixture);
      const { user } = await person(fixture, { organization: org.slug });
      const { at, id, name } = await team(fixture, org, "AUDITOR");
      await ask(fixture, "PUT", `${at}/members/${user.id}`);
      return {
        perform: async ({ server }) => (await server.call("DELETE", `${at}?reason=Ticket%2043`)).status,
        logs: { organization: org.slug },
        pins: { organization: [{ data: { teamId: id, team: name }, reason: "Ticket 43" }] },
      };
    },
  },
  {
    ...nothing,
    name: "Add a member to a team",
    how: `PUT ${route}/:team/members/:user`,
    answers: 204,
    records: { organization: ["NEW_TEAM_MEMBER"] },
    prepare: (fixture) => membership(fixture, "PUT"),
  },
  {
    ...nothing,
    name: "Remove a member from a team",
    how: `DELETE ${route}/:team/members/:user`,
    answers: 204,
    records: { organization: ["REMOVE_TEAM_MEMBER"] },
    prepare: (fixture) => membership(fixture, "DELETE"),
  },
];
