/** Confirming one's identity: required for permanent acts over HTTP, from people but not from tokens; and the pages that ask. */
import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { totp } from "../../../test/support/totp.ts";
import { openServer, type TestServer } from "../api/testing/open-server.ts";
import { callAs } from "../api/testing/people.ts";

let server: TestServer;
let anne: { cookie: string };
const person = { name: "Anne Wilson", email: "anne@acme.example", password: "correct horse battery" };
const at = "/v1/organizations/acme";
const needed = { status: 403, body: { code: "reauthentication-needed" } };

async function sql(text: string): Promise<void> {
  const client = new pg.Client(server.databaseUrl);
  await client.connect();
  await client.query(text);
  await client.end();
}
/** Lets a quarter of an hour pass since the last confirmation. */
const growStale = (): Promise<void> =>
  sql("UPDATE session SET authenticated_at = authenticated_at - interval '15 minutes'");
const as = (...request: Parameters<TestServer["call"]>) => callAs(server, anne, ...request);
const show = (body: object) => as("POST", "/v1/account/reauthenticate", body);

const form = (path: string, fields: Record<string, string>) =>
  as("POST", path, new URLSearchParams(fields).toString(), {
    "content-type": "application/x-www-form-urlencoded",
    accept: "text/html",
  });
const look = (path: string) => as("GET", path, undefined, { accept: "text/html" });
const hidden = (html: string, name: string): string =>
  (new RegExp(`<input[^>]*name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1] ?? "")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");

let made = 0;
async function newClient(): Promise<string> {
  const expiresOn = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
  const body = { name: `Client ${made++}`, expiresOn, scopes: ["events:read"] };
  return (await server.call("POST", `${at}/api-clients`, body)).body.id;
}
const statusOf = async (id: string): Promise<string> =>
  (await server.call("GET", `${at}/api-clients/${id}`)).body.status;

/** Of the answer to the set-up. */
let cookies: string[];
beforeAll(async () => {
  server = await openServer();
  const code = (await server.services.signIn.offerSetUp())?.code;
  const { headers } = await server.call("POST", "/v1/set-up", { code, ...person }, { cookie: "" });
  cookies = headers.getSetCookie();
  anne = { cookie: cookies[0]!.split(";")[0]! };
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
});

test("an answer sets each of its cookies once", () => {
  const names = cookies.map((cookie) => cookie.split("=", 1)[0]);
  expect(names).toEqual(["daybook", "daybook-browser"]);
});

test("in the first quarter of an hour nothing is asked for; then what is permanent is, and nothing is done", async () => {
  const [first, second] = [await newClient(), await newClient()];
  expect((await as("POST", `${at}/api-clients/${first}/revoke`, {})).status).toBe(200);
  await growStale();
  const viewing = { organization: "acme", minutes: 5, viewer: { id: "u_1" } };
  for (const [method, path, body] of [
    ["POST", `${at}/api-clients/${second}/revoke`, {}],
    ["DELETE", `${at}/api-clients/${second}`],
    ["DELETE", `${at}/members/user_x`],
    ["PATCH", `${at}/members/user_x`, { role: "OWNER" }],
    ["POST", `${at}/invitations`, { email: "bob@acme.example", role: "OWNER" }],
    ["DELETE", `${at}/teams/team_x`],
    ["POST", `${at}/close`, {}],
    ["POST", "/v1/operators", { email: "bob@acme.example" }],
    ["DELETE", "/v1/operators/user_x"],
    ["POST", "/v1/operator-token/replace"],
    ["DELETE", "/v1/users/user_x/second-factor"],
    ["DELETE", "/v1/account/second-factor"],
    ["GET", "/v1/account/second-factor/offer"],
    ["POST", "/v1/viewer-sessions", { ...viewing, role: "OWNER" }],
  ] as const)
    expect(await as(method, path, body), `${method} ${path}`).toMatchObject(needed);
  expect(await statusOf(second)).toBe("active");
  // other acts continue
  expect(
    (await as("POST", `${at}/invitations`, { email: "bob@acme.example", role: "DESIGNER" })).status,
  ).toBe(201);
  expect((await as("POST", "/v1/viewer-sessions", { ...viewing, role: "AUDITOR" })).status).toBe(201);
  expect((await as("GET", "/v1/account")).status).toBe(200);
  // a host's token needs no confirmation
  expect((await server.call("POST", "/v1/viewer-sessions", { ...viewing, role: "OWNER" })).status).toBe(201);
  expect((await server.call("POST", `${at}/api-clients/${second}/revoke`, {})).status).toBe(200);
});

test("the password shows it, a wrong one doesn't, and only of that session", async () => {
  const other = await server.call(
    "POST",
    "/v1/sign-in",
    { email: person.email, password: person.password },
    { cookie: "" },
  );
  const cookie = other.headers.getSetCookie()[0]!.split(";")[0]!;
  await growStale();
  const id = await newClient();
  const revoke = () => as("POST", `${at}/api-clients/${id}/revoke`, {});
  expect(await show({ password: "wrong horse" })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: "/password" }] },
  });
  for (const body of [{}, { password: "x", code: "1" }, { code: "000000" }, { code: "" }])
    expect((await show(body)).status).toBe(422);
  expect(await revoke()).toMatchObject(needed);
  expect((await show({ password: person.password })).status).toBe(204);
  expect((await revoke()).status).toBe(200);
  expect(await callAs(server, { cookie }, "DELETE", `${at}/api-clients/${id}`)).toMatchObject(needed);
});

test("a code of the second factor shows it too, once", async () => {
  await show({ password: person.password });
  const { secret, offer } = (await as("GET", "/v1/account/second-factor/offer")).body;
  const added = await as("POST", "/v1/account/second-factor", { offer, code: totp(secret) });
  await growStale();
  // a recovery code is only for signing in, because no event would record its use here
  expect(await show({ code: added.body.recoveryCodes[0] })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: "/code" }] },
  });
  expect((await as("GET", "/v1/account/second-factor")).body.secondFactor.recoveryCodes).toBe(10);
  const code = totp(secret, 1);
  expect((await show({ code })).status).toBe(204);
  expect((await show({ code })).status).toBe(422);
  expect((await as("DELETE", "/v1/account/second-factor")).status).toBe(204);
});

test("a page that asks for it is come back to", async () => {
  await growStale();
  const id = await newClient();
  const page = `/orgs/acme/api-clients/${id}/revoke`;
  const sent = await look(page);
  expect([sent.status, sent.headers.get("location")]).toEqual([
    303,
    `/reauthenticate?next=${encodeURIComponent(page)}`,
  ]);
  const confirmed = await look(sent.headers.get("location")!);
  expect(confirmed.text).toContain("Confirm your identity");
  const wrong = await form("/reauthenticate", { password: "wrong", next: hidden(confirmed.text, "next") });
  expect([wrong.status, hidden(wrong.text, "next")]).toEqual([422, page]);
  const right = await form("/reauthenticate", { password: person.password, next: page });
  expect([right.status, right.headers.get("location")]).toEqual([303, page]);
  expect((await look(page)).status).toBe(200);
});

test("a form that asks for it is kept, goes on as it was sent, and says nothing in addresses", async () => {
  await growStale();
  const invite = { email: "owner+&=%@acme.example", role: "OWNER" };
  const path = "/orgs/acme/members/invite";
  const confirmed = await form(path, invite);
  expect(confirmed.status).toBe(200);
  expect(confirmed.text).toContain("Daybook keeps your entries.");
  const kept = { next: hidden(confirmed.text, "next"), sent: hidden(confirmed.text, "sent") };
  expect(kept.next).toBe(path);
  const wrong = await form("/reauthenticate", { ...kept, password: "wrong" });
  expect([wrong.status, hidden(wrong.text, "sent")]).toEqual([422, kept.sent]);
  const done = await form("/reauthenticate", { ...kept, password: person.password });
  expect(done.status).toBe(201);
  expect(done.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(done.text).toContain("/invitation#dbk_invitation_");
  const { invitations } = (await server.call("GET", `${at}/invitations`)).body;
  expect(invitations).toContainEqual(expect.objectContaining(invite));
});

test("a form without fields goes on too, with what it says on the next page", async () => {
  const id = await newClient();
  await growStale();
  const path = `/orgs/acme/api-clients/${id}/delete`;
  const confirmed = await form(path, {});
  const kept = { next: hidden(confirmed.text, "next"), sent: hidden(confirmed.text, "sent") };
  const done = await form("/reauthenticate", { ...kept, password: person.password });
  expect([done.status, done.headers.get("location")]).toEqual([303, "/orgs/acme/api-clients"]);
  expect(done.headers.getSetCookie().join()).toContain("daybook-said=");
  expect((await server.call("GET", `${at}/api-clients/${id}`)).status).toBe(404);
});

test("what goes on is a page of ours, and never this one", async () => {
  const password = person.password;
  for (const next of ["https://elsewhere.example/", "//elsewhere.example/", "/reauthenticate?next=/x", ""])
    expect((await form("/reauthenticate", { password, next })).headers.get("location")).toBe("/");
  // only pages are opened again: a read of the CSV would be recorded as a download
  for (const next of ["/v1/organizations/acme/audit-log.csv", "/%76%31/organizations/acme/audit-log.csv"])
    expect((await form("/reauthenticate", { password, next })).headers.get("location")).toBe("/");
  expect((await form("/reauthenticate", { password, next: "/v1/operators", sent: "email=x" })).status).toBe(
    405,
  );
});

test("ten wrong passwords are the most", async () => {
  const own = await openServer({ limits: { perCaller: 60_000, perAddress: 300, on: true } });
  const code = (await own.services.signIn.offerSetUp())?.code;
  const { headers } = await own.call("POST", "/v1/set-up", { code, ...person }, { cookie: "" });
  const cookie = headers.getSetCookie()[0]!.split(";")[0]!;
  const wrong = () => own.call("POST", "/v1/account/reauthenticate", { password: "wrong" }, { cookie });
  for (let i = 0; i < 10; i++) expect((await wrong()).status).toBe(422);
  expect((await wrong()).status).toBe(429);
});
