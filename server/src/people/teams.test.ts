/** Teams, their names and roles, and their members, with the events, on a real database. */
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Organization } from "../store/contract/organizations.ts";
import type { Team } from "../store/contract/teams.ts";
import type { People } from "./index.ts";
import { all, initiator, openTestPeople, type PeopleServices, placeOf } from "./testing/open-people.ts";

let services: PeopleServices;
let people: People;
beforeAll(async () => {
  services = await openTestPeople();
  people = services.people;
});
afterAll(() => services.close());

let made = 0;
let acme: Organization;
beforeEach(async () => {
  acme = await services.newOrganization(`acme-${made++}`);
});

const add = (name: unknown, more: object = {}): Promise<Team> =>
  people.addTeam({ organization: acme, name, initiator, ...more });
const change = ({ id }: Team, wanted: object): Promise<Team> =>
  people.changeTeam({ organization: acme, teamId: id, initiator, ...wanted });
const collaboration = ({ id }: Team, roles: string[]) => ({
  resourceType: "ORGANIZATION",
  resource: acme.id,
  principalType: "TEAM",
  principal: id,
  roles,
});

test("a team is added, listed and read, within its organization", async () => {
  const team = await add(" Payments ");
  expect(team).toMatchObject({
    id: expect.stringMatching(/^team_[a-z2-7]{26}$/),
    name: "Payments",
    role: null,
    version: 1,
    members: 0,
  });
  expect(await services.recorded(acme)).toMatchObject([
    {
      type: "NEW_TEAM",
      targets: [{ type: "team", id: team.id, name: "Payments" }],
      data: { teamId: team.id, team: "Payments" },
    },
  ]);
  const second = await add("Billing");
  const ids = [team.id, second.id].toSorted();
  expect((await people.teams(placeOf(acme), all)).map(({ id }) => id)).toEqual(ids);
  expect(await people.teams(placeOf(acme), { after: ids[0], limit: 5 })).toHaveLength(1);
  expect(await people.team(placeOf(acme), team.id)).toEqual(team);
  const other = await services.newOrganization(`other-${made++}`);
  for (const [place, id] of [
    [placeOf(other), team.id],
    [{ ...placeOf(acme), rowScope: other.organizationId }, team.id],
    [placeOf(acme), "team_x"],
    [placeOf(acme), "\u0000"],
  ] as const)
    await expect(people.team(place, id)).rejects.toMatchObject({ code: "team-not-found" });
});

describe("a team is not added", () => {
  test.each<[string, unknown]>([
    ["with an empty name", ""],
    ["with a name of spaces", " \t "],
    ["with a name that is too long", "x".repeat(201)],
    ["with a control character in its name", "Pay\u0007ments"],
    ["without a name", undefined],
  ])("%s", async (_, name) => {
    await expect(add(name)).rejects.toMatchObject({
      code: "request-invalid",
      issues: [{ pointer: "/name" }],
    });
    expect(await services.types(acme)).toEqual([]);
  });

  test("as owners", async () => {
    await expect(add("Payments", { role: "OWNER" })).rejects.toMatchObject({
      code: "request-invalid",
      issues: [{ pointer: "/role" }],
    });
  });

  test.each([
    ["another case", "STRASSE", "Straße"],
    ["another composition", "Ame\u0301lie", "Am\u00e9lie"],
    ["spaces around it", "Payments", "  payments "],
  ])("with another's name in %s", async (_, one, same) => {
    await add(one);
    await expect(add(same)).rejects.toMatchObject({
      code: "name-taken",
      status: 409,
      issues: [{ pointer: "/name" }],
    });
    expect(await services.types(acme)).toEqual(["NEW_TEAM"]);
    const other = await services.newOrganization(`other-${made++}`);
    await expect(add(same, { organization: other })).resolves.toBeDefined();
  });

  test("twice with one name at once", async () => {
    const results = await Promise.allSettled([add("Payments"), add("payments"), add("PAYMENTS")]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const each of results)
      if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "name-taken" });
  });

  test("twice by one Idempotency-Key", async () => {
    const idempotency = { by: "user:user_1", key: "key-1", requestHash: randomBytes(32) };
    const [one, ...more] = await Promise.all([1, 2, 3].map(() => add("Payments", { idempotency })));
    for (const each of more) expect(each).toEqual(one);
    expect(await services.types(acme)).toEqual(["NEW_TEAM"]);
  });
});

