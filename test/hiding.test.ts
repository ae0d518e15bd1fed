/**
 * Secrets in events, over HTTP: no reader of the log sees them, and neither tables, full-text index, server log nor errors contain them.
 * That they changed is visible.
 */
import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../server/src/api/testing/open-server.ts";
import { callAs, type SignedInPerson, signedIn } from "../server/src/api/testing/people.ts";
import { exportFormats } from "../server/src/export/index.ts";

const token = `dbk_live_${"Zq7".repeat(16)}x`;
/** Each secret value names its place. */
const secrets = [
  "hush-client-secret",
  "hush-rotated",
  "hush-api-key",
  "hush-authorization",
  "hush-upper",
  "hush-pair",
  "hush-cookie",
  "hush-data",
  "918273645",
  "Zq7Zq7",
];

let server: TestServer;
let consumer: SignedInPerson;
let owner: SignedInPerson;
let client: string;
let reader: string;
const at = "/v1/organizations/acme";
const page = "/orgs/acme";

const event = {
  type: "API_CLIENT_UPDATED",
  actor: { type: "user", id: "u_1", name: "Anne" },
  targets: [{ type: "api_client", id: "c_1", name: "Portal" }],
  data: { clientId: "c_1", name: "Portal" },
};
const record = (members: object): ReturnType<TestServer["call"]> =>
  server.call("POST", `${at}/events`, { ...event, ...members }, { authorization: `Bearer ${client}` });

