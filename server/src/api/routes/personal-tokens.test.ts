/** Personal tokens over HTTP: made in a session, used as a bearer, with the holder's present permissions. */
import { PassThrough, Readable } from "node:stream";
import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { main } from "../../../../library/src/cli/index.ts";
import { openServer, type TestServer } from "../testing/open-server.ts";
import { callAs, signedIn } from "../testing/people.ts";

let server: TestServer;
const at = "/v1/organizations/acme";
const route = "/v1/account/tokens";
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const wanted = { name: "Nightly export", expiresOn: inDays(30) };

async function sql(text: string, values: unknown[] = []): Promise<pg.QueryResult> {
  const client = new pg.Client(server.databaseUrl);
  await client.connect();
  const result = await client.query(text, values);
  await client.end();
  return result;
}

type SignedInUser = Awaited<ReturnType<typeof signedIn>>;
let made = 0;
const member = (role?: "OWNER" | "AUDITOR" | "CONSUMER", operator = false): Promise<SignedInUser> =>
  signedIn(server, {
    email: `person-${made++}@acme.example`,
    operator,
    ...(role && { organization: "acme", role }),
  });
const tokenOf = async (who: SignedInUser): Promise<{ id: string; token: string; tokenPrefix: string }> =>
  (await callAs(server, who, "POST", route, wanted)).body;
/** One request with the token. */
const by = (token: string, ...[method, path, body, headers]: Parameters<TestServer["call"]>) =>
  server.call(method, path, body, { authorization: `Bearer ${token}`, ...headers });

beforeAll(async () => {
  server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  await server.call("POST", "/v1/organizations", { slug: "globex", name: "Globex" });
});

test("one is made in a session, shown once, and listed by cookie and by itself", async () => {
  const anne = await member("OWNER");
  const { status, body } = await callAs(server, anne, "POST", route, wanted);
  expect(status).toBe(201);
  const { token, ...shown } = body;
  expect(shown).toEqual({
    id: expect.stringMatching(/^token_/),
    ...wanted,
    tokenPrefix: token.slice(0, 14),
    createdAt: expect.any(String),
    lastUsedOn: null,
  });
  expect((await callAs(server, anne, "GET", route)).body).toEqual({ tokens: [shown] });
  await server.services.signIn.tokens.noteUsed();
  const { body: listed, text } = await by(token, "GET", route);
  expect(listed.tokens).toMatchObject([{ id: shown.id }]);
  expect(text).not.toContain(token);
  await server.services.signIn.tokens.noteUsed();
  expect((await callAs(server, anne, "GET", route)).body.tokens[0].lastUsedOn).toBe(inDays(0));
  expect((await by(token, "GET", "/v1/account")).body).toMatchObject({ id: anne.user.id, session: null });
});

test("no token makes a token: an API client is added and rotated by who is signed in, or by the operator token", async () => {
  const client = { name: "Job", expiresOn: inDays(30), scopes: ["events:read"] };
  const { body } = await server.call("POST", `${at}/api-clients`, client);
  for (const who of [await member("OWNER"), await member(undefined, true)]) {
    const { token } = await tokenOf(who);
    for (const [path, sent] of [
      [`${at}/api-clients`, { ...client, name: "Job 2" }],
      [`${at}/api-clients/${body.id}/rotate`, {}],
    ] as const)
      expect(await by(token, "POST", path, sent), path).toMatchObject({
        status: 403,
        body: { code: "not-allowed", detail: "Personal tokens may not do this (api-clients:change)." },
      });
    expect((await by(token, "GET", `${at}/api-clients`)).body.apiClients).toHaveLength(1);
  }
});

