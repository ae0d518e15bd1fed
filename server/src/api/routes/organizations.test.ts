/** Organizations over HTTP: created, listed, read, renamed, closed, each once even if a request is repeated. */
import { beforeAll, describe, expect, test } from "vitest";
import { freshDatabase } from "../../../../test/support/database.ts";
import { configOf, openServer, serveConfig, type TestServer } from "../testing/open-server.ts";

let server: TestServer;
let call: TestServer["call"];
beforeAll(async () => {
  server = await openServer();
  call = server.call;
});

const all = "/v1/organizations";

test("an organization is made, and read by slug and by id", async () => {
  const made = await call("POST", all, { slug: "acme", name: "  Acme, Inc. " });
  expect(made.status).toBe(201);
  expect(made.headers.get("location")).toBe("/v1/organizations/acme");
  expect(made.body).toEqual({
    id: expect.stringMatching(/^org_/),
    slug: "acme",
    name: "Acme, Inc.",
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
    closedAt: null,
  });
  for (const org of ["acme", made.body.id]) {
    expect((await call("GET", `${all}/${org}`)).body).toEqual(made.body);
  }
  expect((await call("POST", all, { slug: "acme", name: "Other" })).body).toMatchObject({
    status: 409,
    code: "slug-taken",
    errors: [{ pointer: "/slug" }],
  });
});

describe("what can't be an organization is refused, with the place:", () => {
  test.each<[string, unknown, number, string, string | undefined]>([
    ["no slug", { name: "A" }, 422, "request-invalid", "/slug"],
    ["a slug in capitals", { slug: "ACME", name: "A" }, 422, "request-invalid", "/slug"],
    ["the reserved slug", { slug: "daybook", name: "A" }, 422, "request-invalid", "/slug"],
    ["a number as a name", { slug: "a-b", name: 5 }, 422, "request-invalid", "/name"],
    ["an empty name", { slug: "a-b", name: " " }, 422, "request-invalid", "/name"],
    ["a member that nobody knows", { slug: "a-b", name: "A", admin: true }, 422, "request-invalid", "/admin"],
    ["a list", [], 422, "request-invalid", ""],
    ["null", "null", 422, "request-invalid", ""],
    ["no JSON", "{", 400, "json-unreadable", undefined],
    ["nothing", "", 400, "json-unreadable", undefined],
    ["the same name twice", '{"slug":"a-b","name":"A","name":"B"}', 422, "json-refused", "/name"],
    ["__proto__", '{"slug":"a-b","name":"A","__proto__":{}}', 422, "json-refused", "/__proto__"],
    ["U+0000", '{"slug":"a-b","name":"A\\u0000"}', 422, "json-refused", "/name"],
  ])("%s", async (_, body, status, code, pointer) => {
    const refused = await call("POST", all, body);
    expect([refused.status, refused.body.code], refused.text).toEqual([status, code]);
    if (pointer !== undefined) expect(refused.body.errors[0]).toMatchObject({ pointer });
    expect((await call("GET", `${all}/a-b`)).status).toBe(404);
  });
});

test("the list goes page by page, in the order of slugs, without the reserved one", async () => {
  for (const slug of ["list-c", "list-a", "list-b"]) await call("POST", all, { slug, name: slug });
  const slugs: string[] = [];
  let path: string | undefined = `${all}?limit=2`;
  while (path !== undefined) {
    const page = await call("GET", path);
    expect(page.status, page.text).toBe(200);
    slugs.push(...page.body.organizations.map((each: { slug: string }) => each.slug));
    const link = page.headers.get("link");
    expect(link === null).toBe(page.body.next === null);
    path = link === null ? undefined : /^<(.*)>; rel="next"$/.exec(link)?.[1];
  }
  expect(slugs).toEqual(slugs.toSorted());
  expect(slugs).toEqual(expect.arrayContaining(["acme", "list-a", "list-b", "list-c"]));
  expect(slugs).not.toContain("daybook");
  for (const cursor of ["x", "YWNtZQ", "é"]) {
    const refused = await call("GET", `${all}?cursor=${encodeURIComponent(cursor)}`);
    expect(refused.body.code).toBe("cursor-invalid");
  }
});

