/** The page of organizations without scripts: what each reader sees, and how operators add one. */
import { beforeAll, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { signedIn } from "../../api/testing/people.ts";
import { type Browse, browserOf, hostile, turnedRound } from "../testing/browse.ts";

let server: TestServer;
let operator: Browse;
let member: Browse;
let stranger: Browse;

beforeAll(async () => {
  server = await openServer();
  for (const slug of ["acme", "globex", "initech"])
    await server.call("POST", "/v1/organizations", { slug, name: `The ${slug} works` });
  await signedIn(server, { email: "dora@acme.example", organization: "acme", role: "DESIGNER" });
  const dora = await signedIn(server, { email: "dora@acme.example", organization: "globex" });
  await server.call("POST", "/v1/organizations/globex/close");
  member = browserOf(server, dora);
  operator = browserOf(server, await signedIn(server, { email: "op@daybook.example", operator: true }));
  stranger = browserOf(server, await signedIn(server, { email: "zoe@elsewhere.example" }));
});

test("a member sees those that they are in, with their role; a closed one says so", async () => {
  const { status, title, text, html } = await member("/orgs");
  expect([status, title]).toEqual([200, "Organizations - Daybook"]);
  expect(text).toMatch(/The acme works acme Designer 1 .* The globex works Closed globex Owner 2 1 member/);
  expect(html).toContain('href="/orgs/acme/activity"');
  expect(text).not.toContain("initech");
  expect(html).not.toContain("/orgs/add");
  expect((await member("/orgs/add")).status).toBe(403);
  expect((await member("/orgs/add", { name: "Mine", slug: "mine" })).status).toBe(403);
});

test("who is in none is told so, also on the first page, and whom to ask", async () => {
  expect((await stranger("/")).location).toBe("/orgs");
  const { text } = await stranger("/orgs");
  expect(text).toContain("There are no organizations that you can see.");
  expect(text).toContain("Ask an owner for an invitation.");
});

test("an operator who is in none begins with the log of all; while there are none, where the first is added", async () => {
  expect((await operator("/")).location).toBe("/activity");
  const empty = await openServer();
  const first = browserOf(empty, await signedIn(empty, { email: "op@daybook.example", operator: true }));
  expect((await first("/")).location).toBe("/orgs");
  const { text, html } = await first("/orgs");
  expect(text).toContain("Add the first organization, then invite its first owner.");
  expect(html).toContain('href="/orgs/add"');
  await empty.close();
});

test("everybody who signed in finds it in the menu of the header", async () => {
  for (const browse of [operator, member, stranger])
    expect((await browse("/account")).html).toContain('<a href="/orgs">All organizations</a>');
});

test("an operator sees all, page by page", async () => {
  for (let at = 0; at < 50; at++)
    await server.call("POST", "/v1/organizations", { slug: `many-${at}`, name: `Many ${at}` });
  const first = await operator("/orgs");
  expect(first.text).toContain("The initech works");
  const next = /href="(\/orgs\?after=[^"]*)"/.exec(first.html)?.[1] ?? "";
  const second = await operator(next);
  const [header = "", main = ""] = second.html.split("<main");
  expect(main).toContain("Many 9");
  expect(main).not.toContain("The initech works");
  // in the header are the first ones, on every page
  expect(header).toContain("The initech works");
  expect(header).not.toContain("Many 9");
});

test("a search finds organizations by name or slug, for operators and for members, page by page", async () => {
  const rows = ({ html }: { html: string }): string[] =>
    [...html.matchAll(/<div class="db-quiet db-small">([^<]*)<\/div>/g)].map(([, slug = ""]) => slug);
  expect(rows(await operator("/orgs?q=ACME%20works"))).toEqual(["acme"]);
  expect(rows(await operator("/orgs?q=initech"))).toEqual(["initech"]);
  expect(rows(await member("/orgs?q=glob"))).toEqual(["globex"]);
  expect((await member("/orgs?q=initech")).text).toContain("No organizations match this search.");
  for (let at = 0; at < 51; at++)
    await server.call("POST", "/v1/organizations", { slug: `quay-${at + 100}`, name: `Quay ${at}` });
  const first = await operator("/orgs?q=quay");
  expect(rows(first)).toHaveLength(50);
  const next =
    /href="(\/orgs\?q=quay&amp;after=[^"]*)"/.exec(first.html)?.[1]?.replaceAll("&amp;", "&") ?? "";
  expect(rows(await operator(next))).toEqual(["quay-150"]);
});

test("the pages of the service are in the header for who may see several, where no organization is", async () => {
  const pagesIn = (html: string): string[] =>
    [...(/<ul class="db-nav">.*?<\/ul>/s.exec(html)?.[0] ?? "").matchAll(/href="([^"]*)"/g)].map(
      ([, href = ""]) => href,
    );
  expect(pagesIn((await operator("/orgs")).html)).toEqual([
    "/activity",
    "/orgs",
    "/operators",
    "/event-types",
  ]);
  expect(pagesIn((await member("/account")).html)).toEqual(["/orgs", "/event-types"]);
  expect(pagesIn((await operator("/orgs/acme/activity")).html)[0]).toBe("/orgs/acme/activity");
  expect((await member("/account")).html).not.toContain("initech");
});

test("an operator adds one, is told what is wrong at its field, and comes to where its first owner is invited", async () => {
  const wrong = await operator("/orgs/add", { name: "", slug: "Not One" });
  expect([wrong.status, wrong.title]).toEqual([422, "Error: Add organization - Daybook"]);
  expect(wrong.html).toContain('value="Not One"');
  expect(wrong.text).toContain("Enter an organization name.");
  expect(wrong.text).toContain("Slug must be 2 to 39 lower-case letters, digits and hyphens");
  const taken = await operator("/orgs/add", { name: "Hooli", slug: "acme" });
  expect(taken.status).toBe(409);
  expect(taken.text).toContain("Another organization has the slug 'acme'.");
  expect(taken.html).toContain('value="Hooli"');
  const { status, location } = await operator("/orgs/add", { name: "Hooli", slug: "hooli" });
  expect([status, location]).toEqual([303, "/orgs/hooli/members"]);
  expect((await operator(location)).text).toContain("Invite the first owner");
  const { body } = await server.call("GET", "/v1/events?type=ORGANIZATION_ADDED&limit=1");
  expect(body.events[0].data.slug).toBe("hooli");
});

test.each(Object.entries(hostile))("a name of %s breaks nothing", async (what, name) => {
  const slug = `hostile-${what.toLowerCase()}`;
  expect((await operator("/orgs/add", { name, slug })).status).toBe(303);
  const { status, html, text, title } = await operator(`/orgs?after=${slug.slice(0, -1)}`);
  expect(status).toBe(200);
  expect(text).toContain(name);
  expect(html).not.toContain("<script>alert");
  expect(turnedRound(html)).toEqual([]);
  expect(title).not.toContain(name.slice(0, 8));
  const again = await operator("/orgs/add", { name, slug: name });
  expect([again.status, again.html.includes("<script>alert")]).toEqual([422, false]);
});
