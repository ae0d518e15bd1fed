/** Signing in through a real identity provider, in a separate process on loopback. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openServer, type TestServer } from "../server/src/api/testing/open-server.ts";
import { callAs, signedIn } from "../server/src/api/testing/people.ts";
import { anywhere } from "../server/src/store/testing/anywhere.ts";
import { Browser, type Page } from "./support/browser.ts";
import { freePort } from "./support/server-process.ts";

const people = {
  anne: { email: "anne@acme.example", email_verified: true, name: "Anne Wilson" },
  bob: { email: "bob@acme.example", email_verified: true, name: "Bob Marsh" },
  "other-bob": { email: "Bob@acme.example", email_verified: true, name: "Another Bob" },
  eve: { email: "anne@acme.example", email_verified: false, name: "Eve" },
  mallory: { name: "Mallory" },
};
const clientSecret = "secret-of-the-tests-0123456789abcdef";

let server: TestServer;
/** A server with passwords too, and without an account. */
let fresh: TestServer;
let provider: ChildProcess;
let issuer: string;
let openid: { issuer: string; clientId: string; clientSecret: string; signOut: boolean };

beforeAll(async () => {
  const [port, other, providerPort] = [await freePort(), await freePort(), await freePort()];
  const urlOf = (at: number): string => `http://127.0.0.1:${at}`;
  const redirect_uris = [port, other].map((at) => `${urlOf(at)}/v1/sign-in/openid/callback`);
  const post_logout_redirect_uris = [port, other].map((at) => `${urlOf(at)}/signed-out`);
  const clients = [
    { client_id: "daybook", client_secret: clientSecret, redirect_uris, post_logout_redirect_uris },
  ];
  const path = fileURLToPath(new URL("support/openid-provider.ts", import.meta.url));
  const env = {
    ...process.env,
    PORT: String(providerPort),
    PEOPLE: JSON.stringify(people),
    CLIENTS: JSON.stringify(clients),
  };
  provider = spawn(process.execPath, ["--import", "tsx", path], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  issuer = String((await once(provider.stdout!, "data"))[0]).trim();
  openid = { issuer, clientId: "daybook", clientSecret, signOut: true };
  server = await openServer({ port, publicUrl: urlOf(port), openid, passwords: false });
  fresh = await openServer({ port: other, publicUrl: urlOf(other), openid });
});
afterAll(() => {
  provider?.kill();
});

const begin = (browser: Browser, at = server): Promise<Page> => browser.ask(`${at.url}/v1/sign-in/openid`);
const isCallback = (url: string): boolean => url.includes("/v1/sign-in/openid/callback?");

/** Goes to the provider as a person, through its own forms; returns the address of its redirect. */
async function throughProvider(browser: Browser, login: string, at = server): Promise<string> {
  let { page, next } = await browser.follow(await begin(browser, at), isCallback);
  for (let i = 0; next === undefined && i < 5; i++) {
    const action = /action="([^"]+)"/.exec(page.text)?.[1];
    const prompt = /name="prompt" value="(\w+)"/.exec(page.text)?.[1];
    if (action === undefined || prompt === undefined) throw new Error(`No form: ${page.status} ${page.text}`);
    const form = prompt === "login" ? { prompt, login, password: "any" } : { prompt };
    ({ page, next } = await browser.follow(await browser.ask(action, form), isCallback));
  }
  if (next === undefined) throw new Error(`The provider did not send ${login} back: ${page.text}`);
  return next;
}

async function enter(login: string, at = server): Promise<{ browser: Browser; page: Page }> {
  const browser = new Browser();
  return { browser, page: await browser.ask(await throughProvider(browser, login, at)) };
}

const account = async (browser: Browser): Promise<Awaited<ReturnType<typeof callAs>>> =>
  callAs(server, { cookie: browser.cookiesFor(`${server.url}/v1/account`) }, "GET", "/v1/account");
