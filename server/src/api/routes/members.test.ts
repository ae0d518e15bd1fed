/** Members over HTTP: listed, read, given another role, removed, and leaving. */
import { beforeAll, beforeEach, expect, test } from "vitest";
import { openServer, type TestServer } from "../testing/open-server.ts";
import { callAs, type SignedInPerson, signedIn } from "../testing/people.ts";

let server: TestServer;
let call: TestServer["call"];
beforeAll(async () => {
  server = await openServer();
  call = server.call;
});

let made = 0;
let org: string;
let owner: SignedInPerson;
let bob: SignedInPerson;
beforeEach(async () => {
  const slug = `acme-${made++}`;
  await call("POST", "/v1/organizations", { slug, name: "Acme" });
  org = `/v1/organizations/${slug}`;
  owner = await signedIn(server, { email: `owner-${made}@example.org`, organization: slug });
  bob = await signedIn(server, { email: `bob-${made}@example.org`, organization: slug, role: "DESIGNER" });
});

const typesOf = async (): Promise<string[]> =>
  (await call("GET", `${org}/events`)).body.events.map(({ type }: { type: string }) => type);
const shown = ({ user: { id, name, email } }: SignedInPerson) => ({ id, name, email });

test("an owner lists the members, page by page, and reads one with an ETag", async () => {
  const ids: string[] = [];
  let path: string | undefined = `${org}/members?limit=1`;
  while (path !== undefined) {
    const page = await callAs(server, owner, "GET", path);
    expect(page.status, page.text).toBe(200);
    ids.push(...page.body.members.map(({ user }: { user: { id: string } }) => user.id));
    path = /^<(.*)>; rel="next"$/.exec(page.headers.get("link") ?? "")?.[1];
  }
  expect(ids).toEqual([owner.user.id, bob.user.id].toSorted());
  const one = await callAs(server, owner, "GET", `${org}/members/${bob.user.id}`);
  expect(one.body).toEqual({
    user: shown(bob),
    role: "DESIGNER",
    teamRoles: [],
    joinedAt: expect.stringMatching(/Z$/),
  });
  expect(one.headers.get("etag")).toBe('"1"');
  expect((await callAs(server, bob, "GET", `${org}/members`)).status).toBe(403);
  expect((await call("GET", `${org}/members?cursor=x`)).body.code).toBe("cursor-invalid");
});

test("a role is changed once, by whoever read the member as they are", async () => {
  const member = `${org}/members/${bob.user.id}`;
  const change = (role: string, etag: string) =>
    callAs(server, owner, "PATCH", member, { role }, { "if-match": etag });
  const changed = await change("OWNER", '"1"');
  expect([changed.status, changed.body.role, changed.headers.get("etag")]).toEqual([200, "OWNER", '"2"']);
  expect((await change("AUDITOR", '"1"')).body).toMatchObject({ status: 412, code: "changed-meanwhile" });
  expect((await change("AUDITOR", '"2"')).status).toBe(200);
  expect((await change("AUDITOR", '"3"')).status).toBe(200);
  expect(await typesOf()).toEqual(["UPDATE_ORGANIZATION_MEMBER", "UPDATE_ORGANIZATION_MEMBER", "LOG_OPENED"]);
  const [event] = (await call("GET", `${org}/events`)).body.events;
  expect(event.actor).toMatchObject({ type: "user", id: owner.user.id });
});

test("the last owner is neither demoted nor removed, and doesn't leave", async () => {
  const member = `${org}/members/${owner.user.id}`;
  const lastOwner = { status: 409, code: "last-owner" };
  expect((await call("PATCH", member, { role: "AUDITOR" })).body).toMatchObject(lastOwner);
  expect((await call("DELETE", member)).body).toMatchObject(lastOwner);
  expect((await callAs(server, owner, "DELETE", member)).body).toMatchObject(lastOwner);
  expect(await typesOf()).toEqual(["LOG_OPENED"]);
});

test("who is removed is out at once, with all their sessions", async () => {
  const second = await signedIn(server, { email: bob.user.email });
  expect((await callAs(server, owner, "DELETE", `${org}/members/${bob.user.id}`)).status).toBe(204);
  for (const person of [bob, second]) expect((await callAs(server, person, "GET", org)).status).toBe(401);
  expect(await typesOf()).toEqual(["SESSIONS_ENDED", "REMOVE_ORGANIZATION_MEMBER", "LOG_OPENED"]);
  const [ended, removed] = (await call("GET", `${org}/events`)).body.events;
  expect(ended.data).toMatchObject({ sessions: 2, why: "Removed from the organization" });
  expect(removed.context.correlationId).toBe(ended.context.correlationId);
  expect((await call("DELETE", `${org}/members/${bob.user.id}`)).body.code).toBe("member-not-found");
});

test("everyone may leave, and nobody but an owner removes others", async () => {
  expect((await callAs(server, bob, "DELETE", `${org}/members/${owner.user.id}`)).status).toBe(403);
  expect((await callAs(server, bob, "DELETE", `${org}/members/${bob.user.id}`)).status).toBe(204);
  const left = await callAs(server, bob, "GET", org);
  expect(left.body).toMatchObject({ status: 404, code: "organization-not-found" });
  const [event] = (await call("GET", `${org}/events`)).body.events;
  expect(event).toMatchObject({ type: "REMOVE_ORGANIZATION_MEMBER", data: { how: "LEFT" } });
});

test("what is no role, and who is no member, is refused", async () => {
  const member = `${org}/members/${bob.user.id}`;
  for (const body of [{ role: "ADMIN" }, { role: null }, {}])
    expect((await call("PATCH", member, body)).body).toMatchObject({
      status: 422,
      code: "request-invalid",
      errors: [{ pointer: "/role" }],
    });
  const stranger = await signedIn(server, { email: `stranger-${made}@example.org` });
  for (const id of [stranger.user.id, "user_x", "%00", "a'b", "..%2f.."])
    for (const [method, body] of [
      ["GET", undefined],
      ["PATCH", { role: "OWNER" }],
      ["DELETE", undefined],
    ] as const) {
      const refused = await call(method, `${org}/members/${id}`, body);
      expect([refused.status, refused.body.code], `${method} ${id}`).toEqual([404, "member-not-found"]);
    }
});

test("a person's list of organizations has theirs, and the operator's has all", async () => {
  const mine = await callAs(server, bob, "GET", "/v1/organizations");
  expect(mine.body.organizations.map(({ slug }: { slug: string }) => slug)).toEqual([org.split("/").at(-1)]);
  const operator = await signedIn(server, { email: "operator@example.org", operator: true });
  const all = await call("GET", "/v1/organizations");
  expect((await callAs(server, operator, "GET", "/v1/organizations")).body).toEqual(all.body);
  expect(all.body.organizations.length).toBeGreaterThan(1);
});