test("a rename says what the name was; the same name again changes and logs nothing", async () => {
  const team = await add("Payments");
  const renamed = await change(team, { name: "payments" });
  expect(renamed).toEqual({ ...team, name: "payments", version: 2 });
  for (const again of [{ name: " payments " }, {}, { role: null }])
    expect(await change(team, again)).toEqual(renamed);
  expect((await services.recorded(acme)).slice(1)).toMatchObject([
    {
      type: "TEAM_RENAMED",
      targets: [{ type: "team", id: team.id, name: "payments" }],
      changes: [{ path: "/name", label: "Team name", from: "Payments", to: "payments" }],
      data: { teamId: team.id, team: "payments" },
    },
  ]);
  await add("Billing");
  await expect(change(team, { name: "BILLING" })).rejects.toMatchObject({ code: "name-taken" });
});

test("a role is given, changed for another and taken away, and each is an event", async () => {
  const team = await add("Payments");
  expect(await change(team, { role: "DESIGNER" })).toMatchObject({ role: "DESIGNER", version: 2 });
  expect(await change(team, { role: "DESIGNER" })).toMatchObject({ version: 2 });
  expect(await change(team, { role: "AUDITOR" })).toMatchObject({ role: "AUDITOR", version: 3 });
  expect(await change(team, { role: null })).toMatchObject({ role: null, version: 4 });
  const recorded = (await services.recorded(acme)).slice(1);
  expect(recorded).toMatchObject([
    { type: "NEW_COLLABORATION", changes: [{ path: "/roles", to: ["DESIGNER"] }] },
    { type: "NEW_COLLABORATION", changes: [{ path: "/roles", from: ["DESIGNER"], to: ["AUDITOR"] }] },
    { type: "REMOVE_COLLABORATION", changes: [{ path: "/roles", from: ["AUDITOR"] }] },
  ]);
  expect(recorded.map(({ data }) => data)).toEqual([
    collaboration(team, ["DESIGNER"]),
    { ...collaboration(team, ["AUDITOR"]), oldRoles: ["DESIGNER"] },
    collaboration(team, ["AUDITOR"]),
  ]);
  for (const each of recorded)
    expect(each.targets).toEqual([{ type: "team", id: team.id, name: "Payments" }]);
});

test("a team that is added with a role, and one that changes name and role, are one act of two events", async () => {
  const team = await add("Payments", { role: "CONSUMER" });
  await change(team, { name: "Billing", role: null });
  const recorded = await services.recorded(acme);
  expect(recorded.map(({ type }) => type)).toEqual([
    "NEW_TEAM",
    "NEW_COLLABORATION",
    "TEAM_RENAMED",
    "REMOVE_COLLABORATION",
  ]);
  const acts = recorded.map(({ context }) => context?.correlationId);
  expect([acts[0], acts[2]]).toEqual([acts[1], acts[3]]);
  expect(new Set(acts).size).toBe(2);
});

test("what a team's role lets its members do they may besides their own, as long as they are in it", async () => {
  const team = await add("Auditors", { role: "AUDITOR" });
  const bob = await services.newMember(acme, "CONSUMER");
  const request = { organization: acme, teamId: team.id, userId: bob.id, initiator };
  const teamRoles = async () => (await people.member(placeOf(acme), bob.id)).teamRoles;
  expect(await teamRoles()).toEqual([]);
  await people.addTeamMember(request);
  expect(await teamRoles()).toEqual(["AUDITOR"]);
  await change(team, { role: null });
  expect(await teamRoles()).toEqual([]);
  await change(team, { role: "DESIGNER" });
  expect(await teamRoles()).toEqual(["DESIGNER"]);
  await people.removeTeamMember(request);
  expect(await teamRoles()).toEqual([]);
});