test("the token stands nowhere in the database, whatever key is sent along", async () => {
  const anne = await member();
  const headers = { "idempotency-key": "once" };
  const { token } = (await callAs(server, anne, "POST", route, wanted, headers)).body;
  const again = await callAs(server, anne, "POST", route, wanted, headers);
  expect(again.body.token).not.toBe(token);
  const { rows } = await sql(
    "SELECT i::text AS row FROM idempotency i UNION ALL SELECT p::text FROM personal_token p",
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain(token.slice(14));
});

test("it works as a bearer, and never as a cookie; a session's token never as a bearer", async () => {
  const anne = await member("OWNER");
  const { token } = await tokenOf(anne);
  expect((await by(token, "GET", `${at}/events`)).status).toBe(200);
  const asCookie = { cookie: `daybook=${token}` };
  expect(
    (await server.call("GET", `${at}/events`, undefined, { authorization: "", ...asCookie })).status,
  ).toBe(401);
  const session = anne.cookie.slice("daybook=".length);
  expect((await by(session, "GET", `${at}/events`)).status).toBe(401);
});

test("a page of another site may send it, for no browser adds it", async () => {
  const { token } = await tokenOf(await member("OWNER"));
  const headers = { origin: "https://other.example", "sec-fetch-site": "cross-site" };
  const body = { description: "From a script" };
  expect((await by(token, "PATCH", `${at}/settings`, body, headers)).status).toBe(200);
});

test("what it does is told as its holder's", async () => {
  const anne = await member("OWNER");
  const { token } = await tokenOf(anne);
  const { body: team } = await by(token, "POST", `${at}/teams`, { name: `Team ${made++}` });
  const { events } = (await by(token, "GET", `${at}/events?type=NEW_TEAM&target=team:${team.id}`)).body;
  expect(events[0].actor).toMatchObject({ type: "user", id: anne.user.id });
});

test("a role that was taken, a membership that ended, count on the next request", async () => {
  const anne = await member("OWNER");
  const { token } = await tokenOf(anne);
  expect((await by(token, "GET", `${at}/members`)).status).toBe(200);
  await server.call("PATCH", `${at}/members/${anne.user.id}`, { role: "CONSUMER" });
  expect(await by(token, "GET", `${at}/members`)).toMatchObject({ status: 403 });
  expect(await by(token, "GET", "/v1/organizations/globex/events")).toMatchObject({ status: 404 });
  await server.call("DELETE", `${at}/members/${anne.user.id}`);
  expect(await by(token, "GET", `${at}/events`)).toMatchObject({ status: 404 });
});

test.each<[string, string, unknown]>([
  ["PATCH", "/v1/account", { name: "Mallory" }],
  ["POST", "/v1/account/password", { current: "x", password: "y" }],
  ["POST", "/v1/account/reauthenticate", { password: "x" }],
  ["POST", "/v1/account/sign-out-everywhere", undefined],
  ["POST", route, wanted],
  ["DELETE", `${route}/token_x`, undefined],
  ["GET", "/v1/account/second-factor/offer", undefined],
  ["POST", "/v1/account/second-factor", { offer: "x", code: "1" }],
  ["DELETE", "/v1/account/second-factor", undefined],
  ["POST", "/v1/operators", { email: "mallory@acme.example" }],
  ["POST", "/v1/organizations/globex/close", {}],
  ["DELETE", `${at}/members/user_x`, undefined],
  ["POST", "/v1/viewer-sessions", { organization: "acme", role: "AUDITOR", viewer: { id: "u_1" } }],
])("%s %s asks for a session, of an operator's token too", async (method, path, body) => {
  const { token } = await tokenOf(await member(undefined, true));
  const answer = await by(token, method, path, body);
  expect(answer).toMatchObject({
    status: 403,
    body: { code: "not-allowed", remedy: "Sign in, and do this in your session." },
  });
  expect(answer.body.detail).toMatch(/^Personal tokens may not do this \([a-z:-]+\)\.$/);
});

test("signing out by it ends nothing", async () => {
  const { token } = await tokenOf(await member("OWNER"));
  expect((await by(token, "POST", "/v1/sign-out")).status).toBe(204);
  expect((await by(token, "GET", "/v1/account")).status).toBe(200);
});

test("making one asks who it is, once that was long ago", async () => {
  const anne = await member();
  await sql(
    "UPDATE session SET authenticated_at = authenticated_at - interval '15 minutes' WHERE user_id = $1",
    [anne.user.userId],
  );
  expect(await callAs(server, anne, "POST", route, wanted)).toMatchObject({
    status: 403,
    body: { code: "reauthentication-needed" },
  });
  expect((await callAs(server, anne, "GET", route)).body).toEqual({ tokens: [] });
});

test("it ends by its holder, by its day, and with nothing that others have", async () => {
  const [anne, bob] = [await member("OWNER"), await member("OWNER")];
  const [one, two, bobs] = [await tokenOf(anne), await tokenOf(anne), await tokenOf(bob)];
  const remove = (who: SignedInUser, id: string) => callAs(server, who, "DELETE", `${route}/${id}`);
  expect(await remove(bob, one.id)).toMatchObject({
    status: 404,
    body: { code: "personal-token-not-found" },
  });
  expect((await remove(anne, one.id)).status).toBe(204);
  expect((await remove(anne, one.id)).status).toBe(404);
  expect((await by(one.token, "GET", "/v1/account")).status).toBe(401);
  await sql("UPDATE personal_token SET expires_at = now() WHERE id = $1", [two.id]);
  expect((await by(two.token, "GET", "/v1/account")).status).toBe(401);
  expect((await by(bobs.token, "GET", "/v1/account")).status).toBe(200);
  await callAs(server, bob, "POST", "/v1/account/sign-out-everywhere");
  expect((await by(bobs.token, "GET", "/v1/account")).status).toBe(401);
});

test("the command line takes one in DAYBOOK_TOKEN: an owner's reads, and records nothing; an operator's does", async () => {
  const run = async (
    token: string,
    args: readonly string[],
    stdin = "",
  ): Promise<{ code: number; text: string }> => {
    const out = new PassThrough();
    let text = "";
    out.on("data", (piece) => (text += piece));
    const env = { DAYBOOK_URL: server.url, DAYBOOK_ORG: "acme", DAYBOOK_TOKEN: token };
    const streams = { stdin: Readable.from([Buffer.from(stdin)]), stdout: out, stderr: out };
    const code = await main(args, { ...streams, env, signal: new AbortController().signal });
    return { code, text };
  };
  const [owner, operator] = [
    await tokenOf(await member("OWNER")),
    await tokenOf(await member(undefined, true)),
  ];
  const event = JSON.stringify({
    type: "NEW_TEAM",
    actor: { type: "user", id: "u_1" },
    targets: [{ type: "team", id: "t_9", name: "By hand" }],
    data: { teamId: "t_9", team: "By hand" },
  });
  const denied = await run(owner.token, ["record"], event);
  expect(denied.code).not.toBe(0);
  expect(denied.text).toContain("Only operators may do this (events:write).");
  expect(await run(operator.token, ["record"], event)).toMatchObject({ code: 0 });
  const found = await run(owner.token, ["search", "--target", "team:t_9"]);
  expect(found).toMatchObject({ code: 0, text: expect.stringContaining("By hand") });
});
