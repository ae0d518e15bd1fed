/** The pages of operators without scripts: the list, adding with a link that is shown once, a new link, removing with a reason. */
import { beforeAll, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { type SignedInPerson, signedIn } from "../../api/testing/people.ts";
import { type Browse, browserOf, hostile } from "../testing/browse.ts";

let server: TestServer;
let olga: SignedInPerson;
let operator: Browse;
let member: Browse;

beforeAll(async () => {
  server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  olga = await signedIn(server, { email: "olga@daybook.example", name: "Olga Hart", operator: true });
  operator = browserOf(server, olga);
  member = browserOf(server, await signedIn(server, { email: "anne@acme.example", organization: "acme" }));
});

const linkIn = (html: string): string => /http:[^"<]*\/password#[\w]+/.exec(html)?.[0] ?? "";
const idOf = async (email: string): Promise<string> => {
  const { body } = await server.call("GET", "/v1/operators?limit=1000");
  return body.operators.find((each: { email: string }) => each.email === email)?.id ?? "";
};

test("only operators see them", async () => {
  for (const path of ["/operators", "/operators/add", `/operators/${olga.user.id}/remove`])
    expect((await member(path)).status).toBe(403);
  const { status, title, text, html } = await operator("/operators");
  expect([status, title]).toEqual([200, "Operators - Daybook"]);
  expect(text).toMatch(/Olga Hart You olga@daybook\.example/);
  expect(html).toContain('href="/operator-token"');
  // there is always one
  expect(html).not.toContain("/remove");
});

test("someone is added, and the link for a password is shown once; the list says that they can't sign in yet", async () => {
  const wrong = await operator("/operators/add", { email: "bob@", name: "" });
  expect([wrong.status, wrong.title]).toEqual([422, "Error: Add operator - Daybook"]);
  const added = await operator("/operators/add", { email: "bob@daybook.example", name: "" });
  expect([added.status, added.text]).toEqual([201, expect.stringContaining("the only time")]);
  expect(linkIn(added.html)).not.toBe("");
  const list = await operator("/operators");
  expect(list.text).toMatch(/bob bob@daybook\.example Can’t sign in yet/);
  const id = await idOf("bob@daybook.example");
  expect(list.html).toContain(`href="/operators/${id}/link"`);
  expect((await operator(`/operators/${id}/link`)).text).toContain("The links before it stop working.");
  const again = await operator(`/operators/${id}/link`, {});
  expect(again.status).toBe(201);
  expect([linkIn(again.html) === "", linkIn(again.html) === linkIn(added.html)]).toEqual([false, false]);
  expect((await operator("/operators")).html).not.toContain("/password#");
});

test("who chose a password is listed so, with or without a second factor, and needs no link", async () => {
  const { html } = await operator("/operators/add", { email: "carl@daybook.example", name: "Carl" });
  const code = linkIn(html).split("#")[1] ?? "";
  const chosen = { code, password: "a long enough pass phrase" };
  expect((await server.call("POST", "/v1/password", chosen)).status).toBe(200);
  const list = await operator("/operators");
  expect(list.text).toMatch(/Carl carl@daybook\.example Password Off/);
  const link = `/operators/${await idOf("carl@daybook.example")}/link`;
  expect(list.html).not.toContain(link);
  expect((await operator(link, {})).location).toBe("/operators");
  expect((await operator("/operators/add", { email: "carl@daybook.example", name: "" })).location).toBe(
    "/operators",
  );
});

test("one is removed after a confirmation, with a reason that the log has", async () => {
  const at = `/operators/${await idOf("bob@daybook.example")}`;
  expect((await operator(`${at}/remove`)).text).toContain(
    "sees only the organizations that they are a member of",
  );
  const done = await operator(`${at}/remove`, { reason: "Changed teams" });
  expect([done.status, done.location]).toEqual([303, "/operators"]);
  expect((await operator("/operators")).text).not.toContain("bob@daybook.example");
  for (const page of ["remove", "link"]) expect((await operator(`${at}/${page}`)).status).toBe(404);
  const { body } = await server.call("GET", "/v1/organizations/daybook/events?type=OPERATOR_REMOVED");
  expect(body.events[0].reason).toBe("Changed teams");
});

test.each(Object.entries(hostile))("a name of %s breaks nothing", async (what, name) => {
  const email = `${what.toLowerCase()}@daybook.example`;
  expect((await operator("/operators/add", { email, name: name.slice(0, 90) })).status).toBe(201);
  const { status, html } = await operator("/operators");
  expect(status).toBe(200);
  expect(html).not.toContain("<script>alert");
});
