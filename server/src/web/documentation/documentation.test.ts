/** The API reference without scripts: every operation is in the list and has a page that says what it takes and answers. */
import { beforeAll, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { signedIn } from "../../api/testing/people.ts";
import { type Browse, browserOf } from "../testing/browse.ts";
import { type ApiDocument, operationsOf } from "./document.ts";
import { alternatives } from "./shape-fields.ts";

let server: TestServer;
let anne: Browse;
let document: ApiDocument;

beforeAll(async () => {
  server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  anne = browserOf(server, await signedIn(server, { email: "anne@acme.example", organization: "acme" }));
  document = (await server.call("GET", "/openapi.json")).body;
});

test("everyone sees it, in the look of the site, with a link to the document", async () => {
  const headers = { authorization: "", accept: "text/html" };
  const { status, text } = await server.call("GET", "/docs", undefined, headers);
  expect(status).toBe(200);
  expect(text).toContain('class="db-header');
  expect(text).toContain('href="/openapi.json"');
  expect(text).toContain('href="/docs/errors"');
  const { title, text: words } = await anne("/docs");
  expect([title, words]).toEqual(["API reference - Daybook", expect.stringContaining("anne Menu")]);
});

test("every operation is listed, and has a page of its own", async () => {
  const { html } = await anne("/docs");
  const operations = operationsOf(document);
  expect(operations.length).toBeGreaterThan(70);
  for (const { operationId, summary, path, method } of operations) {
    expect(html).toContain(`href="/docs/operations/${operationId}"`);
    const page = await anne(`/docs/operations/${operationId}`);
    expect([page.status, page.text]).toEqual([200, expect.stringContaining(`${method} ${path}`)]);
    expect(page.text).toContain(summary.slice(0, 20));
  }
  expect((await anne("/docs/operations/none")).status).toBe(404);
});

test("a page has the parameters, the members of the body and of the response, and the refusals", async () => {
  const { text } = await anne("/docs/operations/addApiClient");
  expect(text).toMatch(/idempotency-key text; a header/);
  expect(text).toMatch(/expiresOn a date, YYYY-MM-DD; must be there/);
  expect(text).toContain("tokenPrefix");
  expect(text).toMatch(/409 .*name-taken :/);
  const events = await anne("/docs/operations/recordEvents");
  expect(events.text).toMatch(
    /application\/json : Event occurredAt|application\/json : Event .*application\/json : EventBatch events a list: Event/,
  );
  expect(text).toContain('curl -X POST "$DAYBOOK_URL/v1/organizations/ORG/api-clients"');
});

test("members of members are listed with the names around them, and a shape that has itself ends", () => {
  const shapes = {
    Node: {
      type: "object",
      properties: { next: { $ref: "#/x/Node" }, tags: { type: "array", items: { type: "string" } } },
    },
  };
  const [{ fields } = { fields: [] }] = alternatives(
    {
      type: "object",
      required: ["list"],
      properties: {
        list: { type: "array", items: { type: "object", properties: { id: { type: "integer" } } } },
        node: { anyOf: [{ $ref: "#/x/Node" }, { type: "null" }] },
      },
    },
    shapes,
  );
  expect(fields.slice(0, 4).map(({ name, takes, required }) => [name, takes, required])).toEqual([
    ["list", "a list: an object", true],
    ["list[].id", "a whole number", false],
    ["node", "Node or null", false],
    ["node.next", "Node", false],
  ]);
  expect(fields.map(({ name }) => name)).toContain("node.next.next.tags");
  expect(fields.length).toBeLessThan(20);
});
