/** Members, their roles and the end of a membership, with the events, on a real database. */

import { randomBytes } from "node:crypto";
import type { MemberRole } from "daybook/internal";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Organization } from "../store/contract/organizations.ts";
import type { UserName } from "../store/contract/users.ts";
import { anywhere } from "../store/testing/anywhere.ts";
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
const create = (): Promise<Organization> => services.newOrganization(`acme-${made++}`);
/** An organization with an owner and a member with another role. */
async function withTwo(role: MemberRole = "DESIGNER"): Promise<[Organization, UserName, UserName]> {
  const acme = await create();
  return [acme, await services.newMember(acme, "OWNER"), await services.newMember(acme, role)];
}
const dataOf = ({ id, email }: UserName) => ({ userId: id, email });
const targets = ({ id, name }: UserName) => [{ type: "user", id, name }];

test("members are listed by id, page by page, and each can be read", async () => {
  const acme = await create();
  const users: UserName[] = [];
  for (let i = 0; i < 5; i++) users.push(await services.newMember(acme, i === 0 ? "OWNER" : "CONSUMER"));
  const ids = users.map(({ id }) => id).toSorted();
  const listed = await people.members(placeOf(acme), all);
  expect(listed.map(({ user }) => user.id)).toEqual(ids);
  const second = await people.members(placeOf(acme), { after: ids[1], limit: 2 });
  expect(second.map(({ user }) => user.id)).toEqual(ids.slice(2, 4));
  expect(await people.member(placeOf(acme), ids[0]!)).toEqual(listed[0]);
  const stranger = await services.newUser();
  for (const id of [stranger.id, "", "user_\u0000", "'; --"])
    await expect(people.member(placeOf(acme), id)).rejects.toMatchObject({ code: "member-not-found" });
});

test("another organization's members are not seen, whoever asks for them by number", async () => {
  const [acme, owner] = await withTwo();
  const other = await create();
  const place = { organizationId: acme.organizationId, rowScope: other.organizationId };
  expect(await people.members(place, all)).toEqual([]);
  await expect(people.member(place, owner.id)).rejects.toMatchObject({ code: "member-not-found" });
});

test("a role to or from owner is a change of the member, any other is a role assigned", async () => {
  const [acme, , bob] = await withTwo("DESIGNER");
  const change = (role: MemberRole) =>
    people.changeRole({ organization: acme, userId: bob.id, role, initiator });
  expect(await change("AUDITOR")).toMatchObject({ role: "AUDITOR", version: 2 });
  expect(await change("OWNER")).toMatchObject({ role: "OWNER", version: 3 });
  expect(await change("CONSUMER")).toMatchObject({ role: "CONSUMER", version: 4 });
  const role = (name: string) => ({
    resourceType: "ORGANIZATION",
    resource: acme.id,
    principalType: "USER",
    principal: bob.id,
    roles: [name],
  });
  expect(await services.recorded(acme)).toMatchObject([
    {
      type: "NEW_COLLABORATION",
      targets: targets(bob),
      changes: [{ path: "/roles", from: ["DESIGNER"], to: ["AUDITOR"] }],
      data: { ...role("AUDITOR"), oldRoles: ["DESIGNER"] },
    },
    {
      type: "UPDATE_ORGANIZATION_MEMBER",
      targets: targets(bob),
      changes: [{ path: "/role", from: "AUDITOR", to: "OWNER" }],
      data: { ...dataOf(bob), role: "OWNER", oldRole: "AUDITOR" },
    },
    {
      type: "UPDATE_ORGANIZATION_MEMBER",
      targets: targets(bob),
      data: { ...dataOf(bob), role: "CONSUMER", oldRole: "OWNER" },
    },
  ]);
  expect(await people.member(placeOf(acme), bob.id)).toMatchObject({ role: "CONSUMER", version: 4 });
});

test("the same role again changes and logs nothing", async () => {
  const [acme, owner, bob] = await withTwo("DESIGNER");
  for (const [userId, role] of [
    [owner.id, "OWNER"],
    [bob.id, "DESIGNER"],
  ] as const)
    expect(await people.changeRole({ organization: acme, userId, role, initiator })).toMatchObject({
      role,
      version: 1,
    });
  expect(await services.types(acme)).toEqual([]);
});

test("a role is not changed that is none, that another changed meanwhile, of who is no member", async () => {
  const [acme, owner, bob] = await withTwo("DESIGNER");
  const request = { organization: acme, userId: bob.id, role: "AUDITOR", initiator };
  const refused = async (more: object, code: string): Promise<void> => {
    await expect(people.changeRole({ ...request, ...more })).rejects.toMatchObject({ code });
  };
  await refused({ role: "ADMIN" }, "request-invalid");
  await refused({ ifVersion: 2 }, "changed-meanwhile");
  await refused({ userId: (await services.newUser()).id }, "member-not-found");
  await refused({ userId: "user_\u0000" }, "member-not-found");
  await refused({ userId: owner.id }, "last-owner");
  await people.closeOrganization({ organization: acme, initiator });
  await refused({}, "organization-closed");
  expect(await services.types(acme)).toEqual(["ORGANIZATION_CLOSED"]);
});

