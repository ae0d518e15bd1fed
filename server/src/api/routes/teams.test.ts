/** Teams over HTTP: added, listed, renamed, given a role, removed, and their members. */
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../testing/open-server.ts";
import { callAs, signedIn } from "../testing/people.ts";

let server: TestServer;
let call: TestServer["call"];
beforeAll(async () => {
  server = await openServer();
  call = server.call;
});

let made = 0;
let slug: string;
let teams: string;
beforeEach(async () => {
  slug = `acme-${made++}`;
  await call("POST", "/v1/organizations", { slug, name: "Acme" });
  teams = `/v1/organizations/${slug}/teams`;
});

const typesOf = async (): Promise<string[]> =>
  (await call("GET", `/v1/organizations/${slug}/events`)).body.events.map(
    ({ type }: { type: string }) => type,
  );
const member = (role: "CONSUMER" | "DESIGNER") =>
  signedIn(server, { email: `bob-${made++}@example.org`, organization: slug, role });

test("a team is added, read with its ETag, and listed page by page", async () => {
  const added = await call("POST", teams, { name: " Payments " });
  expect([added.status, added.body]).toEqual([
    201,
    {
      id: expect.stringMatching(/^team_/),
      name: "Payments",
      role: null,
      members: 0,
      createdAt: expect.stringMatching(/Z$/),
    },
  ]);
  const location = added.headers.get("location")!;
  expect(location).toBe(`${teams}/${added.body.id}`);
  const read = await call("GET", location);
  expect([read.body, read.headers.get("etag")]).toEqual([added.body, '"1"']);
  for (const name of ["Billing", "Auditors"]) await call("POST", teams, { name, role: "AUDITOR" });
  const names: string[] = [];
  let path: string | undefined = `${teams}?limit=2`;
  while (path !== undefined) {
    const page = await call("GET", path);
    names.push(...page.body.teams.map(({ name }: { name: string }) => name));
    path = /^<(.*)>; rel="next"$/.exec(page.headers.get("link") ?? "")?.[1];
  }
  expect(names.toSorted()).toEqual(["Auditors", "Billing", "Payments"]);
  // one list's cursor isn't another's
  const { next } = (await call("GET", `${teams}?limit=1`)).body;
  const other = await call("GET", `${teams.replace("teams", "invitations")}?cursor=${next}`);
  expect(other.body.code).toBe("cursor-invalid");
});

test("the same POST with the same Idempotency-Key adds one team", async () => {
  const key = { "idempotency-key": "team-1" };
  const first = await call("POST", teams, { name: "Payments" }, key);
  const second = await call("POST", teams, { name: "Payments" }, key);
  expect([second.status, second.body]).toEqual([201, first.body]);
  expect(await typesOf()).toEqual(["NEW_TEAM", "LOG_OPENED"]);
});

test("a team is renamed and given a role by whoever read it as it is", async () => {
  const { body } = await call("POST", teams, { name: "Payments" });
  const team = `${teams}/${body.id}`;
  const changed = await call("PATCH", team, { name: "Billing", role: "AUDITOR" }, { "if-match": '"1"' });
  expect([changed.status, changed.body]).toEqual([200, { ...body, name: "Billing", role: "AUDITOR" }]);
  expect(changed.headers.get("etag")).toBe('"2"');
  for (const [method, sent] of [
    ["PATCH", { role: null }],
    ["DELETE", undefined],
  ] as const)
    expect((await call(method, team, sent, { "if-match": '"1"' })).body).toMatchObject({
      status: 412,
      code: "changed-meanwhile",
    });
  expect((await call("PATCH", team, {})).headers.get("etag")).toBe('"2"');
  expect((await call("DELETE", team, undefined, { "if-match": '"2"' })).status).toBe(204);
  expect((await call("GET", team)).body.code).toBe("team-not-found");
  expect(await typesOf()).toEqual([
    "REMOVE_TEAM",
    "NEW_COLLABORATION",
    "TEAM_RENAMED",
    "NEW_TEAM",
    "LOG_OPENED",
  ]);
});

describe("a team is refused that has", () => {
  test.each<[string, object, string]>([
    ["an empty name", { name: "" }, "/name"],
    ["a name of spaces", { name: "   " }, "/name"],
    ["a name that is too long", { name: "x".repeat(201) }, "/name"],
    ["a control character in its name", { name: "a\u001bb" }, "/name"],
    ["no name", {}, "/name"],
    ["the role of owners", { name: "Owners", role: "OWNER" }, "/role"],
    ["a member that nobody knows", { name: "A", members: [] }, "/members"],
  ])("%s", async (_, body, pointer) => {
    const refused = await call("POST", teams, body);
    expect([refused.status, refused.body.code], refused.text).toEqual([422, "request-invalid"]);
    expect(refused.body.errors.map((each: { pointer: string }) => each.pointer)).toContain(pointer);
  });

  test("another's name, in another case or composition", async () => {
    await call("POST", teams, { name: "Ame\u0301lie & Co" });
    const refused = await call("POST", teams, { name: "AM\u00c9LIE & CO" });
    expect(refused.body).toMatchObject({ status: 409, code: "name-taken", errors: [{ pointer: "/name" }] });
  });
});

test("members go in and out, each once, and have what the team's role lets them", async () => {
  const { body } = await call("POST", teams, { name: "Auditors", role: "AUDITOR" });
  const bob = await member("CONSUMER");
  const place = `${teams}/${body.id}/members/${bob.user.id}`;
  const csv = `/v1/organizations/${slug}/audit-log.csv`;
  expect((await callAs(server, bob, "GET", csv)).status).toBe(403);
  for (let i = 0; i < 2; i++) expect((await call("PUT", place)).status).toBe(204);
  expect((await callAs(server, bob, "GET", csv)).status).toBe(200);
  const { id, name, email } = bob.user;
  expect((await call("GET", `${teams}/${body.id}/members`)).body).toEqual({
    members: [{ id, name, email }],
    next: null,
  });
  expect((await call("GET", `${teams}/${body.id}`)).body.members).toBe(1);
  for (let i = 0; i < 2; i++) expect((await call("DELETE", place)).status).toBe(204);
  expect((await callAs(server, bob, "GET", csv)).status).toBe(403);
  const types = await typesOf();
  for (const type of ["NEW_TEAM_MEMBER", "REMOVE_TEAM_MEMBER"])
    expect(types.filter((each) => each === type)).toHaveLength(1);
});

test("who is no member, and a team that there is none, are not found", async () => {
  const { body } = await call("POST", teams, { name: "Payments" });
  const stranger = await signedIn(server, { email: `stranger-${made}@example.org` });
  const bob = await member("DESIGNER");
  for (const method of ["PUT", "DELETE"]) {
    for (const id of [stranger.user.id, "user_x", "%00", "a'b"])
      expect((await call(method, `${teams}/${body.id}/members/${id}`)).body.code).toBe("member-not-found");
    for (const id of ["team_x", "%00", "..%2f.."])
      expect((await call(method, `${teams}/${id}/members/${bob.user.id}`)).body.code).toBe("team-not-found");
  }
  for (const path of ["team_x", "team_x/members", "%00"])
    expect((await call("GET", `${teams}/${path}`)).body).toMatchObject({
      status: 404,
      code: "team-not-found",
    });
});
