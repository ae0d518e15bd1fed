/** The pages of the operator token: for operators, with a confirmation, shown once. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { afterwards } from "../../../../test/support/afterwards.ts";
import { freshDatabase } from "../../../../test/support/database.ts";
import { configOf, openServer, serveConfig, type TestServer } from "../../api/testing/open-server.ts";
import { callAs, type SignedInPerson, signedIn } from "../../api/testing/people.ts";

let server: TestServer;
let olga: SignedInPerson;
let old: { authorization: string };
const path = "/operator-token";
const accept = { accept: "text/html" };
const form = { ...accept, "content-type": "application/x-www-form-urlencoded" };

beforeAll(async () => {
  const config = configOf(await freshDatabase("embedded"), { operatorToken: undefined });
  server = await serveConfig(config);
  old = { authorization: `Bearer ${readFileSync(join(config.dataFolder, "operator-token"), "utf8").trim()}` };
  afterwards(() => server.close());
  olga = await signedIn(server, { email: "olga@acme.example", operator: true });
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" }, old);
});

test("an operator finds it in the menu, confirms, and sees the new token once; the old one stops at once", async () => {
  expect((await callAs(server, olga, "GET", "/operators", undefined, accept)).text).toContain(
    `href="${path}"`,
  );
  expect((await callAs(server, olga, "GET", path, undefined, accept)).text).toContain(
    `href="${path}/replace"`,
  );
  const page = await callAs(server, olga, "GET", `${path}/replace`, undefined, accept);
  expect(page.text).toContain("stops working immediately");
  expect((await server.call("GET", "/v1/organizations", undefined, old)).status).toBe(200);
  const { status, text, headers } = await callAs(server, olga, "POST", `${path}/replace`, "", form);
  const token = /dbk_operator_\w+/.exec(text)?.[0];
  expect([status, headers.get("cache-control")]).toEqual([200, expect.stringContaining("no-store")]);
  expect((await server.call("GET", "/v1/organizations", undefined, old)).status).toBe(401);
  const bearer = { authorization: `Bearer ${token}` };
  expect((await server.call("GET", "/v1/organizations", undefined, bearer)).status).toBe(200);
  expect((await callAs(server, olga, "GET", path, undefined, accept)).text).not.toContain(token);
});

test("a member finds neither the link nor the pages", async () => {
  const anne = await signedIn(server, { email: "anne@acme.example", organization: "acme" });
  expect((await callAs(server, anne, "GET", "/orgs", undefined, accept)).text).not.toContain(path);
  expect((await callAs(server, anne, "GET", path, undefined, accept)).status).toBe(403);
  expect((await callAs(server, anne, "POST", `${path}/replace`, "", form)).status).toBe(403);
});

test("where the configuration sets it, the page says what to do, and its form is refused", async () => {
  const other = await openServer();
  const otto = await signedIn(other, { email: "otto@acme.example", operator: true });
  const { text } = await callAs(other, otto, "GET", path, undefined, accept);
  expect(text).toContain("DAYBOOK_OPERATOR_TOKEN");
  expect(text).not.toContain(`${path}/replace`);
  expect((await callAs(other, otto, "GET", `${path}/replace`, undefined, accept)).status).toBe(303);
  const { status, text: refused } = await callAs(other, otto, "POST", `${path}/replace`, "", form);
  expect([status, refused]).toEqual([409, expect.stringContaining("restart")]);
});
