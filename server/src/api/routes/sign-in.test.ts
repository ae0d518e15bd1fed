/** Signing in and out over HTTP: cookies, refusals, and what strangers must not learn. */
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer, token } from "../testing/open-server.ts";
import { callAs, signedIn } from "../testing/people.ts";

let server: TestServer;
const anne = { name: "Anne Wilson", email: "anne@acme.example", password: "correct horse battery" };

/** One anonymous request. */
const call = (
  ...[method, path, body, headers]: Parameters<TestServer["call"]>
): ReturnType<TestServer["call"]> => server.call(method, path, body, { cookie: "", ...headers });
const cookieOf = (answer: { headers: Headers }): string =>
  (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";

beforeAll(async () => {
  server = await openServer({ limits: { perCaller: 1000, perAddress: 1000, on: true } });
  const code = (await server.services.signIn.offerSetUp())?.code;
  const answer = await call("POST", "/v1/set-up", { ...anne, code });
  expect(answer.status, answer.text).toBe(201);
  expect(answer.body).toEqual({
    user: { id: expect.stringMatching(/^user_[a-z2-7]{26}$/), name: anne.name, email: anne.email },
    expiresAt: expect.stringMatching(/^20/),
  });
  expect(cookieOf(answer)).toMatch(/^daybook=dbk_session_/);
});

test("the session is in a cookie that no script reads and no other site sends, and nowhere else", async () => {
  const answer = await call("POST", "/v1/sign-in", { email: anne.email, password: anne.password });
  expect(answer.status).toBe(200);
  const set = answer.headers.get("set-cookie") ?? "";
  expect(set).toMatch(/^daybook=dbk_session_\w{49}; /);
  expect(set).toContain("HttpOnly");
  expect(set).toContain("SameSite=Lax");
  expect(answer.text).not.toContain("dbk_session_");
  expect((await callAs(server, { cookie: cookieOf(answer) }, "GET", "/v1/account")).body).toMatchObject({
    name: anne.name,
    email: anne.email,
    isOperator: true,
    hasPassword: true,
    organizations: [],
    session: { method: "PASSWORD" },
  });
  expect(server.lines()).not.toContain("dbk_session_");
});

test("the refusal says the same whatever was wrong", async () => {
  await signedIn(server, { email: "bob@acme.example" });
  const wrong = [
    { email: anne.email, password: "wrong horse battery" },
    { email: "nobody@acme.example", password: anne.password },
    { email: "bob@acme.example", password: anne.password },
    { email: "no address", password: anne.password },
    { email: "", password: "" },
  ];
  const answers = await Promise.all(wrong.map((each) => call("POST", "/v1/sign-in", each)));
  for (const answer of answers) {
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual(answers[0]!.body);
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect([...answer.headers.keys()].sort()).toEqual([...answers[0]!.headers.keys()].sort());
  }
  expect(answers[0]!.body.code).toBe("sign-in-refused");
});

test.each([
  [{}, "/email"],
  [{ email: 7, password: "x" }, "/email"],
  [{ email: "a@b", password: ["x"] }, "/password"],
  [{ email: "a@b", password: "x", remember: true }, "/remember"],
  [{ email: "x".repeat(3000), password: "x" }, "/email"],
])("the body %j is refused", async (body, pointer) => {
  const answer = await call("POST", "/v1/sign-in", body);
  expect(answer.status).toBe(422);
  expect(answer.body.errors[0].pointer).toBe(pointer);
});

test("too many failures end in 429 with Retry-After, for addresses that nobody has too", async () => {
  const unknown = { email: "eve@acme.example", password: "wrong horse battery" };
  for (let i = 0; i < 10; i++) expect((await call("POST", "/v1/sign-in", unknown)).status).toBe(401);
  const answer = await call("POST", "/v1/sign-in", { ...unknown, email: " EVE@acme.example" });
  expect(answer.status).toBe(429);
  expect(answer.body.code).toBe("too-many-requests");
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(800);
  expect((await call("POST", "/v1/sign-in", { email: anne.email, password: anne.password })).status).toBe(
    200,
  );
});

describe("a session that has ended is refused on the next request:", () => {
  const enter = async (): Promise<string> =>
    cookieOf(await call("POST", "/v1/sign-in", { email: anne.email, password: anne.password }));
  const status = async (of: string): Promise<number> =>
    (await callAs(server, { cookie: of }, "GET", "/v1/account")).status;

  test("by signing out, which takes the cookie back", async () => {
    const own = await enter();
    const answer = await callAs(server, { cookie: own }, "POST", "/v1/sign-out");
    expect(answer.status).toBe(204);
    expect(answer.headers.get("set-cookie")).toMatch(/^daybook=; .*Expires=Thu, 01 Jan 1970/);
    expect(await status(own)).toBe(401);
    // repeating it, or doing it anonymously, is not an error
    expect((await callAs(server, { cookie: own }, "POST", "/v1/sign-out")).status).toBe(204);
    expect((await call("POST", "/v1/sign-out")).status).toBe(204);
  });

  test("by another session of the same person", async () => {
    const [own, other] = [await enter(), await enter()];
    const { sessions } = (await callAs(server, { cookie: own }, "GET", "/v1/account/sessions")).body;
    expect(sessions.filter((each: { isThisOne: boolean }) => each.isThisOne)).toHaveLength(1);
    const { session } = (await callAs(server, { cookie: other }, "GET", "/v1/account")).body;
    const path = `/v1/account/sessions/${session.id}`;
    // nobody else's
    const bob = await signedIn(server, { email: "bob@acme.example" });
    expect((await callAs(server, bob, "DELETE", path)).body.code).toBe("session-not-found");
    expect((await callAs(server, { cookie: own }, "DELETE", path)).status).toBe(204);
    expect(await status(other)).toBe(401);
    expect(await status(own)).toBe(200);
    expect((await callAs(server, { cookie: own }, "DELETE", path)).body.code).toBe("session-not-found");
    const odd = await callAs(server, { cookie: own }, "DELETE", "/v1/account/sessions/%00");
    expect(odd.body.code).toBe("session-not-found");
  });

  test("by a new password, all but the one that chose it; and by signing out everywhere", async () => {
    const [own, other] = [await enter(), await enter()];
    const change = (current: string, password: string): ReturnType<TestServer["call"]> =>
      callAs(server, { cookie: own }, "POST", "/v1/account/password", { current, password });
    const refused = await change("wrong horse battery", "another horse battery");
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual([
      { pointer: "/current", detail: "The current password is incorrect." },
    ]);
    const { password } = anne;
    expect((await change(password, "short")).body.errors[0].pointer).toBe("/password");
    expect((await change(password, "another horse battery")).status).toBe(204);
    expect([await status(own), await status(other)]).toEqual([200, 401]);
    expect((await change("another horse battery", password)).status).toBe(204);
    const everywhere = await callAs(server, { cookie: own }, "POST", "/v1/account/sign-out-everywhere");
    expect(everywhere.body).toEqual({ sessions: 1 });
    expect(await status(own)).toBe(401);
  });
});

test("one's name can be changed", async () => {
  const own = {
    cookie: cookieOf(await call("POST", "/v1/sign-in", { email: anne.email, password: anne.password })),
  };
  const answer = await callAs(server, own, "PATCH", "/v1/account", { name: " Anne W. " });
  expect(answer.body).toMatchObject({ name: "Anne W.", email: anne.email });
  expect((await callAs(server, own, "PATCH", "/v1/account", { name: "\u0007" })).status).toBe(422);
  expect((await callAs(server, own, "PATCH", "/v1/account", { email: "eve@acme.example" })).status).toBe(422);
});

test("a cookie and a token together: the token counts, and a wrong one isn't made up for by the cookie", async () => {
  const own = await signedIn(server, { email: "carol@acme.example" });
  const asOperator = await callAs(server, own, "GET", "/v1/operators", undefined, {
    authorization: `Bearer ${token}`,
  });
  expect(asOperator.status).toBe(200);
  for (const authorization of ["Bearer wrong", "Basic x", ""]) {
    const answer = await callAs(server, own, "GET", "/v1/account", undefined, { authorization });
    expect(answer.status, authorization).toBe(401);
  }
  const asBearer = { authorization: `Bearer ${own.cookie.replace("daybook=", "")}` };
  expect((await call("GET", "/v1/account", undefined, asBearer)).status).toBe(401);
});

test("a form of another site signs nobody in and changes nothing", async () => {
  const own = await signedIn(server, { email: "carol@acme.example" });
  const from = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
  const body = { email: anne.email, password: anne.password };
  expect((await call("POST", "/v1/sign-in", body, from)).body.code).toBe("cross-site");
  expect((await callAs(server, own, "POST", "/v1/sign-out", undefined, from)).body.code).toBe("cross-site");
  // as of https://a:b@daybook.example: a browser may make that a header
  const named = { ...from, authorization: `Basic ${Buffer.from("a:b").toString("base64")}` };
  expect((await call("POST", "/v1/sign-in", body, named)).body.code).toBe("cross-site");
  expect((await callAs(server, own, "GET", "/v1/account")).status).toBe(200);
});

test("a session's cookie that is cut short, changed or made up lets nobody in", async () => {
  const { cookie: own } = await signedIn(server, { email: "carol@acme.example" });
  const flipped = own.slice(0, -1) + (own.endsWith("0") ? "1" : "0");
  for (const wrong of [own.slice(0, -1), flipped, `${own}0`, "daybook=x", "daybook=", "daybook=%00"]) {
    expect((await callAs(server, { cookie: wrong }, "GET", "/v1/account")).status, wrong).toBe(401);
  }
});

test("the operator's token has no account", async () => {
  expect((await server.call("GET", "/v1/account")).body.code).toBe("not-allowed");
});

test("where passwords are off, their routes say so", async () => {
  const openid = { issuer: "http://127.0.0.1:1", clientId: "daybook", clientSecret: "secret", signOut: true };
  const other = await openServer({ passwords: false, openid, publicUrl: "http://127.0.0.1:4400" });
  const tries: [string, object][] = [
    ["/v1/sign-in", { email: "a@b", password: "x" }],
    ["/v1/set-up", { ...anne, code: "x" }],
    ["/v1/password", { code: "x", password: "y" }],
  ];
  for (const [path, body] of tries) {
    const answer = await other.call("POST", path, body, { cookie: "" });
    expect(answer.body).toMatchObject({ code: "not-allowed", remedy: "Sign in with the identity provider." });
  }
});
