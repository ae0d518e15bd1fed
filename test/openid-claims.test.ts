/**
 * What Daybook accepts from a provider: address and name from one document, signed by its key. Each case is a misbehaving provider, with a
 * real server.
 */
import { createHmac } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openServer, type TestServer } from "../server/src/api/testing/open-server.ts";
import { signedIn } from "../server/src/api/testing/people.ts";
import { Browser } from "./support/browser.ts";
import {
  newSigningKey,
  type ScriptedProvider,
  signedToken,
  startScriptedProvider,
} from "./support/scripted-provider.ts";
import { freePort } from "./support/server-process.ts";

const clientId = "daybook";
const clientSecret = "secret-of-the-tests-0123456789abcdef";
const victim = { email: "victim@acme.example", name: "Victim" };

let provider: ScriptedProvider;
let server: TestServer;
beforeEach(async () => {
  provider = await startScriptedProvider(clientId);
  const port = await freePort();
  server = await openServer({
    port,
    publicUrl: `http://127.0.0.1:${port}`,
    openid: { issuer: provider.issuer, clientId, clientSecret, signOut: true },
    passwords: false,
  });
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await server.close();
  await provider.close();
});

interface Came {
  readonly status: number;
  readonly code: string | undefined;
  readonly account: { readonly email?: string; readonly name?: string } | undefined;
}

/** Goes to the provider and back; returns the result. */
async function enter(): Promise<Came> {
  const browser = new Browser();
  const isHome = (url: string): boolean => url === `${server.url}/`;
  const { page } = await browser.follow(await browser.ask(`${server.url}/v1/sign-in/openid`), isHome);
  const cookie = browser.cookiesFor(`${server.url}/v1/account`);
  const { status, body } = await server.call("GET", "/v1/account", undefined, { cookie });
  const problem = page.text.startsWith("{") ? (JSON.parse(page.text) as { code?: string }) : {};
  return { status: page.status, code: problem.code, account: status === 200 ? body : undefined };
}

const isRefused = { status: 401, code: "openid-refused", account: undefined };

test("an ID token that verifies nothing by name does not vouch for the address of userinfo, nor the other way round", async () => {
  await signedIn(server, victim);
  const { email } = victim;
  provider.script = {
    idToken: { email_verified: true },
    userinfo: { sub: "someone", email, email_verified: false },
  };
  expect(await enter()).toEqual(isRefused);
  provider.script = { idToken: { email_verified: true }, userinfo: { sub: "someone", email } };
  expect(await enter()).toEqual(isRefused);
  provider.script = { idToken: { email }, userinfo: { sub: "someone", email_verified: true } };
  expect(await enter()).toEqual(isRefused);
  provider.script = {
    idToken: { email, email_verified: false },
    userinfo: { sub: "someone", email_verified: true },
  };
  expect(await enter()).toEqual(isRefused);
  const { events } = (await server.call("GET", "/v1/organizations/daybook/events")).body;
  expect(events.map(({ type }: { type: string }) => type)).toEqual(["OPERATOR_TOKEN_REPLACED", "LOG_OPENED"]);
});

test("the address and the name are those of one document", async () => {
  const whole = { email: "anne@acme.example", email_verified: true, name: "Anne of the token" };
  const other = { email: "other@acme.example", email_verified: true, name: "Anne of userinfo" };
  provider.script = { idToken: { sub: "one", ...whole }, userinfo: { sub: "one", ...other } };
  expect((await enter()).account).toMatchObject({ email: whole.email, name: whole.name });
  expect(provider.requests["/userinfo"]).toBeUndefined();
  provider.script = { idToken: { sub: "two", name: "Ignored" }, userinfo: { sub: "two", ...other } };
  expect((await enter()).account).toMatchObject({ email: other.email, name: other.name });
  provider.script = {
    idToken: { sub: "three", name: "Ignored" },
    userinfo: { sub: "three", email: "three@acme.example", email_verified: true },
  };
  expect((await enter()).account).toMatchObject({ email: "three@acme.example", name: "three" });
});

test("userinfo of another subject, or of none, is refused", async () => {
  await signedIn(server, victim);
  const verified = { email: victim.email, email_verified: true };
  for (const userinfo of [{ sub: "victim", ...verified }, verified, { sub: "", ...verified }]) {
    provider.script = { idToken: {}, userinfo };
    expect(await enter()).toEqual(isRefused);
  }
});

test("the issuer and the subject are those of the ID token, whatever userinfo calls itself", async () => {
  const verified = { email: victim.email, email_verified: true };
  const userinfo = { sub: "someone", iss: "https://other.example", ...verified };
  provider.script = { idToken: {}, userinfo };
  expect((await enter()).account).toMatchObject({ email: victim.email });
  const user = await server.services.store.user({ email: victim.email });
  expect([user?.issuer, user?.subject]).toEqual([provider.issuer, "someone"]);
  provider.script = { idToken: { iss: "https://other.example" }, userinfo };
  expect(await enter()).toEqual(isRefused);
});

test("a subject that is a token is refused, and a name that holds one is kept without it", async () => {
  const token = `ghp_${"a1B2".repeat(9)}`;
  const claims = { email: "new@acme.example", email_verified: true, name: `Nell ${token}` };
  provider.script = { idToken: { sub: token, ...claims } };
  expect(await enter()).toEqual(isRefused);
  provider.script = { idToken: { sub: "nell", ...claims } };
  expect((await enter()).account?.name).toMatch(/^Nell \[token [0-9a-f]{12}\]$/);
});