test("a rename is an event with what changed; the same name again is none", async () => {
  await call("POST", all, { slug: "renamed", name: "Before" });
  for (let i = 0; i < 2; i++) {
    const renamed = await call("PATCH", `${all}/renamed`, { name: "After" });
    expect(renamed.body).toMatchObject({ slug: "renamed", name: "After" });
  }
  const { events } = (await call("GET", `${all}/renamed/events`)).body;
  expect(events.map(({ type }: { type: string }) => type)).toEqual(["ORGANIZATION_CHANGE", "LOG_OPENED"]);
  expect(events[0]).toMatchObject({
    changes: [{ path: "/name", from: "Before", to: "After" }],
    organization: { name: "After" },
    context: { interface: "api" },
    recordedBy: { type: "operator", id: "operator" },
  });
});

test("what another process closes takes nothing more, although this one has just recorded for it", async () => {
  const config = configOf(await freshDatabase("embedded"));
  const one = await serveConfig(config);
  const other = await serveConfig(config);
  const data = { teamId: "t", team: "T" };
  const event = {
    type: "NEW_TEAM",
    actor: { type: "user", id: "u" },
    targets: [{ type: "team", id: "t" }],
    data,
  };
  const path = `${all}/closing/events`;
  await other.call("POST", all, { slug: "closing", name: "Closing" });
  expect((await one.call("POST", path, event)).status).toBe(201);
  await other.call("POST", `${all}/closing/close`);
  const refused = await one.call("POST", path, event);
  expect(refused.body).toMatchObject({ status: 409, code: "organization-closed" });
  await Promise.all([one.close(), other.close()]);
});

test("a closed organization is read as before, and takes nothing more", async () => {
  await call("POST", all, { slug: "closing", name: "Closing" });
  const closed = await call("POST", `${all}/closing/close`);
  expect(closed.body.closedAt).toMatch(/Z$/);
  expect((await call("POST", `${all}/closing/close`)).body).toEqual(closed.body);
  const event = { type: "NEW_TEAM", actor: { type: "user", id: "u" }, targets: [{ type: "team", id: "t" }] };
  const refused = await call("POST", `${all}/closing/events`, { ...event, data: { teamId: "t", team: "T" } });
  expect(refused.body).toMatchObject({ status: 409, code: "organization-closed" });
  expect((await call("PATCH", `${all}/closing`, { name: "Open" })).body.code).toBe("organization-closed");
  expect((await call("GET", `${all}/closing/audit-log.csv`)).status).toBe(200);
  const { events } = (await call("GET", `${all}/closing/events`)).body;
  expect(events.map(({ type }: { type: string }) => type)).toEqual([
    "AUDIT_LOG_DOWNLOADED",
    "ORGANIZATION_CLOSED",
    "LOG_OPENED",
  ]);
});

describe("Idempotency-Key", () => {
  const key = { "idempotency-key": "0b3f" };

  test("answers the same request as the first time, and does it once", async () => {
    const first = await call("POST", all, { slug: "once", name: "Once" }, key);
    const second = await call("POST", all, { slug: "once", name: "Once" }, key);
    expect([second.status, second.body]).toEqual([201, first.body]);
    const both = { method: "PATCH", name: "Twice" };
    await Promise.all([1, 2, 3].map(() => call("PATCH", `${all}/once`, { name: both.name }, key)));
    expect((await call("GET", `${all}/once/events`)).body.events).toHaveLength(2);
  });

  test("is refused for another request", async () => {
    const refused = await call("POST", all, { slug: "twice", name: "Twice" }, key);
    expect(refused.body).toMatchObject({ status: 409, code: "idempotency-key-reused" });
    expect((await call("GET", `${all}/twice`)).status).toBe(404);
  });

  test("is refused if it is none", async () => {
    for (const bad of ["x".repeat(256), "a b"]) {
      const refused = await call("POST", all, { slug: "keyed", name: "K" }, { "idempotency-key": bad });
      expect(refused.body).toMatchObject({ status: 422, code: "request-invalid" });
    }
  });
});

test.each(["nowhere", "org_nowhere", "ACME", "%00", "..%2f..", "a'b", "x".repeat(400)])(
  "an organization named %s is not found, in the same words",
  async (org) => {
    for (const [method, path] of [
      ["GET", ""],
      ["GET", "/events"],
      ["GET", "/audit-log.csv"],
      ["POST", "/close"],
      ["GET", "/events/follow"],
    ] as const) {
      const refused = await call(method, `${all}/${org}${path}`);
      expect([refused.status, refused.body?.code], `${method} ${path}`).toEqual([
        404,
        "organization-not-found",
      ]);
      expect(refused.body.detail).toBe("There is no such organization, or you may not see it.");
    }
  },
);
