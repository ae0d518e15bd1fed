/** API clients over HTTP: who may change them, their responses, and what their tokens can do. */
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../testing/open-server.ts";

let server: TestServer;
let call: TestServer["call"];
beforeAll(async () => {
  server = await openServer();
  call = server.call;
  for (const slug of ["acme", "globex"]) await call("POST", "/v1/organizations", { slug, name: slug });
});

const all = "/v1/organizations/acme/api-clients";
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
let made = 0;

/** Adds a client; returns the response. */
async function add(more: object = {}, headers: Record<string, string> = {}): ReturnType<TestServer["call"]> {
  const body = { name: `Client ${++made}`, expiresOn: inDays(90), scopes: ["events:write"], ...more };
  return call("POST", all, body, headers);
}

const event = {
  type: "NEW_TEAM",
  actor: { type: "user", id: "u" },
  targets: [{ type: "team", id: "t" }],
  data: { teamId: "t", team: "T" },
};

/** The data of an organization's events of one type, the newest first. */
async function recorded(type: string, org = "acme"): Promise<Record<string, unknown>[]> {
  const answer = await call("GET", `/v1/organizations/${org}/events?type=${type}&limit=1000`);
  return answer.body.events;
}

test("adding answers with the token, where the client is, and its ETag", async () => {
  const added = await add({ name: " Register sandbox ", scopes: ["events:read", "events:write"] });
  expect(added.status, added.text).toBe(201);
  const { id, token } = added.body;
  expect(added.headers.get("location")).toBe(`${all}/${id}`);
  expect(added.headers.get("etag")).toBe('"1"');
  const { token: _, ...client } = added.body;
  expect(client).toEqual({
    id,
    name: "Register sandbox",
    expiresOn: inDays(90),
    status: "active",
    scopes: ["events:read", "events:write"],
    createdBy: { type: "user", id: "operator", hasLeft: false },
    createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    lastUsedOn: null,
    tokenPrefix: token.slice(0, 15),
    expiresWithinDays: null,
  });
  const read = await call("GET", `${all}/${id}`);
  expect([read.status, read.body, read.headers.get("etag")]).toEqual([200, client, '"1"']);
  expect(JSON.stringify(await recorded("API_CLIENT_ADDED"))).not.toContain(token.slice(16));
  expect(server.lines()).not.toContain(token.slice(9));
});

describe("a body is refused", () => {
  test("with all that is wrong in it, each at its place", async () => {
    const refused = await call("POST", all, { name: "  ", expiresOn: "2027-02-30", scopes: ["x"] });
    expect([refused.status, refused.body.code]).toEqual([422, "request-invalid"]);
    expect(
      refused.body.errors.map(({ pointer, detail }: Record<string, string>) => [pointer, detail]),
    ).toEqual([
      ["/name", "Enter a client name"],
      ["/expiresOn", "Expiry date must be a real date"],
      ["/scopes/0", expect.stringMatching(/^Select from /)],
    ]);
    const empty = await call("POST", all, {});
    expect(empty.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      "/name",
      "/expiresOn",
      "/scopes",
    ]);
  });

  test.each<[string, unknown, string]>([
    ["U+0000 in a name", '{"name":"a\\u0000b"}', "json-refused"],
    ["half a surrogate pair", '{"name":"\\ud800"}', "json-refused"],
    ["a member twice", '{"name":"a","name":"b"}', "json-refused"],
    ["an id of one's own", { name: "a", id: "client_1" }, "request-invalid"],
    ["an owner of one's choice", { name: "a", createdBy: { type: "user", id: "u" } }, "request-invalid"],
    ["a token of one's choice", { name: "a", token: "dbk_live_1" }, "request-invalid"],
    ["a list", [], "request-invalid"],
    ["a text", '"x"', "request-invalid"],
  ])("%s", async (_, body, code) => {
    const refused = await call("POST", all, body);
    expect([refused.status, refused.body.code], refused.text).toEqual([422, code]);
  });

  test.each(["2026-01-01", inDays(0), inDays(400), `${inDays(90)}T00:00:00Z`])(
    "an expiry date of %s",
    async (day) => {
      expect((await add({ expiresOn: day })).body.errors).toMatchObject([{ pointer: "/expiresOn" }]);
    },
  );

  test("a name that is taken, in another case or composition", async () => {
    await add({ name: "Zoë's laptop" });
    for (const name of ["ZOË'S LAPTOP", "Zoe\u0308's laptop"]) {
      const refused = await add({ name });
      expect([refused.status, refused.body.code]).toEqual([409, "name-taken"]);
      expect(refused.body.errors).toMatchObject([{ pointer: "/name" }]);
    }
  });

  test.each([{ overlapMinutes: -1 }, { overlapMinutes: "5" }, { overlapMinutes: 10_081 }, { minutes: 5 }])(
    "a rotation by %j",
    async (body) => {
      const { id } = (await add()).body;
      expect((await call("POST", `${all}/${id}/rotate`, body)).body.code).toBe("request-invalid");
    },
  );
});

