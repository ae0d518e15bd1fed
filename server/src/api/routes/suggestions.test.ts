/** Suggestions and breakdowns over HTTP: what callers get, and what each role may see. */
import { beforeAll, expect, test } from "vitest";
import { sampleEvent } from "../../search/testing/generated-searches.ts";
import { openServer, type TestServer } from "../testing/open-server.ts";
import { callAs, signedIn } from "../testing/people.ts";

let server: TestServer;
const events = "/v1/organizations/acme/events";

beforeAll(async () => {
  server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  const some = Array.from({ length: 60 }, (_, n) => sampleEvent(n));
  expect((await server.call("POST", events, { events: some })).status).toBe(201);
});

test("suggestions are values for the search, with titles of types", async () => {
  const actors = await server.call("GET", `${events}/suggestions?kind=actor&text=grace+hop`);
  expect([actors.status, actors.body]).toEqual([
    200,
    { suggestions: [{ value: "user:u_0", label: "Grace Hopper", detail: "u0@example.org" }] },
  ]);
  const types = await server.call("GET", `${events}/suggestions?kind=type&text=team+created`);
  expect(types.body.suggestions).toContainEqual({ value: "NEW_TEAM", label: "Team created" });
  for (const { value } of actors.body.suggestions) {
    const found = await server.call("GET", `${events}?q=${encodeURIComponent(`actor:${value}`)}`);
    expect(found.body.events.length, value).toBeGreaterThan(0);
  }
  expect((await server.call("GET", `${events}/suggestions?kind=ip`)).body.code).toBe("query-invalid");
  expect((await server.call("GET", "/v1/organizations/none/events/suggestions?kind=actor")).status).toBe(404);
});

test("a breakdown has addresses for those who see the context, and only for them", async () => {
  const all = await server.call("GET", `${events}/breakdown?q=-type:ORGANIZATION_*`);
  expect(all.status, all.text).toBe(200);
  expect(all.body).toMatchObject({
    complete: true,
    outcomes: [{ value: "success", label: "Success" }, {}, {}],
  });
  expect(all.body.addresses.length).toBeGreaterThan(0);
  const consumer = await signedIn(server, {
    email: "c@acme.example",
    organization: "acme",
    role: "CONSUMER",
  });
  const seen = await callAs(server, consumer, "GET", `${events}/breakdown`);
  expect(seen.status, seen.text).toBe(200);
  expect(seen.body).not.toHaveProperty("addresses");
  const asked = await callAs(server, consumer, "GET", `${events}/breakdown?ip=192.0.2.0/24`);
  expect([asked.status, asked.body.code]).toEqual([403, "not-allowed"]);
  expect((await server.call("GET", `${events}/breakdown?limit=5`)).body.code).toBe("query-invalid");
});
