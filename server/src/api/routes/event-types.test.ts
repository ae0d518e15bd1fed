/** Event types over HTTP: the catalogue for everyone, an organization's own, versions. */
import { eventTypes } from "daybook/catalogue";
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../testing/open-server.ts";

let call: TestServer["call"];
beforeAll(async () => {
  ({ call } = await openServer());
  for (const slug of ["acme", "other"]) await call("POST", "/v1/organizations", { slug, name: slug });
});

const own = "/v1/organizations/acme/event-types";
const invoice = {
  name: "invoice.paid",
  title: "Invoice paid",
  sentence: "{actor} paid invoice {target}",
  data: {
    type: "object",
    properties: { amount: { type: "integer" } },
    required: ["amount"],
    additionalProperties: false,
  },
};

test("the catalogue is open to everyone: all types, one type, none", async () => {
  const anyone = { authorization: "" };
  const list = await call("GET", "/v1/event-types", undefined, anyone);
  expect(list.body.eventTypes.map(({ name }: { name: string }) => name)).toEqual(
    eventTypes.map(({ name }) => name),
  );
  expect(list.body.next).toBeNull();
  const one = await call("GET", "/v1/event-types?type=API_CLIENT_REVOKED", undefined, anyone);
  expect(one.body).toEqual(
    JSON.parse(
      JSON.stringify({
        eventTypes: eventTypes.filter(({ name }) => name === "API_CLIENT_REVOKED"),
        next: null,
      }),
    ),
  );
  for (const none of ["NOTHING", "invoice.paid", "", "__proto__", "API_CLIENT_REVOKED&version=2"]) {
    const missing = await call("GET", `/v1/event-types?type=${none}`, undefined, anyone);
    expect([missing.status, missing.body.code], none).toEqual([404, "event-type-not-found"]);
  }
  const versionAlone = await call("GET", "/v1/event-types?version=1", undefined, anyone);
  expect(versionAlone.body).toMatchObject({ code: "query-invalid", errors: [{ pointer: "/version" }] });
  const versionNone = await call("GET", "/v1/event-types?type=NEW_TEAM&version=0", undefined, anyone);
  expect(versionNone.body?.detail).toBe("The parameter 'version' must be a whole number from 1 to 1000000.");
  expect((await call("GET", "/v1/event-types/API_CLIENT_REVOKED", undefined, anyone)).status).toBe(404);
});

test("the list has pages, whose cursors are names of any kind", async () => {
  const many = "/v1/organizations/many/event-types";
  await call("POST", "/v1/organizations", { slug: "many", name: "Many" });
  const names = ["s3.amazonaws.com/PutObject", "google.iam.admin.v1.SetIAMPolicy", "a:b-c_d/e", "Zone.added"];
  for (const name of names)
    expect((await call("POST", many, { name, title: "T", sentence: "{actor} did it" })).status).toBe(201);
  const all = [...eventTypes.map(({ name }) => name), ...[...names].sort()];
  for (const limit of [1, 7, all.length - 1, all.length]) {
    const seen: string[] = [];
    let next: string | null = "";
    do {
      const path: string = `${many}?limit=${limit}${next && `&cursor=${next}`}`;
      const { body } = await call("GET", path);
      seen.push(...body.eventTypes.map(({ name }: { name: string }) => name));
      next = body.next;
    } while (next !== null);
    expect(seen).toEqual(all);
  }
  expect((await call("GET", `${many}?cursor=abc`)).body.code).toBe("cursor-invalid");
});

test("a custom type is registered, listed, recorded with, and gets versions", async () => {
  const made = await call("POST", own, invoice);
  expect(made.status, made.text).toBe(201);
  expect(made.headers.get("location")).toBe("?type=invoice.paid&version=1");
  expect(made.body).toMatchObject({ ...invoice, version: 1 });
  expect((await call("POST", own, invoice)).status).toBe(200);
  const next = { ...invoice, title: "Invoice was paid" };
  expect((await call("POST", own, next)).body).toMatchObject({ version: 2 });
  const read = async (type: string): Promise<unknown> =>
    (await call("GET", `${own}?type=${type}`)).body.eventTypes[0];
  expect(await read("invoice.paid")).toMatchObject({ ...next, version: 2 });
  expect(await read("invoice.paid&version=1")).toMatchObject({ ...invoice, version: 1 });
  expect(await read("API_SAVED")).toMatchObject({ name: "API_SAVED" });
  const { body } = await call("GET", own);
  expect(body.eventTypes).toHaveLength(eventTypes.length + 1);
  const event = { type: "invoice.paid", actor: { type: "user", id: "u" }, data: { amount: 5 } };
  expect((await call("POST", "/v1/organizations/acme/events", event)).status).toBe(201);
  const wrong = await call("POST", "/v1/organizations/acme/events", { ...event, data: { amount: "5" } });
  expect(wrong.body).toMatchObject({
    status: 422,
    code: "data-invalid",
    errors: [{ pointer: "/data/amount" }],
  });
});