const problem = (page: Page): { code?: string; detail?: string } =>
  JSON.parse(page.text) as { code?: string; detail?: string };

const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as { code: string }).code;

test("whoever the provider vouches for gets an account, is sent to the first page, and stays the same person", async () => {
  const { browser, page } = await enter("anne");
  expect([page.status, page.headers.get("location")]).toEqual([303, `${server.url}/`]);
  const first = await account(browser);
  expect(first.body).toMatchObject({
    name: "Anne Wilson",
    email: "anne@acme.example",
    isOperator: false,
    hasPassword: false,
    organizations: [],
    session: { method: "OPENID" },
  });
  // the cookie for the way back is gone
  expect(browser.cookiesFor(`${server.url}/v1/sign-in/openid/callback`)).not.toContain("daybook-openid");
  const again = await enter("anne");
  expect((await account(again.browser)).body.id).toBe(first.body.id);
});

test("an account that has the verified address already is linked, keeps its places and its name, and is nobody else's any more", async () => {
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  const { user, cookie } = await signedIn(server, {
    email: "bob@acme.example",
    name: "Robert",
    organization: "acme",
  });
  const somebodys = "$scrypt$ln=4,r=8,p=1$c2FsdHNhbHQ$aGFzaA";
  await server.services.store.write((tx) => tx.updateUser(user.userId, { password: somebodys }), anywhere);
  const { browser } = await enter("bob");
  const found = (await account(browser)).body;
  expect(found).toMatchObject({
    id: user.id,
    name: "Robert",
    organizations: [{ slug: "acme", role: "OWNER" }],
  });
  const { events } = (await server.call("GET", "/v1/organizations/acme/events?limit=4")).body;
  expect(events.map(({ type }: { type: string }) => type)).toEqual([
    "SIGN_IN",
    "SESSIONS_ENDED",
    "PASSWORD_CHANGED",
    "USER_CHANGED",
  ]);
  expect(events[3].changes).toEqual([
    { path: "/issuer", label: "Identity provider", from: null, to: issuer },
  ]);
  expect(events[0].context.correlationId).toBe(events[3].context.correlationId);
  // an earlier holder of the account, through an invitation's link for example, had not shown that the address is theirs
  expect((await callAs(server, { cookie }, "GET", "/v1/account")).status).toBe(401);
  expect((await account(browser)).body.hasPassword).toBe(false);
  // having the address now gives nobody else the account
  const other = await enter("other-bob");
  expect([other.page.status, problem(other.page).code]).toEqual([401, "openid-refused"]);
  expect(problem(other.page).detail).toContain("linked to another person");
});

test("an address that the provider doesn't vouch for is nobody's", async () => {
  for (const login of ["eve", "mallory"]) {
    const { page, browser } = await enter(login);
    expect([page.status, problem(page).code]).toEqual([401, "openid-refused"]);
    expect(problem(page).detail).toContain("no verified email address for you");
    expect((await account(browser)).status).toBe(401);
  }
});

test("who comes back with another state, without the cookie, or with another's, is refused", async () => {
  const browser = new Browser();
  const back = await throughProvider(browser, "anne");
  const stranger = new Browser();
  await begin(stranger);
  const wrong = new URL(back);
  wrong.searchParams.set("state", "another");
  const pages = [
    await new Browser().ask(back),
    await stranger.ask(back),
    await browser.ask(wrong.href),
    // that attempt removed the cookie
    await browser.ask(back),
  ];
  for (const page of pages) {
    expect([page.status, problem(page).code]).toEqual([401, "openid-refused"]);
    expect(page.headers.get("set-cookie") ?? "").not.toContain("dbk_session_");
  }
});

