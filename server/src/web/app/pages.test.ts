/** The rules for every page over HTTP, for every reader and request. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import type { RouteOptions } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { type SignedInPerson, signedIn } from "../../api/testing/people.ts";
import { apiPaths, paths } from "../../paths.ts";

const html = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

let server: TestServer;
let anne: SignedInPerson;
const routes: RouteOptions[] = [];
beforeAll(async () => {
  server = await openServer({ gallery: true }, { api: { onRoute: (route) => void routes.push(route) } });
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  anne = await signedIn(server, { email: "anne@acme.example", name: "Anne", organization: "acme" });
});

/** Requests like a browser; without a cookie, anonymously. */
const browse = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(server.url + path, { redirect: "manual", headers: { accept: html, ...headers } });

const post = (path: string, form: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(server.url + path, {
    method: "POST",
    redirect: "manual",
    body: form,
    headers: {
      accept: html,
      "content-type": "application/x-www-form-urlencoded",
      "sec-fetch-site": "same-origin",
      ...headers,
    },
  });

describe("the table of paths", () => {
  const routesOf = (table: Readonly<Record<string, { readonly route: string }>>): string[] =>
    Object.values(table).map(({ route }) => route);

  test("has every page and every form, and no other", () => {
    // the files of the pages are no pages; the pages of a viewer session are those of the organization
    const { asset: _asset, viewStyle: _style, viewSession, ...pages } = paths;
    const registered = routes
      .filter(({ config }) => config?.kinds?.includes("text/html"))
      .map(({ url }) => url.replace(viewSession.route, ""));
    expect([...new Set(registered)].toSorted()).toEqual(routesOf(pages).toSorted());
  });

  test("has only routes of the API that exist", () => {
    const urls = routes.map(({ url }) => url);
    for (const route of routesOf(apiPaths)) expect(urls).toContain(route.replace(":format", "csv"));
  });
});

const folder = new URL("../../../dist/assets/", import.meta.url);
const sheetFile = readdirSync(folder).find((name) => name.endsWith(".css")) ?? "";
const sheetHash = /-(\w+)\./.exec(sheetFile)?.[1];

/** Fonts, logos and words that only their owner may use. */
const notOurs = /transport|crown|gov\.uk|gds|crest|royal/i;

describe("every page", () => {
  const pages = ["/set-up", "/sign-in", "/password", "/invitation", "/account", "/gallery", "/nowhere"];

  test.each(pages)(
    "%s keeps to a strict policy, stays in no cache, and loads only its own files",
    async (path) => {
      const cookies = [...(path === "/sign-in" ? [] : [anne.cookie]), `daybook-sheet=${sheetHash}`];
      const page = await browse(path, { cookie: cookies.join("; ") });
      expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(page.headers.get("content-security-policy")).toBe(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(page.headers.get("cache-control")).toBe("no-store");
      expect(page.headers.get("referrer-policy")).toBe("same-origin");
      expect(page.headers.get("x-content-type-options")).toBe("nosniff");
      const text = await page.text();
      expect(text).toMatch(/^<!doctype html><html lang="en-GB"/);
      const loaded = [...text.matchAll(/<(?:link|script|img|iframe)[^>]*?(?:href|src)="([^"]+)"/g)];
      expect(loaded.map(([, url]) => url)).toEqual(
        ["css", "svg", "js"].map((kind) => expect.stringMatching(`^/assets/[a-z]+-[0-9a-f]{10}\\.${kind}$`)),
      );
      expect(text).not.toMatch(/<style|<script(?![^>]*\bsrc=)| style="| on[a-z]+="/);
      // examples can contain any words
      if (path !== "/gallery") expect(notOurs.exec(text) ?? /https?:\/\//.exec(text)).toBe(null);
    },
  );

  test.each([
    ["that has no sheet yet", ""],
    ["that has an earlier sheet", "daybook-sheet=0123456789"],
    ["with a cookie that isn't Daybook's", "daybook-sheet=.css"],
  ])("gives a browser %s the style sheet within, by its hash in the policy", async (_, cookie) => {
    const page = await browse("/sign-in", { cookie });
    const text = await page.text();
    const [, sheet = "", ...more] = /<style data-file="[^"]*">(.*?)<\/style>/s.exec(text) ?? [];
    expect(sheet).toBe(readFileSync(new URL(sheetFile, folder), "utf8"));
    expect([more, text.match(/<style/g)?.length]).toEqual([[], 1]);
    expect(text).toContain(`<style data-file="/assets/${sheetFile}">`);
    expect(text).not.toContain('rel="stylesheet"');
    const hash = createHash("sha256").update(sheet).digest("base64");
    expect(page.headers.get("content-security-policy")).toContain(
      `; style-src 'self' 'sha256-${hash}'; script-src 'self';`,
    );
  });

  test("titles hold nobody's name or address", async () => {
    for (const [path, title] of [
      ["/account", "Account"],
      ["/account/name", "Change your name"],
      ["/orgs/acme/activity", "Activity"],
      ["/orgs/acme/members", "Members"],
    ]) {
      const page = await browse(path as string, { cookie: anne.cookie });
      expect(page.status, path).toBe(200);
      expect(/<title>(.*?)<\/title>/.exec(await page.text())?.[1]).toBe(`${title} - Daybook`);
    }
  });

  test("the first address leads on: to the log of who is signed in, else to signing in", async () => {
    const leadsTo = async (headers?: Record<string, string>): Promise<unknown> => {
      const { status, headers: responseHeaders } = await browse("/", headers);
      return [status, responseHeaders.get("location")];
    };
    expect(await leadsTo({ cookie: anne.cookie })).toEqual([303, "/orgs/acme/activity"]);
    expect(await leadsTo()).toEqual([303, "/sign-in"]);
  });

  test("what is asked for otherwise than by a browser is answered with a problem", async () => {
    for (const accept of ["application/json", "*/*", ""]) {
      const answer = await browse("/account", { accept });
      expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    }
    expect((await browse("/v1/organizations")).headers.get("content-type")).toMatch(/problem\+json/);
  });
});

describe("the assets", () => {
  const files = readdirSync(folder).filter((name) => /\.(css|js|svg)$/.test(name));

  test.each(files)("%s comes as it was built, compressed as the browser takes it, for ever", async (file) => {
    const plain = readFileSync(new URL(file, folder));
    const read = { br: brotliDecompressSync, gzip: gunzipSync, identity: (bytes: Buffer) => bytes };
    for (const encoding of ["br", "gzip", "identity"] as const) {
      const answer = await fetch(`${server.url}/assets/${file}`, {
        headers: { "accept-encoding": encoding },
      });
      expect(answer.headers.get("content-encoding") ?? "identity").toBe(encoding);
      expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      // fetch has decoded it
      expect(Buffer.from(await answer.arrayBuffer()).equals(plain)).toBe(true);
    }
    const { br, gzip } = read;
    expect(br(readFileSync(new URL(`${file}.br`, folder))).equals(plain)).toBe(true);
    expect(gzip(readFileSync(new URL(`${file}.gz`, folder))).equals(plain)).toBe(true);
  });

  test("hold no font, mark or address of others", () => {
    for (const file of files) {
      const text = readFileSync(new URL(file, folder), "utf8");
      expect(text.replaceAll("http://www.w3.org/2000/svg", ""), file).not.toMatch(
        /https?:\/\/|@import|@font-face/,
      );
      expect(text, file).not.toMatch(notOurs);
    }
  });

  test("are small: with the style sheet and the script, more than half of 25 KB is left for a page", () => {
    const sizeOf = (kind: string): number =>
      readFileSync(new URL(`${files.find((file) => file.endsWith(kind))}.br`, folder)).length;
    expect(sizeOf(".css")).toBeLessThan(8 * 1024);
    expect(sizeOf(".css") + sizeOf(".js")).toBeLessThan(12 * 1024);
  });

  test.each([
    "/assets/..%2f..%2fpackage.json",
    "/assets/%2e%2e/manifest.json",
    "/assets/manifest.json",
    "/assets/x",
  ])("there is nothing else: %s", async (path) => {
    expect((await browse(path)).status).toBe(404);
  });
});

describe("a page that was refused", () => {
  test("sends who isn't signed in to sign in, and back", async () => {
    const answer = await browse("/account/name?a=b");
    expect([answer.status, answer.headers.get("location")]).toEqual([
      303,
      "/sign-in?next=%2Faccount%2Fname%3Fa%3Db",
    ]);
    // the address to come back to is left out if its header would be too large for browsers and proxies
    const long = await browse(`/account/name?a=${"/b".repeat(4_000)}`);
    expect([long.status, long.headers.get("location")]).toEqual([303, "/sign-in"]);
    const sent = await post("/account/name", "name=Eve");
    expect([sent.status, sent.headers.get("location")]).toEqual([303, "/sign-in"]);
  });

  test("says in words what is wrong, with the request's id and a way on", async () => {
    const missing = await browse("/nowhere", { "x-request-id": "my-request" });
    expect(missing.status).toBe(404);
    const text = await missing.text();
    expect(text).toContain("<h1>Page not found</h1>");
    expect(text).toContain("my-request");
    expect(text).toContain('href="/"');
    const crossSite = await post("/sign-in", "email=a", { "sec-fetch-site": "cross-site" });
    expect([crossSite.status, await crossSite.text()]).toEqual([
      403,
      expect.stringContaining("another site"),
    ]);
  });

  test("shows who is signed in their way on, also where there is nothing", async () => {
    expect(await (await browse("/nowhere", { cookie: anne.cookie })).text()).toContain("anne@acme.example");
  });

  test("says nothing of what failed inside", async () => {
    const broken = await openServer();
    const failing = (): Promise<never> => Promise.reject(new Error("pool of postgres at store.ts"));
    Object.assign(broken.services.signIn, { needsSetUp: failing });
    const answer = await fetch(`${broken.url}/`, { headers: { accept: html } });
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(text).toMatch(/<h1>Sorry, /);
    expect(text).not.toMatch(/pool|postgres|store\.ts/i);
  });
});

describe("a form", () => {
  test.each([
    ["an unknown field", "email=a&password=b&role=OWNER"],
    ["a field twice", "email=a&email=b&password=c"],
    ["half a character", "email=%C3&password=b"],
    ["a percent sign that encodes nothing", "email=100%&password=b"],
    ["three hundred fields", "email=a&".repeat(301)],
    ["the name of an inherited member", "__proto__=x&constructor=y"],
  ])("with %s is refused", async (_name, body) => {
    const answer = await post("/sign-in", body);
    expect(answer.status).toBe(400);
  });

  test("of another media type is refused", async () => {
    for (const type of ["application/json", "multipart/form-data; boundary=x", "text/plain"])
      expect((await post("/sign-in", "{}", { "content-type": type })).status, type).toBe(415);
  });

  test("keeps what was typed, escaped, and never a password", async () => {
    const answer = await post(
      "/sign-in",
      `email=${encodeURIComponent('"><script>alert(1)</script>')}&password=hunter2`,
    );
    const text = await answer.text();
    expect(answer.status).toBe(401);
    expect(text).toContain('value="&quot;>&lt;script>alert(1)&lt;/script>"');
    expect(text).not.toContain("<script>alert");
    expect(text).not.toContain("hunter2");
    expect(text).toContain("<title>Error: Sign in - Daybook</title>");
  });
});

test("a page is compressed for who takes it, and one that shows a secret never", async () => {
  const page = await browse("/sign-in", { "accept-encoding": "br" });
  expect(page.headers.get("content-encoding")).toBe("br");
  expect(page.headers.get("vary")).toBe("Accept-Encoding");
  expect(await page.text()).toContain("</html>");
  expect(
    (await browse("/sign-in", { "accept-encoding": "br;q=0, identity" })).headers.get("content-encoding"),
  ).toBe(null);
});

describe("below another path", () => {
  let below: TestServer;
  beforeAll(async () => {
    below = await openServer({ publicUrl: "http://audit.example/log" });
  });
  afterAll(() => below.close());

  test("every address of a page is there", async () => {
    const page = await fetch(`${below.url}/set-up`, { headers: { accept: html } });
    const addresses = [...(await page.text()).matchAll(/ (?:href|src|action|data-file)="(\/[^"]*)"/g)].map(
      ([, url]) => url,
    );
    expect(addresses.length).toBeGreaterThan(4);
    expect(addresses.filter((url) => !url?.startsWith("/log/"))).toEqual([]);
    const sent = await fetch(`${below.url}/account`, { headers: { accept: html }, redirect: "manual" });
    expect(sent.headers.get("location")).toBe("/log/sign-in?next=%2Faccount");
  });

  test("so is the address of what the API made", async () => {
    const at = "/v1/organizations";
    const made = await below.call("POST", at, { slug: "acme", name: "Acme" });
    expect(made.headers.get("location")).toBe(`/log${at}/acme`);
    const team = await below.call("POST", `${at}/acme/teams`, { name: "Payments" });
    expect(team.headers.get("location")).toBe(`/log${at}/acme/teams/${team.body.id}`);
    const invited = { email: "bob@acme.example", role: "CONSUMER" };
    const invitation = await below.call("POST", `${at}/acme/invitations`, invited);
    expect(invitation.headers.get("location")).toBe(`/log${at}/acme/invitations`);
    const expiresOn = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const wanted = { name: "Portal", expiresOn, scopes: ["events:read"] };
    const client = await below.call("POST", `${at}/acme/api-clients`, wanted);
    expect(client.headers.get("location")).toBe(`/log${at}/acme/api-clients/${client.body.id}`);
  });
});