test("members go in and out of a team, each once", async () => {
  const team = await add("Payments");
  const bob = await services.newMember(acme, "DESIGNER");
  const request = { organization: acme, teamId: team.id, userId: bob.id, initiator };
  const place = { ...placeOf(acme), teamId: team.id };
  await Promise.all([people.addTeamMember(request), people.addTeamMember(request)]);
  expect(await people.teamMembers(place, all)).toEqual([bob]);
  expect(await people.team(placeOf(acme), team.id)).toMatchObject({ members: 1 });
  await Promise.all([people.removeTeamMember(request), people.removeTeamMember(request)]);
  expect(await people.teamMembers(place, all)).toEqual([]);
  const about = {
    targets: [{ type: "user", id: bob.id, name: bob.name }],
    data: { teamId: team.id, team: "Payments", userId: bob.id, email: bob.email },
  };
  expect((await services.recorded(acme)).slice(1)).toMatchObject([
    { type: "NEW_TEAM_MEMBER", ...about },
    { type: "REMOVE_TEAM_MEMBER", ...about },
  ]);
});

test("who is no member of the organization isn't put into its teams, nor taken out, nor are there teams of others", async () => {
  const team = await add("Payments");
  const other = await services.newOrganization(`other-${made++}`);
  const stranger = await services.newMember(other, "OWNER");
  const request = { organization: acme, teamId: team.id, userId: stranger.id, initiator };
  for (const move of [people.addTeamMember, people.removeTeamMember]) {
    for (const userId of [stranger.id, "user_x", "\u0000"])
      await expect(move({ ...request, userId })).rejects.toMatchObject({ code: "member-not-found" });
    await expect(move({ ...request, organization: other })).rejects.toMatchObject({ code: "team-not-found" });
  }
  await expect(people.teamMembers({ ...placeOf(other), teamId: team.id }, all)).rejects.toMatchObject({
    code: "team-not-found",
  });
  expect(await services.types(acme)).toEqual(["NEW_TEAM"]);
});

test("removing a team is one event, whoever is in it and whatever role it gives", async () => {
  const team = await add("Payments", { role: "AUDITOR" });
  const bob = await services.newMember(acme, "CONSUMER");
  await people.addTeamMember({ organization: acme, teamId: team.id, userId: bob.id, initiator });
  const before = (await services.recorded(acme)).length;
  await people.removeTeam({ organization: acme, teamId: team.id, initiator });
  expect((await services.recorded(acme)).slice(before)).toMatchObject([
    {
      type: "REMOVE_TEAM",
      targets: [{ type: "team", id: team.id, name: "Payments" }],
      data: { teamId: team.id, team: "Payments" },
    },
  ]);
  expect(await people.member(placeOf(acme), bob.id)).toMatchObject({ role: "CONSUMER", teamRoles: [] });
  const again = people.removeTeam({ organization: acme, teamId: team.id, initiator });
  await expect(again).rejects.toMatchObject({ code: "team-not-found" });
  await expect(add("payments")).resolves.toBeDefined();
});

test("what another changed meanwhile, and a closed organization's teams, are not changed", async () => {
  const team = await add("Payments");
  await change(team, { name: "Billing", ifVersion: 1 });
  const request = { organization: acme, teamId: team.id, initiator };
  const stale = { code: "changed-meanwhile", status: 412 };
  await expect(change(team, { role: "AUDITOR", ifVersion: 1 })).rejects.toMatchObject(stale);
  await expect(people.removeTeam({ ...request, ifVersion: 1 })).rejects.toMatchObject(stale);
  await people.closeOrganization({ organization: acme, initiator });
  const closed = { code: "organization-closed" };
  await expect(add("New")).rejects.toMatchObject(closed);
  await expect(change(team, { name: "New" })).rejects.toMatchObject(closed);
  await expect(people.removeTeam(request)).rejects.toMatchObject(closed);
  await expect(people.addTeamMember({ ...request, userId: "user_x" })).rejects.toMatchObject(closed);
});

test("after all this the logs are whole", async () => {
  expect(await services.findings()).toEqual([]);
});