test("over https the cookie of a sign-in that was begun is one that no neighbour of the host can set", async () => {
  const behind = await openServer({ publicUrl: "https://daybook.acme.example", openid, passwords: false });
  const begun = await fetch(`${behind.url}/v1/sign-in/openid`, { redirect: "manual" });
  expect(begun.headers.get("set-cookie")).toMatch(/^__Host-daybook-openid=[^;]+; .*Path=\/; .*Secure/);
  const tossed = `daybook-openid=${encodeURIComponent('{"state":"s","nonce":"n","verifier":"v"}')}`;
  const back = await fetch(`${behind.url}/v1/sign-in/openid/callback?code=c&state=s`, {
    headers: { cookie: tossed },
  });
  expect([back.status, back.headers.get("set-cookie")]).toEqual([401, null]);
  expect((await back.json()).detail).toContain("not started in this browser");
});

test("a code works once", async () => {
  const browser = new Browser();
  const back = await throughProvider(browser, "anne");
  const cookie = browser.cookiesFor(back);
  const ask = (): Promise<Response> => fetch(back, { headers: { cookie }, redirect: "manual" });
  expect((await ask()).status).toBe(303);
  const again = await ask();
  expect([again.status, await codeOf(again)]).toEqual([401, "openid-refused"]);
});

test.each([
  "error=access_denied",
  "error=access_denied&state=x",
  "",
  "code=x",
  "code=&state=&code=",
  "%00=%ff",
  "x".repeat(2000),
])("who comes back with %j is refused in a sentence", async (query) => {
  const browser = new Browser();
  await begin(browser);
  const page = await browser.ask(`${server.url}/v1/sign-in/openid/callback?${query}`);
  expect([page.status, problem(page).code]).toEqual([401, "openid-refused"]);
});

test.each(["", "x", "null", "[]", '{"state":1}', "%7B%22state%22%3A%22a%22%7D", "%ff"])(
  "a cookie of %j is none",
  async (value) => {
    const answer = await fetch(`${server.url}/v1/sign-in/openid/callback?code=x&state=a`, {
      headers: { cookie: `daybook-openid=${value}` },
    });
    expect([answer.status, await codeOf(answer)]).toEqual([401, "openid-refused"]);
  },
);

test("the provider is asked for at the first sign-in, and again after it was away", async () => {
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const away = await openServer({ port, publicUrl, openid: { ...openid, issuer: "http://127.0.0.1:1" } });
  for (let i = 0; i < 2; i++) {
    const answer = await fetch(`${away.url}/v1/sign-in/openid`);
    expect([answer.status, await codeOf(answer)]).toEqual([503, "openid-unavailable"]);
    expect(answer.headers.get("retry-after")).toBe("5");
  }
  const plain = await openServer();
  const answer = await fetch(`${plain.url}/v1/sign-in/openid`);
  expect([answer.status, await codeOf(answer)]).toEqual([403, "not-allowed"]);
});

test("while nobody has an account and a code was printed for the first operator, nobody else comes first", async () => {
  const early = await enter("bob", fresh);
  expect([early.page.status, problem(early.page).code]).toEqual([401, "openid-refused"]);
  expect(problem(early.page).detail).toContain("not set up yet");
  const code = (await fresh.services.signIn.offerSetUp())?.code;
  const first = { code, name: "Anne", email: "anne@acme.example", password: "correct horse battery" };
  expect((await fresh.call("POST", "/v1/set-up", first, { cookie: "" })).status).toBe(201);
  expect((await enter("bob", fresh)).page.status).toBe(303);
  // the first operator can sign in either way from now on
  const { browser } = await enter("anne", fresh);
  const cookie = browser.cookiesFor(`${fresh.url}/v1/account`);
  expect((await callAs(fresh, { cookie }, "GET", "/v1/account")).body).toMatchObject({
    name: "Anne",
    isOperator: true,
    hasPassword: true,
  });
});

test("a provider that went away after it was found is unavailable, never a fault of ours", async () => {
  const browser = new Browser();
  const back = await throughProvider(browser, "anne");
  provider.kill();
  await once(provider, "exit");
  const page = await browser.ask(back);
  expect([page.status, problem(page).code]).toEqual([503, "openid-unavailable"]);
  expect(server.lines()).not.toContain(clientSecret);
});
