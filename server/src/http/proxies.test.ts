/** A proxy that isn't counted is detected: at the start, and from requests; in the log and on a page; and not wrongly. */
import { expect, test } from "vitest";
import { openServer, type TestServer } from "../api/testing/open-server.ts";
import { callAs, signedIn } from "../api/testing/people.ts";

const warnings = (server: TestServer): { address: string }[] =>
  server
    .lines()
    .split("\n")
    .filter((line) => line.includes("uncounted-proxy"))
    .map((line) => JSON.parse(line));

const address = (server: TestServer): string[] => warnings(server).map((line) => line.address);
const ask = (server: TestServer, headers: Record<string, string>): Promise<unknown> =>
  server.call("GET", "/v1/sign-in-nowhere", undefined, headers);

test.each([
  ["https://daybook.example", 0, ["DAYBOOK_PUBLIC_URL"]],
  ["http://daybook.example:4400", 0, ["DAYBOOK_PUBLIC_URL"]],
  ["https://daybook.example", 1, []],
  ["http://127.0.0.1:4400", 0, []],
  ["http://localhost:4400", 0, []],
  ["http://[::1]:4400", 0, []],
  [undefined, 0, []],
])("at the start with %s and %i proxies the log warns of %j", async (publicUrl, trustedProxies, expected) => {
  expect(address(await openServer({ publicUrl, trustedProxies }))).toEqual(expected);
});

test("a request that came through a proxy is told once an hour, whatever it says of itself", async () => {
  const server = await openServer();
  await ask(server, {});
  expect(address(server)).toEqual([]);
  for (let i = 0; i < 5; i++) await ask(server, { "x-forwarded-for": "203.0.113.9" });
  await ask(server, { forwarded: "for=203.0.113.9" });
  expect(address(server)).toEqual(["X-Forwarded-For"]);
  expect(server.lines()).not.toContain("203.0.113.9");
  const other = await openServer();
  await ask(other, { forwarded: "for=203.0.113.9" });
  expect(address(other)).toEqual(["Forwarded"]);
  const counted = await openServer({ trustedProxies: 1 });
  await ask(counted, { "x-forwarded-for": "203.0.113.9" });
  expect(address(counted)).toEqual([]);
});

test("operators see it on the page of organizations, and nobody else", async () => {
  const server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  const operator = await signedIn(server, { email: "op@acme.example", operator: true });
  const owner = await signedIn(server, { email: "owner@acme.example", organization: "acme" });
  const says = async (who: { cookie: string }): Promise<boolean> =>
    (await callAs(server, who, "GET", "/orgs", undefined, { accept: "text/html" })).text.includes(
      "DAYBOOK_TRUSTED_PROXIES",
    );
  expect([await says(operator), await says(owner)]).toEqual([false, false]);
  await ask(server, { "x-forwarded-for": "203.0.113.9" });
  expect([await says(operator), await says(owner)]).toEqual([true, false]);
});