test("a registration under an Idempotency-Key is answered as the first time, and refused for another definition", async () => {
  const key = { "idempotency-key": "register-refund" };
  const refund = { ...invoice, name: "invoice.refunded" };
  const first = await call("POST", own, refund, key);
  const again = await call("POST", own, refund, key);
  expect([again.status, again.body]).toEqual([201, first.body]);
  const other = await call("POST", own, { ...refund, title: "Other" }, key);
  expect(other.body).toMatchObject({ status: 409, code: "idempotency-key-reused" });
  expect((await call("GET", `${own}?type=invoice.refunded`)).body.eventTypes[0].version).toBe(1);
});

test("another organization's type is unknown here", async () => {
  const event = { type: "invoice.paid", actor: { type: "user", id: "u" }, data: { amount: 5 } };
  const refused = await call("POST", "/v1/organizations/other/events", event);
  expect(refused.body).toMatchObject({ status: 422, code: "event-type-unknown" });
  expect((await call("GET", "/v1/organizations/other/event-types?type=invoice.paid")).status).toBe(404);
});

test.each<[string, unknown, number, string]>([
  ["a name of ours", { ...invoice, name: "INVOICE_PAID" }, 422, "request-invalid"],
  ["no title", { name: "a.b", sentence: "{actor} x" }, 422, "request-invalid"],
  ["a member twice", '{"name":"a.b","name":"c.d"}', 422, "json-refused"],
  ["a list", [], 422, "request-invalid"],
  ["no JSON", "x", 400, "json-unreadable"],
  ["300 KB", { ...invoice, description: "x".repeat(300_000) }, 413, "body-too-large"],
])("%s can't be registered", async (_, body, status, code) => {
  const refused = await call("POST", own, body);
  expect([refused.status, refused.body.code], refused.text).toEqual([status, code]);
});

describe("a type for the whole service", () => {
  const ofService = "/v1/organizations/daybook/event-types";
  const put = { name: "s3.amazonaws.com/PutObject-1", title: "Object put", sentence: "{actor} put {target}" };

  test("is registered in the organization daybook, and recorded with in every organization", async () => {
    const made = await call("POST", ofService, put);
    expect(made.status, made.text).toBe(201);
    const event = { type: put.name, actor: { type: "user", id: "u" } };
    for (const slug of ["acme", "other"]) {
      const answer = await call("POST", `/v1/organizations/${slug}/events`, event);
      expect(answer.status, answer.text).toBe(201);
      const types = `/v1/organizations/${slug}/event-types?type=${put.name}`;
      expect((await call("GET", types)).body.eventTypes).toEqual([made.body]);
    }
    const log = await call("GET", "/v1/organizations/daybook/events?limit=1&type=EVENT_TYPE_REGISTERED");
    expect(log.body.events[0].data).toMatchObject({ name: put.name, version: 1, scope: "SERVICE" });
    expect((await call("GET", `/v1/event-types?type=${put.name}`)).status).toBe(404);
    const clash = await call("POST", own, put);
    expect([clash.status, clash.body.code]).toEqual([409, "event-type-name-taken"]);
  });

  const token = async (org: string, scope: string): Promise<{ authorization: string }> => {
    const name = `client for ${scope} ${Math.random()}`;
    const expiresOn = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
    const added = await call("POST", `/v1/organizations/${org}/api-clients`, {
      name,
      expiresOn,
      scopes: [scope],
    });
    expect(added.status, added.text).toBe(201);
    return { authorization: `Bearer ${added.body.token}` };
  };

  test("is registered by an API client of daybook with event-types:write, and by no other", async () => {
    const registrar = await token("daybook", "event-types:write");
    const named = (name: string): object => ({ ...put, name });
    expect((await call("POST", ofService, named("by.service.client"), registrar)).status).toBe(201);
    expect((await call("POST", own, named("by.wrong.client"), registrar)).status).toBe(404);
    expect((await call("GET", "/v1/organizations/daybook/events", undefined, registrar)).status).toBe(403);
    const wide = { name: "Wide", expiresOn: "2999-01-01", scopes: ["event-types:write", "events:read"] };
    const refused = await call("POST", "/v1/organizations/daybook/api-clients", wide);
    expect(refused.body.errors).toContainEqual({
      pointer: "/scopes/1",
      detail: "Select from event-types:write",
    });
    const acmes = await token("acme", "event-types:write");
    expect((await call("POST", own, named("by.acmes.client"), acmes)).status).toBe(201);
    expect((await call("POST", ofService, named("by.acmes.client2"), acmes)).status).toBe(404);
    const writer = await token("acme", "events:write");
    expect((await call("POST", own, named("by.writer"), writer)).body.code).toBe("not-allowed");
  });
});
