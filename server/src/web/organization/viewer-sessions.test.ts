/** The page of open viewer sessions without scripts: who sees it, its content, ending one; hostile names. */
import { beforeAll, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { signedIn } from "../../api/testing/people.ts";
import { type Browse, browserOf } from "../testing/browse.ts";

let server: TestServer;
let owner: Browse;
let auditor: Browse;
let consumer: Browse;
let bearer: { authorization: string };

const page = "/orgs/acme/viewer-sessions";

beforeAll(async () => {
  server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  const as = async (role: "OWNER" | "AUDITOR" | "CONSUMER"): Promise<Browse> =>
    browserOf(server, await signedIn(server, { email: `${role}@acme.example`, organization: "acme", role }));
  [owner, auditor, consumer] = [await as("OWNER"), await as("AUDITOR"), await as("CONSUMER")];
  const expiresOn = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const client = { name: "Portal", expiresOn, scopes: ["events:read"] };
  const { token } = (await server.call("POST", "/v1/organizations/acme/api-clients", client)).body;
  bearer = { authorization: `Bearer ${token}` };
});

const open = async (viewer: object, more: object = {}): Promise<{ id: string; token: string }> => {
  const body = { organization: "acme", role: "CONSUMER", viewer, ...more };
  const { status, text, body: opened } = await server.call("POST", "/v1/viewer-sessions", body, bearer);
  expect(status, text).toBe(201);
  return opened;
};

test("where there is none it says how one comes; settings lead there for who may see it", async () => {
  expect((await owner(page)).text).toContain("There are no open viewer sessions.");
  for (const browse of [owner, auditor])
    expect((await browse("/orgs/acme/settings")).html).toContain(`href="${page}"`);
  expect((await consumer("/orgs/acme/settings")).html).not.toContain(page);
  expect((await consumer(page)).status).toBe(403);
});

test("each says who looks as what, who opened it, until when, and what they see; an owner ends it", async () => {
  const onlyTarget = { type: "api", id: "a_1" };
  const { id, token } = await open({ id: "customer-7", name: "Carol" }, { onlyTarget });
  const { text, html, title } = await owner(page);
  expect(text).toMatch(
    /Carol Opened by API client Portal on .+, until .+ Sees only api:a_1 Name from the application: customer-7 Consumer End/,
  );
  expect(title).not.toContain("Carol");
  expect(html).not.toContain(token);
  expect((await auditor(page)).html).not.toContain(`${page}/end`);
  expect((await auditor(`${page}/end`, { session: id })).status).toBe(403);
  const ended = await owner(`${page}/end`, { session: id });
  expect([ended.status, ended.location]).toEqual([303, page]);
  const events = "/v1/organizations/acme/events";
  expect((await server.call("GET", events, undefined, { authorization: `Bearer ${token}` })).status).toBe(
    401,
  );
  expect((await owner(page)).text).toContain("There are no open viewer sessions.");
  expect((await owner(`${page}/end`, { session: id })).status).toBe(303);
});

test("names that host applications make up stay words", async () => {
  const name = `<script>alert("1")</script> \u05e9\u05dc\u05d5\u05dd`;
  await open({ id: `"><b>${"x".repeat(90)}`, name });
  const { html } = await owner(page);
  expect(html).not.toMatch(/<script>alert|"><b>/);
  expect(html).toContain("&lt;script>alert");
});

test("what can't be seen in them is marked, also in what only screen readers say", async () => {
  await open({ id: "u\u202e7", name: "Ann\u200be" }, { onlyTarget: { type: "api", id: "a\u202e1" } });
  const { html } = await owner(page);
  const words = html.replace(/<bdi class="db-unseen__text">[^<]*<\/bdi>/g, "").replace(/<[^>]*>/g, "");
  expect(words).not.toMatch(/[\u202e\u200b]/);
  expect(words).toContain("Sees only api:a[right-to-left override]1");
  expect(words).toContain("Name from the application: u[right-to-left override]7");
  expect(words).toContain("End the session of Ann[zero-width space]e");
});
