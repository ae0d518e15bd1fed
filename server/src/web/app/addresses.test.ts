/** Every address of a page is below the path of the service, and in a frame below that of the session: in the sources and in the HTML. */
import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { callAs, type SignedInPerson, signedIn } from "../../api/testing/people.ts";
import { recordSamples } from "../testing/sample-activity.ts";

const accept = "text/html,application/xhtml+xml;q=0.9";
const base = "/log";
let server: TestServer;
let anne: SignedInPerson;
beforeAll(async () => {
  server = await openServer({
    publicUrl: `http://audit.example${base}`,
    frameOrigins: ["https://portal.example.com"],
    gallery: true,
  });
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  await recordSamples(server, "acme");
  anne = await signedIn(server, { email: "anne@acme.example", organization: "acme", operator: true });
  await signedIn(server, { email: "bob@acme.example", organization: "acme", role: "CONSUMER" });
  const at = "/v1/organizations/acme";
  await server.call("POST", `${at}/invitations`, { email: "carl@acme.example", role: "DESIGNER" });
  await server.call("POST", `${at}/teams`, { name: "Payments" });
  const expiresOn = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
  await server.call("POST", `${at}/api-clients`, { name: "Portal", expiresOn, scopes: ["events:read"] });
});

/** The addresses in a page, as the browser reads them. */
const addressesIn = (html: string): string[] =>
  [...html.matchAll(/<[^>]* (?:href|src|action|formaction)="([^"]*)"/g)].map(([, to = ""]) =>
    to.replaceAll("&amp;", "&"),
  );

/** An address without its variable parts: ids, and values of the query. */
const kindOf = (path: string): string =>
  path
    .replace(/\w{20,}|[0-9a-f-]{36}/g, "id")
    .replace(/=[^&#]*/g, "=")
    .split("#", 1)[0] ?? "";

interface Visited {
  readonly path: string;
  readonly status: number;
  readonly addresses: readonly string[];
}

/** Opens a page of each kind that links lead to, from these paths on. */
async function visit(starts: readonly string[], cookie: string): Promise<Visited[]> {
  const seen = new Set<string>();
  const visited: Visited[] = [];
  const todo = [...starts];
  for (let path = todo.shift(); path !== undefined; path = todo.shift()) {
    if (seen.has(kindOf(path))) continue;
    seen.add(kindOf(path));
    const { status, text, headers } = await callAs(server, { cookie }, "GET", path, undefined, { accept });
    const isPage = headers.get("content-type")?.startsWith("text/html") ?? false;
    const addresses = [...(isPage ? addressesIn(text) : []), headers.get("location") ?? "#"];
    visited.push({ path, status, addresses });
    // the links of examples lead nowhere
    if (path.startsWith("/gallery")) continue;
    // one of the filters that can be combined, alone; and no JSON
    for (const to of addresses)
      if (to.startsWith(`${base}/`) && !/^\/log\/(v1\/|openapi)/.test(to) && !to.includes("&"))
        todo.push(to.slice(base.length));
  }
  return visited;
}

const notBelow = (visited: readonly Visited[], prefixes: readonly string[]): string[] =>
  visited.flatMap(({ path, addresses }) =>
    addresses
      .filter((to) => !to.startsWith("#") && !prefixes.some((prefix) => to.startsWith(prefix)))
      .map((to) => `${path} has ${to}`),
  );

describe("every address", () => {
  test("in the headers of the API, and of its description, is below the path of the service", async () => {
    const at = "/v1/organizations/acme";
    const expiresOn = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
    const added = [
      await server.call("POST", "/v1/organizations", { slug: "second", name: "Second" }),
      await server.call("POST", `${at}/invitations`, { email: "dora@acme.example", role: "DESIGNER" }),
      await server.call("POST", `${at}/teams`, { name: "Billing" }),
      await server.call("POST", `${at}/api-clients`, { name: "App", expiresOn, scopes: ["events:read"] }),
    ].map(({ status, headers }) => [status, headers.get("location")?.slice(0, base.length + 4)]);
    expect(added).toEqual(added.map(() => [201, `${base}/v1/`]));

    const lists = ["", "/acme/events", "/acme/teams", "/acme/api-clients", "/acme/members"];
    for (const list of lists) {
      const path = `/v1/organizations${list}?limit=1`;
      const { headers } = await server.call("GET", path);
      expect(headers.get("link"), path).toMatch(/^<\/log\/v1\/organizations[^>]*cursor=[^>]+>; rel="next"$/);
    }
    const description = await server.call("GET", "/openapi.json");
    expect(description.body).toMatchObject({ servers: [{ url: `http://audit.example${base}` }] });
  });

  test("of the pages is below the path of the service, and leads to a page", async () => {
    const visited = await visit(["/", "/gallery", "/operator-token", "/nowhere"], anne.cookie);
    const paths = visited.map(({ path }) => path);
    expect(paths.length).toBeGreaterThan(50);
    expect(notBelow(visited, [`${base}/`, "https://"])).toEqual([]);
    expect(
      visited.filter(({ status, path }) => status >= 400 && status !== 405 && path !== "/nowhere"),
    ).toEqual([]);
  });

  test("of the pages for strangers is too", async () => {
    const visited = await visit(["/", "/set-up", "/sign-in", "/password", "/invitation", "/view"], "");
    expect(notBelow(visited, [`${base}/`])).toEqual([]);
  });

  test("within a frame is below the path of the session, but for its files", async () => {
    const wanted = { organization: "acme", role: "CONSUMER", viewer: { id: "c_7" } };
    const { token } = (await server.call("POST", "/v1/viewer-sessions", wanted)).body;
    const opened = await server.call("POST", "/view?accent=%23a80048", `token=${token}&zone=`, {
      accept,
      cookie: "",
      "content-type": "application/x-www-form-urlencoded",
      "sec-fetch-site": "same-origin",
    });
    const cookie = opened.headers
      .getSetCookie()
      .map((each) => each.split(";")[0])
      .join("; ");
    const first = opened.headers.get("location") ?? "";
    const frame = first.slice(0, first.indexOf("/orgs/"));
    expect(frame).toMatch(/^\/log\/view\/viewer_\w+$/);
    const visited = await visit([first.slice(base.length)], cookie);
    expect(visited.length).toBeGreaterThan(10);
    expect(notBelow(visited, [`${frame}/orgs/acme/`, `${base}/assets/`, `${base}/view/look.css?`])).toEqual(
      [],
    );
  });
});

describe("no source", () => {
  const web = new URL("../", import.meta.url);
  const sources = readdirSync(web, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|\/testing\//.test(name))
    .map((name) => ({ name, text: readFileSync(new URL(name, web), "utf8") }));
  const holding = (pattern: RegExp, allowed: RegExp): string[] =>
    sources.filter(({ name, text }) => !allowed.test(name) && pattern.test(text)).map(({ name }) => name);

  test("writes an element with an address but kit/address", () => {
    expect(holding(/<(?:a|form|link|script|img|iframe)\s/, /^kit\/address\/|examples\.tsx$/)).toEqual([]);
    expect(holding(/\bform[aA]ction=/, /^$/)).toEqual([]);
  });
});