test("who is removed leaves all teams, and their sessions end, in one act", async () => {
  const [acme, , bob] = await withTwo("DESIGNER");
  const other = await create();
  const teams = [];
  for (const name of ["Payments", "Billing"]) {
    const team = await people.addTeam({ organization: acme, name, initiator });
    await people.addTeamMember({ organization: acme, teamId: team.id, userId: bob.id, initiator });
    teams.push(team);
  }
  await services.openSessions(bob, 3);
  const before = (await services.recorded(acme)).length;
  await people.endMembership({ organization: acme, userId: bob.id, how: "REMOVED", initiator });
  const recorded = (await services.recorded(acme)).slice(before);
  const [byId0, byId1] = teams.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const ofTeam = (team: typeof byId0) => ({ ...dataOf(bob), teamId: team!.id, team: team!.name });
  expect(recorded).toMatchObject([
    { type: "REMOVE_ORGANIZATION_MEMBER", data: { ...dataOf(bob), role: "DESIGNER", how: "REMOVED" } },
    { type: "REMOVE_TEAM_MEMBER", data: ofTeam(byId0) },
    { type: "REMOVE_TEAM_MEMBER", data: ofTeam(byId1) },
    {
      type: "SESSIONS_ENDED",
      data: { userId: bob.id, why: "Removed from the organization", sessions: 3 },
    },
  ]);
  for (const each of recorded) expect(each.targets).toEqual(targets(bob));
  expect(new Set(recorded.map(({ context }) => context?.correlationId))).toEqual(
    new Set([expect.stringMatching(/^act_/)]),
  );
  expect(await services.store.sessionsOf(bob.userId)).toEqual([]);
  expect(await services.store.teamMembers(acme.organizationId, teams[0]!.id, all)).toEqual([]);
  expect(await services.types(other)).toEqual([]);
  const again = people.endMembership({ organization: acme, userId: bob.id, how: "REMOVED", initiator });
  await expect(again).rejects.toMatchObject({ code: "member-not-found" });
});

test("more sessions than one event names end in several, in one act: each is named once", async () => {
  const [acme, , bob] = await withTwo("DESIGNER");
  await services.openSessions(bob, 2001);
  const open = (await services.store.sessionsOf(bob.userId)).map(({ id }) => id);
  await people.endMembership({ organization: acme, userId: bob.id, how: "REMOVED", initiator });
  const ended = (await services.recorded(acme)).filter(({ type }) => type === "SESSIONS_ENDED");
  const data = ended.map((event) => event.data as { sessions: number; sessionIds: string[] });
  expect(data.map(({ sessions, sessionIds }) => [sessions, sessionIds.length])).toEqual([
    [1000, 1000],
    [1000, 1000],
    [1, 1],
  ]);
  expect(data.flatMap(({ sessionIds }) => sessionIds).toSorted()).toEqual(open.toSorted());
  expect(new Set(ended.map(({ context }) => context?.correlationId)).size).toBe(1);
  expect(await services.store.sessionsOf(bob.userId)).toEqual([]);
});

test("who leaves stays signed in, and API clients that they added stay", async () => {
  const [acme, , bob] = await withTwo("OWNER");
  const { organizationId } = acme;
  await services.openSessions(bob, 1);
  const client = await services.store.write(async (tx) => {
    const creator = { createdBy: { type: "user", id: bob.id }, creatorId: bob.userId };
    const named = { organizationId, id: "client_1", name: "Portal", expiresOn: "2099-01-01" };
    await tx.insertToken({ organizationId, clientId: "client_1", tokenHash: randomBytes(32), prefix: "dbk" });
    return tx.insertApiClient({ ...named, scopes: ["events:write"], ...creator });
  }, anywhere);
  await people.endMembership({ organization: acme, userId: bob.id, how: "LEFT", initiator });
  expect(await services.recorded(acme)).toMatchObject([
    { type: "REMOVE_ORGANIZATION_MEMBER", data: { ...dataOf(bob), role: "OWNER", how: "LEFT" } },
  ]);
  expect(await services.store.sessionsOf(bob.userId)).toHaveLength(1);
  expect(await services.store.apiClient(organizationId, client.id)).toMatchObject({
    revokedAt: null,
    deletedAt: null,
    creatorHasLeft: true,
  });
});

test("the last owner can't leave, be removed or be demoted, nor two of two at once", async () => {
  for (const how of ["LEFT", "REMOVED", "demoted"] as const) {
    const [acme, anne, bob] = await withTwo("OWNER");
    await services.newMember(acme, "AUDITOR");
    const end = ({ id: userId }: UserName) =>
      how === "demoted"
        ? people.changeRole({ organization: acme, userId, role: "AUDITOR", initiator })
        : people.endMembership({ organization: acme, userId, how, initiator });
    const results = await Promise.allSettled([anne, bob].map(end));
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    for (const each of results)
      if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "last-owner", status: 409 });
    expect((await services.types(acme)).length).toBe(1);
    const owners = (await people.members(placeOf(acme), all)).filter(({ role }) => role === "OWNER");
    expect(owners.length).toBe(1);
  }
});

test("an owner who leaves while they are demoted: each is either before the other or finds no member", async () => {
  const [acme, , bob] = await withTwo("OWNER");
  const request = { organization: acme, userId: bob.id, initiator };
  const [demoted, left] = await Promise.allSettled([
    people.changeRole({ ...request, role: "CONSUMER" }),
    people.endMembership({ ...request, how: "LEFT" }),
  ]);
  expect(left.status).toBe("fulfilled");
  if (demoted.status === "rejected") expect(demoted.reason).toMatchObject({ code: "member-not-found" });
});

test("after all this the logs are whole", async () => {
  expect(await services.findings()).toEqual([]);
});