beforeAll(async () => {
  server = await openServer({ logLevel: "trace" });
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  consumer = await signedIn(server, { email: "c@acme.example", organization: "acme", role: "CONSUMER" });
  owner = await signedIn(server, { email: "o@acme.example", organization: "acme", role: "OWNER" });
  const expiresOn = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
  const added = await server.call("POST", `${at}/api-clients`, {
    name: "Portal",
    expiresOn,
    scopes: ["events:write"],
  });
  client = added.body.token;
  const reading = { name: "Reader", expiresOn, scopes: ["events:read"] };
  reader = (await server.call("POST", `${at}/api-clients`, reading)).body.token;
  const own = [
    { path: "/clientSecret", from: "hush-client-secret", to: "hush-rotated" },
    { path: "/api_key", to: "hush-api-key" },
    { path: "/settings/headers/Authorization", from: "Bearer hush-authorization" },
    { path: "/Token", from: null, to: "hush-upper" },
    { path: "/otp", from: 918273645, to: 1 },
    { path: "/headers", to: [{ name: "Authorization", value: "hush-pair" }, ["Cookie", "hush-cookie"]] },
    { path: "/note", label: `Note ${token}`, to: `see ${token}` },
  ];
  await server.call("POST", `${at}/event-types`, {
    name: "app.saved",
    title: "App saved",
    sentence: "{actor} saved an app",
    data: { type: "object", properties: { settings: { type: "object" } } },
  });
  const answers = [
    await record({ changes: own }),
    await record({
      before: { auth: { password: "hush-client-secret" }, name: "a" },
      after: { auth: { password: "hush-rotated" }, name: "b" },
    }),
    await record({
      reason: `Pasted ${token} here`,
      actor: { type: "user", id: token, name: token, email: `${token}@example.org` },
    }),
    await record({
      type: "app.saved",
      targets: [],
      data: { settings: { password: "hush-data", [token]: { "x-api-key": 918273645 } } },
    }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
}, 300_000);

function expectNone(text: string, what: string): void {
  expect(text.length, what).toBeGreaterThan(0);
  for (const secret of secrets) expect(text.includes(secret), `${secret} in ${what}`).toBe(false);
}

describe("a secret that was handed over with an event", () => {
  test("is shown to no CONSUMER, in list, event and page; that it changed is", async () => {
    const { body, text } = await callAs(server, consumer, "GET", `${at}/events`);
    expectNone(text, "the list");
    const changed = body.events.find((each: { changes?: unknown[] }) => each.changes?.length === 7);
    expect(changed.changes).toEqual([
      { path: "/Token", from: null, to: "[hidden]" },
      { path: "/api_key", to: "[hidden]", hidden: true },
      { path: "/clientSecret", from: "[hidden]", to: "[hidden]", hidden: true },
      { path: "/headers", to: [{ name: "Authorization", value: "[hidden]" }, ["Cookie", "[hidden]"]] },
      {
        path: "/note",
        label: expect.stringMatching(/^Note \[token [0-9a-f]{12}\]$/),
        to: expect.stringMatching(/^see \[token [0-9a-f]{12}\]$/),
      },
      { path: "/otp", from: "[hidden]", to: "[hidden]", hidden: true },
      { path: "/settings/headers/Authorization", from: "[hidden]", hidden: true },
    ]);
    for (const { id } of body.events) {
      expectNone((await callAs(server, consumer, "GET", `${at}/events/${id}`)).text, "an event");
      const shown = await callAs(server, consumer, "GET", `${page}/events/${id}`, undefined, {
        accept: "text/html",
      });
      expect(shown.status).toBe(200);
      expectNone(shown.text, "the page of an event");
    }
    const shown = await callAs(server, consumer, "GET", `${page}/activity`, undefined, {
      accept: "text/html",
    });
    expect(shown.status).toBe(200);
    expectNone(shown.text, "the page");
    expect(shown.text).toContain("[token ");
    expect(shown.text).toMatch(/\[hidden\]|\(hidden\)/);
  });

  test.each(exportFormats.map(({ name }) => name))("is in no download as %s", async (name) => {
    const file = await callAs(server, owner, "GET", `${at}/audit-log.${name}?context=true`);
    expect(file.status).toBe(200);
    expectNone(file.text, "the file");
    expect(file.text).toContain("[hidden]");
  });

  test("is not found by its words", async () => {
    for (const secret of [...secrets, token]) {
      const found = await callAs(server, owner, "GET", `${at}/events?q=${encodeURIComponent(secret)}`);
      expect(found.status).toBe(200);
      expect(found.body.events, secret).toEqual([]);
    }
    const placeholder = await callAs(server, owner, "GET", `${at}/events?q=hidden`);
    expect(placeholder.status).toBe(200);
  });

  test("is told to nobody who follows", async () => {
    const { Daybook } = await import("daybook");
    const follower = new Daybook({ url: server.url, token: reader, organization: "acme" });
    let text = "";
    for await (const { event, position } of follower.follow()) {
      text += JSON.stringify([event, position]);
      if (event?.reason?.startsWith("Pasted")) break;
    }
    expectNone(text, "the follow");
    expect(text).toContain("[token ");
  });

  test("is not repeated by a refusal", async () => {
    const wrong = [
      { changes: [{ path: "/clientSecret", from: "hush-client-secret", to: "hush-rotated", hidden: true }] },
      { data: { clientId: 1, name: "hush-data", password: "hush-data", [token]: 1 } },
      { actor: { type: token, id: token } },
      { context: { interface: token } },
    ];
    for (const members of wrong) {
      const { status, text } = await record(members);
      expect(status).toBe(422);
      expect(text).not.toMatch(/hush/);
    }
  });

  test("that is an id is found by it, for the id is asked for as it is kept", async () => {
    const named = await record({
      targets: [{ type: "api_client", id: `key ${token}` }],
      actor: { type: "user", id: `u-${token}` },
    });
    expect(named.status, named.text).toBe(201);
    for (const [name, value] of [
      ["target", `api_client:key ${token}`],
      ["actor", `user:u-${token}`],
    ] as const) {
      const query = `${name}=${encodeURIComponent(value)}`;
      const found = await callAs(server, owner, "GET", `${at}/events?${query}`);
      expect(found.body.events).toHaveLength(1);
      expect((await callAs(server, owner, "GET", `${at}/audit-log.csv?${query}`)).text).toContain(
        "key [token ",
      );
      const accept = { accept: "text/html" };
      const list = await callAs(server, owner, "GET", `${page}/activity?${query}`, undefined, accept);
      expect(list.status).toBe(200);
      expect(list.text).toContain("/events/");
      expect(list.text).toContain("[token ");
      const [type, id] = value.split(":") as [string, string];
      const path = `${page}/${name}s/${type}/${encodeURIComponent(id)}`;
      const history = await callAs(server, owner, "GET", path, undefined, accept);
      expect(history.status).toBe(200);
      expect(history.text).toContain("/events/");
    }
    const { body } = await server.call("GET", `${at}/events?type=AUDIT_LOG_DOWNLOADED&limit=1`);
    expect(body.events[0].data.filter.actors).toEqual([expect.stringMatching(/^user:u-\[token /)]);
  });

  test("that came in a header of a request is kept nowhere; the same Idempotency-Key is the same", async () => {
    const headers = {
      "x-request-id": token,
      "user-agent": `cli ${token}`,
      "idempotency-key": `key-${token}`,
    };
    const first = await server.call("POST", `${at}/teams`, { name: "Once", role: null }, headers);
    expect(first.status, first.text).toBe(201);
    expect(first.headers.get("x-request-id")).not.toContain("Zq7");
    const again = await server.call("POST", `${at}/teams`, { name: "Once", role: null }, headers);
    expect(again.body).toEqual(first.body);
    const other = await server.call("POST", `${at}/teams`, { name: "Twice", role: null }, headers);
    expect(other.body.code).toBe("idempotency-key-reused");
  });

  test("is taken out of what Daybook keeps itself, so that rows and events say the same", async () => {
    const renamed = await server.call("PATCH", `${at}/settings`, {
      name: `Acme ${token}`,
      description: `Ask ${token}`,
    });
    expect(renamed.status, renamed.text).toBe(200);
    const hidden = renamed.body.name as string;
    expect(hidden).toMatch(/^Acme \[token [0-9a-f]{12}\]$/);
    const again = await server.call("PATCH", `${at}/settings`, { name: `Acme ${token}` });
    expect(again.status).toBe(200);
    const { body } = await server.call("GET", `${at}/events?type=ORGANIZATION_CHANGE`);
    expect(body.events).toHaveLength(1);
    expect(body.events[0].changes.find(({ path }: { path: string }) => path === "/name").to).toBe(hidden);
    const team = await server.call("POST", `${at}/teams`, { name: token, role: null });
    expect(team.body.name).toMatch(/^\[token [0-9a-f]{12}\]$/);
    expectNone(team.text, "a team");
    const expiresOn = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
    const machine = { name: `Bot ${token}`, expiresOn, scopes: ["events:read"] };
    const added = await server.call("POST", `${at}/api-clients`, machine);
    expect(added.body.name).toMatch(/^Bot \[token [0-9a-f]{12}\]$/);
    const why = { reason: `Leaked ${token}` };
    await server.call("POST", `${at}/api-clients/${added.body.id}/revoke`, why);
    const clients = await server.call("GET", `${at}/api-clients`);
    expectNone(clients.text, "the list of API clients");
    const viewer = { id: token, name: `Guest ${token}` };
    const opened = await server.call("POST", "/v1/viewer-sessions", {
      organization: "acme",
      role: "CONSUMER",
      viewer,
    });
    expect(opened.status, opened.text).toBe(201);
    for (const [path, body] of [
      [at, { slug: `glpat-${"a".repeat(24)}`, name: "x" }],
      [`${at}/invitations`, { email: `${token}@example.org`, role: "CONSUMER" }],
    ] as const) {
      const refused = await server.call("POST", path === at ? "/v1/organizations" : path, body);
      expect(refused.status, refused.text).toBe(422);
      expectNone(refused.text, "a refusal");
    }
    const events = await server.call("GET", `${at}/events?limit=100`);
    expectNone(events.text, "the events about it");
    const names = JSON.stringify(events.body.events.map(({ targets }: { targets: unknown }) => targets));
    expect(names).toContain(added.body.name);
    expect(names).toContain("Guest [token ");
    const warned = await server.call("POST", `${at}/event-types`, {
      name: "app.keyed",
      title: "App keyed",
      sentence: "{actor} keyed an app",
      description: `Not ${token}`,
      data: { type: "object", properties: { apiKey: { type: "string" } } },
    });
    expect(warned.status).toBe(201);
    expectNone(warned.text, "a registration");
    expect(warned.body.warnings).toEqual([expect.objectContaining({ pointer: "/data/properties/apiKey" })]);
  });

  test("is in no table and in no line of the server's log", async () => {
    const sql = new pg.Client(server.databaseUrl);
    await sql.connect();
    try {
      const { rows: tables } = await sql.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
      expect(tables.length).toBeGreaterThan(10);
      for (const { tablename } of tables) {
        const { rows } = await sql.query(`SELECT r::text AS one FROM ${tablename} r`);
        for (const { one } of rows) expectNone(one, tablename);
      }
    } finally {
      await sql.end();
    }
    for (const secret of secrets) expect(server.lines()).not.toContain(secret);
  });
});