test("Idempotency-Key: the same answer again without the token, which is not even in the database", async () => {
  const name = `Once ${++made}`;
  const first = await add({ name }, { "idempotency-key": "add-once" });
  const again = await add({ name }, { "idempotency-key": "add-once" });
  const { token, ...rest } = first.body;
  expect([again.status, again.body, again.headers.get("location")]).toEqual([
    201,
    rest,
    first.headers.get("location"),
  ]);
  expect((await call("POST", `/v1/organizations/acme/events`, event, bearer(token))).status).toBe(201);
  const rotated = await call("POST", `${all}/${rest.id}/rotate`, {}, { "idempotency-key": "rotate-once" });
  const rotatedAgain = await call(
    "POST",
    `${all}/${rest.id}/rotate`,
    {},
    { "idempotency-key": "rotate-once" },
  );
  expect(rotated.body.token).toMatch(/^dbk_live_/);
  expect(rotatedAgain.body).toEqual({ ...rotated.body, token: undefined });
});

describe("If-Match", () => {
  test("two who rename from what both had read: one is told that it changed meanwhile", async () => {
    const added = await add();
    const etag = added.headers.get("etag") as string;
    const rename = (name: string) => call("PATCH", `${all}/${added.body.id}`, { name }, { "if-match": etag });
    const both = await Promise.all([rename(`A ${made}`), rename(`B ${made}`)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect(both.find(({ status }) => status === 412)?.body.code).toBe("changed-meanwhile");
    expect(both.find(({ status }) => status === 200)?.headers.get("etag")).toBe('"2"');
  });
});

test("renaming says from what to what, under its label", async () => {
  const { id } = (await add({ name: "Old name" })).body;
  const renamed = await call("PATCH", `${all}/${id}`, { name: "New name" });
  expect([renamed.status, renamed.body.name]).toEqual([200, "New name"]);
  expect((await recorded("API_CLIENT_UPDATED"))[0]).toMatchObject({
    changes: [{ path: "/name", label: "Client name", from: "Old name", to: "New name" }],
    data: { clientId: id, name: "New name", expiresOn: inDays(90), scopes: ["events:write"] },
    recordedBy: { type: "operator", id: "operator" },
    context: { interface: "api" },
  });
  const other = await call("PATCH", `${all}/${id}`, { expiresOn: inDays(100) });
  expect(other.body.code).toBe("request-invalid");
});

test("rotate, revoke and delete stop tokens at once", async () => {
  const added = (await add()).body;
  const { id } = added;
  const record = async (token: string) =>
    (await call("POST", "/v1/organizations/acme/events", event, bearer(token))).status;
  const rotated = (await call("POST", `${all}/${id}/rotate`, { overlapMinutes: 5 })).body;
  expect([await record(added.token), await record(rotated.token)]).toEqual([201, 201]);
  const again = (await call("POST", `${all}/${id}/rotate`)).body;
  expect([await record(added.token), await record(rotated.token), await record(again.token)]).toEqual([
    401, 401, 201,
  ]);
  const revoked = await call("POST", `${all}/${id}/revoke`, { reason: "Found in a repository" });
  expect([revoked.status, revoked.body.status, revoked.body.token]).toEqual([200, "revoked", undefined]);
  expect(await record(again.token)).toBe(401);
  const twice = await call("POST", `${all}/${id}/revoke`);
  expect([twice.status, twice.body.status, twice.headers.get("etag")]).toEqual([
    200,
    "revoked",
    revoked.headers.get("etag"),
  ]);
  expect((await call("PATCH", `${all}/${id}`, { name: "x" })).body.code).toBe("api-client-revoked");
  expect((await call("POST", `${all}/${id}/rotate`)).body.code).toBe("api-client-revoked");
  for (let n = 0; n < 2; n++) expect((await call("DELETE", `${all}/${id}`)).status).toBe(204);
  for (const path of [`${all}/${id}`, `${all}/client_none`, `${all}/a%00b`])
    expect((await call("GET", path)).body.code, path).toBe("api-client-not-found");
  expect((await call("PATCH", `${all}/${id}`, { name: "x" })).body.code).toBe("api-client-not-found");
});

test("a client's history is told in pages, of a deleted one too", async () => {
  const { id } = (await add()).body;
  for (const name of ["First", "Second"]) await call("PATCH", `${all}/${id}`, { name });
  await call("POST", `${all}/${id}/revoke`, { reason: "Found in a repository" });
  await call("DELETE", `${all}/${id}`);
  const types = ({ body }: Awaited<ReturnType<typeof call>>): string[] =>
    body.events.map(({ type }: { type: string }) => type);
  const newest = await call("GET", `${all}/${id}/history?limit=3`);
  expect(types(newest)).toEqual(["API_CLIENT_DELETED", "API_CLIENT_REVOKED", "API_CLIENT_UPDATED"]);
  expect(newest.body.events[1].reason).toBe("Found in a repository");
  const rest = await call("GET", `${all}/${id}/history?limit=3&cursor=${newest.body.next}`);
  expect(types(rest)).toEqual(["API_CLIENT_UPDATED", "API_CLIENT_ADDED"]);
  expect(rest.body.next).toBeNull();
  expect((await call("GET", `${all}/client_none/history`)).body.code).toBe("api-client-not-found");
  expect((await call("GET", `${all}/${id}/history?type=NEW_TEAM`)).body.code).toBe("query-invalid");
});

test("what a machine reports about a client is no part of the client's history, and stands apart", async () => {
  const { id, token } = (await add({ scopes: ["events:write", "events:read"] })).body;
  const forged = {
    type: "API_CLIENT_REVOKED",
    actor: { type: "user", id: "chief", name: "Chief" },
    targets: [{ type: "api_client", id, name: "Not its name" }],
    data: { clientId: id, name: "Not its name" },
  };
  const posed = await call("POST", "/v1/organizations/acme/events", forged, bearer(token));
  expect(posed.status).toBe(201);
  const typesOf = async (query: string, credentials?: object): Promise<string[]> =>
    (await call("GET", query, undefined, credentials as never)).body.events.map(
      ({ type }: { type: string }) => type,
    );
  expect(await typesOf(`${all}/${id}/history`)).toEqual(["API_CLIENT_ADDED"]);
  expect(await typesOf(`${all}/${id}/history?recordedBy=others`)).toEqual(["API_CLIENT_REVOKED"]);
  expect((await call("GET", `${all}/${id}/history?recordedBy=me`)).body.code).toBe("query-invalid");
  const about = `/v1/organizations/acme/events?target=api_client:${id}`;
  expect(await typesOf(about)).toEqual(["API_CLIENT_REVOKED", "API_CLIENT_ADDED"]);
  expect(await typesOf(`${about}&recordedBy=daybook`)).toEqual(["API_CLIENT_ADDED"]);
  expect(await typesOf(`${about}&recordedBy=others`)).toEqual(["API_CLIENT_REVOKED"]);
  expect(await typesOf(`/v1/events?target=api_client:${id}&recordedBy=others`)).toEqual([
    "API_CLIENT_REVOKED",
  ]);
  const { events } = (await call("GET", about)).body;
  expect(events.map(({ recordedBy }: { recordedBy: object }) => recordedBy)).toEqual([
    { type: "api_client", id },
    { type: "operator", id: "operator", own: true },
  ]);
  const beside = await call("GET", `/v1/organizations/acme/events/${events[0].id}/neighbours`);
  expect(beside.body?.previous ?? null).toBeNull();
  expect((await call("GET", `${all}/${id}`)).body).toMatchObject({ status: "active" });
});

test("the list is the newest first, in pages, without the deleted", async () => {
  const org = "/v1/organizations/globex/api-clients";
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) {
    const body = { name: `Listed ${n}`, expiresOn: inDays(90), scopes: ["events:read"] };
    ids.unshift((await call("POST", org, body)).body.id);
  }
  await call("DELETE", `${org}/${ids[2]}`);
  const first = await call("GET", `${org}?limit=2`);
  expect(first.body.apiClients.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2));
  const second = await call("GET", first.headers.get("link")?.match(/<(.*)>/)?.[1] as string);
  expect(second.body.apiClients.map(({ id }: { id: string }) => id)).toEqual(ids.slice(3));
  expect(second.body.next).toBeNull();
  expect((await call("GET", `${org}?cursor=x`)).body.code).toBe("cursor-invalid");
  expect(first.text).not.toMatch(/dbk_live_\w{7}/);
});

