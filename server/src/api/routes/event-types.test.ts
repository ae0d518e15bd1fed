/** Event types over HTTP: the catalogue for everyone, an organization's own, versions. */
import { eventTypes } from "daybook/catalogue";
import { beforeAll, expect, test } from "vitest";
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
  const one = await call("GET", "/v1/event-types/API_CLIENT_REVOKED", undefined, anyone);
  expect(one.body).toEqual(
    JSON.parse(JSON.stringify(eventTypes.find(({ name }) => name === "API_CLIENT_REVOKED"))),
  );
  for (const none of ["NOTHING", "invoice.paid", "%00", "__proto__", "API_CLIENT_REVOKED?version=2"]) {
    const missing = await call("GET", `/v1/event-types/${none}`, undefined, anyone);
    expect([missing.status, missing.body.code], none).toEqual([404, "event-type-not-found"]);
  }
});

test("a custom type is registered, listed, recorded with, and gets versions", async () => {
  const made = await call("POST", own, invoice);
  expect(made.status, made.text).toBe(201);
  expect(made.headers.get("location")).toBe(`${own}/invoice.paid`);
  expect(made.body).toMatchObject({ ...invoice, version: 1 });
  expect((await call("POST", own, invoice)).status).toBe(200);
  const next = { ...invoice, title: "Invoice was paid" };
  expect((await call("POST", own, next)).body).toMatchObject({ version: 2 });
  expect((await call("GET", `${own}/invoice.paid`)).body).toMatchObject({ ...next, version: 2 });
  expect((await call("GET", `${own}/invoice.paid?version=1`)).body).toMatchObject({ ...invoice, version: 1 });
  expect((await call("GET", `${own}/API_SAVED`)).body.name).toBe("API_SAVED");
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
  expect((await call("GET", `${own}/invoice.refunded`)).body.version).toBe(1);
});

test("another organization's type is unknown here", async () => {
  const event = { type: "invoice.paid", actor: { type: "user", id: "u" }, data: { amount: 5 } };
  const refused = await call("POST", "/v1/organizations/other/events", event);
  expect(refused.body).toMatchObject({ status: 422, code: "event-type-unknown" });
  expect((await call("GET", "/v1/organizations/other/event-types/invoice.paid")).status).toBe(404);
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