test("being signed in at the provider all along is not showing lately who one is", async () => {
  const anne = { email: "anne@acme.example", email_verified: true };
  const seconds = Math.floor(Date.now() / 1000);
  const offer = async (begin: string): Promise<string> => {
    const browser = new Browser();
    const isHome = (url: string): boolean => url === `${server.url}/`;
    await browser.follow(await browser.ask(`${server.url}${begin}`), isHome);
    const cookie = browser.cookiesFor(`${server.url}/v1/account`);
    // an address that requests it: nobody has a password here, so the error differs after the confirmation
    const { body } = await server.call("GET", "/v1/account/second-factor/offer", undefined, { cookie });
    return body.code;
  };
  const plain = "/v1/sign-in/openid";
  for (const [auth_time, code] of [
    [seconds - 3_600, "reauthentication-needed"],
    [seconds, "not-allowed"],
    [seconds + 3_600, "not-allowed"],
    [1e300, "reauthentication-needed"],
    // a provider that doesn't state it
    [undefined, "not-allowed"],
  ] as const) {
    provider.script = { idToken: { ...anne, ...(auth_time !== undefined && { auth_time }) } };
    expect(await offer(plain), String(auth_time)).toBe(code);
  }
  expect(provider.authorized?.get("max_age")).toBe("31536000");
  provider.script = { idToken: { ...anne, auth_time: seconds } };
  expect(await offer(`${plain}?again=yes`)).toBe("not-allowed");
  expect(provider.authorized?.get("prompt")).toBe("login");
});

const verified = { ...victim, email_verified: true };
const parts = (token: string): [string, string, string] => token.split(".") as [string, string, string];
const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

const tampered: readonly (readonly [string, (token: string) => string])[] = [
  ["another signature", (token) => `${token.slice(0, -8)}AAAAAAAA`],
  ["no signature", (token) => `${parts(token).slice(0, 2).join(".")}.`],
  ["another body", (token) => replaceBody(token, { sub: "victim" })],
  ["alg none", (token) => `${encoded({ alg: "none" })}.${parts(token)[1]}.`],
  ["alg None", (token) => `${encoded({ alg: "None" })}.${parts(token)[1]}.`],
  ["an HMAC by the client secret", (token) => hmac(token, clientSecret)],
  ["a key of its own in the header", (token) => ownKey(token)],
];

test(`a tampered ID token is refused: ${tampered.map(([name]) => name).join(", ")}`, async () => {
  // an announced algorithm doesn't replace the signature by its key
  provider.metadata.id_token_signing_alg_values_supported = ["none", "HS256", "RS256"];
  await signedIn(server, victim);
  for (const [name, tamper] of tampered) {
    provider.script = { idToken: verified, tamper };
    expect(await enter(), name).toEqual(isRefused);
  }
  // the same server takes what is not tampered with
  provider.script = { idToken: verified };
  expect((await enter()).account).toMatchObject(victim);
});

function replaceBody(token: string, claims: object): string {
  const [head, body, signature] = parts(token);
  const now = JSON.parse(Buffer.from(body, "base64url").toString()) as object;
  return `${head}.${encoded({ ...now, ...claims })}.${signature}`;
}

function hmac(token: string, secret: string): string {
  const text = `${encoded({ alg: "HS256" })}.${parts(token)[1]}`;
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}

function ownKey(token: string): string {
  const key = newSigningKey("RS256", "first");
  return signedToken(key, JSON.parse(Buffer.from(parts(token)[1], "base64url").toString()));
}

test("a provider that signs with ES256 and knows no RS256 is as good", async () => {
  provider.keys.splice(0, 1, newSigningKey("ES256", "curve"));
  provider.script = { idToken: verified };
  expect((await enter()).account).toMatchObject(victim);
});

test("after the provider changed its key its people sign in: at once where the keys were read a minute ago, else a moment later", async () => {
  provider.script = { idToken: verified };
  // the database's clock can't be moved: the keys count as read a minute ago
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - 61_000 });
  expect((await enter()).code).toBe("clock-disagrees");
  provider.keys.unshift(newSigningKey("RS256", "second"));
  expect(await enter()).toEqual({ status: 503, code: "openid-unavailable", account: undefined });
  vi.useRealTimers();
  expect((await enter()).status).toBe(303);
  expect(provider.requests["/jwks"]).toBe(2);
});

test("a key that the provider took back counts for five minutes at most", async () => {
  provider.script = { idToken: verified };
  const [first] = provider.keys;
  expect((await enter()).status).toBe(303);
  provider.keys.splice(0, 1, newSigningKey("RS256", "second"));
  provider.script = { idToken: verified, signedBy: first! };
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 301_000 });
  expect(await enter()).toEqual({ status: 503, code: "openid-unavailable", account: undefined });
});

test("what the provider says of itself is read again after an hour, and its old word holds while it can't be", async () => {
  provider.script = { idToken: verified };
  await enter();
  provider.metadata.authorization_endpoint = `${provider.issuer}/authorize?moved`;
  await enter();
  expect(provider.requests["/.well-known/openid-configuration"]).toBe(1);
  const now = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => now() + 3_601_000);
  const begun = await new Browser().ask(`${server.url}/v1/sign-in/openid`);
  expect(begun.headers.get("location")).toContain("moved");
});
