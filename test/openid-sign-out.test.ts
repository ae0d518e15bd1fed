/** Signing out of Daybook also signs out at the provider, if possible; without sending personal data. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { openServer, type TestServer } from "../server/src/api/testing/open-server.ts";
import { signedIn } from "../server/src/api/testing/people.ts";
import { Browser, type Page } from "./support/browser.ts";
import { type ScriptedProvider, startScriptedProvider } from "./support/scripted-provider.ts";
import { freePort } from "./support/server-process.ts";

const clientId = "daybook";
const clientSecret = "secret-of-the-tests-0123456789abcdef";

let provider: ScriptedProvider;
let server: TestServer;
let browser: Browser;

async function open(signOut = true): Promise<void> {
  const port = await freePort();
  const openid = { issuer: provider.issuer, clientId, clientSecret, signOut };
  server = await openServer({ port, publicUrl: `http://127.0.0.1:${port}`, openid });
}
beforeEach(async () => {
  provider = await startScriptedProvider(clientId);
  provider.metadata.end_session_endpoint = `${provider.issuer}/end`;
  browser = new Browser();
});
afterEach(async () => {
  await server.close();
  await provider.close();
});

const at = (path: string): string => `${server.url}${path}`;
const nowhere = (): boolean => false;
async function enter(): Promise<void> {
  // an account exists, so that nobody has to set up
  await signedIn(server, { email: "first@acme.example", operator: true });
  provider.script = {
    idToken: {
      email: "anne@acme.example",
      email_verified: true,
      name: "Anne Wilson",
      sub: "subject-of-anne",
    },
  };
  const isHome = (url: string): boolean => url === at("/");
  await browser.follow(await browser.ask(at("/v1/sign-in/openid")), isHome);
  expect(browser.cookiesFor(at("/"))).toContain("daybook=dbk_session_");
}
const leave = (path = "/sign-out"): Promise<Page> => browser.ask(at(path), {});

test.each(["/sign-out", "/account/sign-out-everywhere"])(
  "%s ends the session here, then leads there and back",
  async (path) => {
    await open();
    await enter();
    const left = await leave(path);
    expect([left.status, left.headers.get("location")]).toEqual([303, "/signed-out"]);
    expect(browser.cookiesFor(at("/"))).not.toContain("dbk_session_");
    const between = await browser.ask(at("/signed-out"));
    expect(between.headers.get("refresh")).toBe("0; url=/sign-out/openid");
    expect(between.text).toContain("You are signed out of Daybook.");
    const { page } = await browser.follow(await browser.ask(at("/sign-out/openid")), nowhere);
    expect(page.url).toBe(at("/sign-in"));
    expect(page.text).toContain("You are signed out, here and of your organization\u2019s account.");
    const { post_logout_redirect_uri, state, ...more } = Object.fromEntries(provider.ended!);
    expect([post_logout_redirect_uri, more]).toEqual([at("/signed-out"), { client_id: clientId }]);
    expect(state).toMatch(/^[\w-]{43}$/);
    // it works once
    expect((await browser.ask(at(`/signed-out?state=${state}`))).headers.get("location")).toBe("/sign-in");
  },
);

test("who comes back with another state, or was not on their way, is told nothing", async () => {
  await open();
  await enter();
  await leave();
  const other = await browser.ask(at("/signed-out?state=another"));
  expect(other.text).toContain("You are signed out of Daybook.");
  const stranger = new Browser();
  for (const path of ["/signed-out", "/signed-out?state=", "/signed-out?state=x&state=x", "/sign-out/openid"])
    expect((await stranger.ask(at(path))).headers.get("location")).toBe("/sign-in");
  expect(provider.ended).toBeUndefined();
});

test.each<[string, () => void, boolean]>([
  ["has no such place", () => delete provider.metadata.end_session_endpoint, true],
  ["is not wanted to", () => {}, false],
])("where the provider %s, signing out is Daybook's own", async (_name, change, signOut) => {
  change();
  await open(signOut);
  await enter();
  const left = await leave();
  expect(left.headers.get("location")).toBe("/sign-in");
  expect((await browser.ask(at("/sign-in"))).text).toContain("You are signed out.");
  expect(browser.cookiesFor(at("/"))).not.toContain("dbk_session_");
});

test("who signed in with a password is sent to no provider", async () => {
  await open();
  const { cookie } = await signedIn(server, { email: "bob@acme.example" });
  const left = await server.call("POST", "/sign-out", "", {
    cookie,
    accept: "text/html",
    "content-type": "application/x-www-form-urlencoded",
  });
  expect(left.status).toBe(303);
  expect(left.headers.get("location")).toBe("/sign-in");
});

test("no ID token is kept anywhere", async () => {
  await open();
  await enter();
  const { store } = server.services;
  const user = await store.user({ email: "anne@acme.example" });
  expect(
    JSON.stringify(await store.sessionsOf(user!.userId), (_, v) => (typeof v === "bigint" ? `${v}` : v)),
  ).not.toContain("eyJ");
  expect(browser.cookiesFor(at("/"))).not.toContain("eyJ");
});