describe("a token opens what its scopes say, in its own organization:", () => {
  const csv = "/v1/organizations/acme/audit-log.csv";
  const events = "/v1/organizations/acme/events";

  test("events:write records and reads nothing", async () => {
    const { id, token } = (await add()).body;
    const recorded = await call("POST", events, event, bearer(token));
    expect(recorded.status).toBe(201);
    const own = await call("GET", `${events}/${recorded.body.receipts[0].id}`);
    expect(own.body.recordedBy).toEqual({ type: "api_client", id });
    for (const path of [events, csv, all, "/v1/events", `${all}/${id}`])
      expect([path, (await call("GET", path, undefined, bearer(token))).status]).toEqual([path, 403]);
  });

  test("events:read reads; another organization isn't even known to it", async () => {
    const { token } = (await add({ scopes: ["events:read"] })).body;
    expect((await call("GET", events, undefined, bearer(token))).status).toBe(200);
    expect((await call("POST", events, event, bearer(token))).status).toBe(403);
    for (const [method, path] of [
      ["GET", "/v1/organizations/globex/events"],
      ["POST", "/v1/organizations/globex/events"],
      ["GET", "/v1/organizations/globex/audit-log.csv"],
      ["GET", "/v1/organizations/globex/api-clients"],
    ] as const) {
      const refused = await call(method, path, method === "POST" ? event : undefined, bearer(token));
      expect([path, refused.body?.code]).toEqual([path, "organization-not-found"]);
    }
    await server.services.denials.flush();
    expect(await recorded("AUDIT_LOG_DOWNLOAD_REFUSED", "globex")).toEqual([]);
  });

  test("audit-log:download downloads", async () => {
    const { token } = (await add({ scopes: ["audit-log:download"] })).body;
    const download = await call("GET", csv, undefined, bearer(token));
    expect([download.status, download.headers.get("content-type")]).toEqual([
      200,
      expect.stringMatching(/^text\/csv/),
    ]);
  });

  test("no token of a client manages clients", async () => {
    const scopes = [
      "events:write",
      "events:read",
      "events:import",
      "audit-log:download",
      "event-types:write",
    ];
    const { id, token } = (await add({ scopes })).body;
    for (const [method, path] of [
      ["GET", all],
      ["POST", all],
      ["GET", `${all}/${id}`],
      ["PATCH", `${all}/${id}`],
      ["DELETE", `${all}/${id}`],
      ["POST", `${all}/${id}/rotate`],
      ["POST", `${all}/${id}/revoke`],
      ["GET", `${all}/${id}/history`],
    ] as const) {
      const body = method === "GET" || method === "DELETE" ? undefined : {};
      expect([method, path, (await call(method, path, body, bearer(token))).status]).toEqual([
        method,
        path,
        403,
      ]);
    }
  });

  test("a download without the scope is refused, and told once", async () => {
    const { id, token } = (await add({ name: "Nosy" })).body;
    for (let n = 0; n < 3; n++) expect((await call("GET", csv, undefined, bearer(token))).status).toBe(403);
    await call("HEAD", csv, undefined, bearer(token));
    await server.services.denials.flush();
    const own = (await recorded("AUDIT_LOG_DOWNLOAD_REFUSED")).filter(
      ({ actor }) => (actor as { id: string }).id === id,
    );
    expect(own).toMatchObject([
      {
        outcome: "denied",
        actor: { type: "api_client", id, name: "Nosy" },
        data: {
          why: "The token does not have the scope audit-log:download",
          format: "csv",
          count: expect.any(Number),
        },
        recordedBy: { type: "server", id: "daybook" },
      },
    ]);
  });
});

test("a token that stopped working is refused in the words for one that nobody holds, and the log tells why", async () => {
  const { id, token } = (await add({ name: "Stopped" })).body;
  await call("POST", `${all}/${id}/revoke`);
  const bodies = new Set<string>();
  for (const presented of [token, `${token.slice(0, -1)}!`, token.slice(0, -1), "dbk_live_"]) {
    const refused = await call("GET", "/v1/organizations/acme/events", undefined, bearer(presented));
    expect(refused.status).toBe(401);
    bodies.add(refused.text);
  }
  expect(bodies.size).toBe(1);
  await server.services.denials.flush();
  expect(await recorded("API_CLIENT_REFUSED")).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({
        data: { clientId: id, name: "Stopped", why: "The client is revoked", count: 1 },
      }),
    ]),
  );
});

test("the numbers say how many tokens were refused and why, and how many clients end soon", async () => {
  await add({ expiresOn: inDays(3) });
  await add({ expiresOn: inDays(20) });
  await call("GET", "/v1/organizations/acme/events", undefined, bearer("dbk_live_x"));
  await server.services.apiClients.due();
  const { text } = await call("GET", "/metrics");
  expect(text).toMatch(/^daybook_tokens_refused_total\{why="malformed"\} [1-9]/m);
  expect(text).toMatch(/^daybook_tokens_refused_total\{why="closed"\} 0$/m);
  expect(text).toMatch(/^daybook_api_clients_expiring\{within="7d"\} 1$/m);
  expect(text).toMatch(/^daybook_api_clients_expiring\{within="30d"\} 2$/m);
  expect(text).toMatch(/^daybook_denials_passed_over_total 0$/m);
  expect((await call("GET", "/metrics")).text).toMatch(/^daybook_api_clients_expiring\{within="7d"\} 1$/m);
});
