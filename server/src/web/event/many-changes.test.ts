/** Events with hundreds of changes: lists show some of each, and its own page shows all, in pages. */
import { beforeAll, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { callAs, type SignedInPerson, signedIn } from "../../api/testing/people.ts";

let server: TestServer;
let owner: SignedInPerson;
let id: string;
const changes = Array.from({ length: 400 }, (_, n) => ({
  path: `/settings/s${n}`,
  from: `old ${n}`,
  to: `new ${n}`,
}));
const heavy = {
  type: "API_CLIENT_UPDATED",
  actor: { type: "user", id: "u_1", name: "Anne" },
  targets: [{ type: "api_client", id: "c_1", name: "Sync" }],
  data: { clientId: "c_1", name: "Sync" },
  changes,
};

beforeAll(async () => {
  server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  owner = await signedIn(server, { email: "olga@acme.example", organization: "acme" });
  for (let n = 0; n < 25; n++) {
    const { status, body, text } = await server.call("POST", "/v1/organizations/acme/events", heavy);
    expect(status, text).toBe(201);
    id = body.receipts[0].id;
  }
});

const page = async (path: string): Promise<string> => {
  const { status, text } = await callAs(server, owner, "GET", path, undefined, { accept: "text/html" });
  expect(status, path).toBe(200);
  return text;
};
/** The changes whose new value the page shows. */
const shownIn = (html: string): number[] =>
  [...html.matchAll(/<ins[^>]*>new (\d+)<\/ins>/g)].map(([, n]) => Number(n));

test("a page of 25 of them is small, shows ten facts of each, and leads to the others", async () => {
  const html = await page("/orgs/acme/activity?type=API_CLIENT_UPDATED");
  expect(Buffer.byteLength(html)).toBeLessThan(300 * 1024);
  expect(html.split("<article").length - 1).toBe(25);
  expect(html.split(/>39\d more</).length - 1 || html.split(/39\d more/).length - 1).toBe(25);
  expect(html).toContain(`href="/orgs/acme/events/${id}"`);
  expect(shownIn(html).length).toBeLessThanOrEqual(250);
});

test("its own page has all, a hundred at a time", async () => {
  const seen: number[] = [];
  let path: string | undefined = `/orgs/acme/events/${id}`;
  let pages = 0;
  for (; path !== undefined; pages++) {
    const html: string = await page(path);
    expect(Buffer.byteLength(html)).toBeLessThan(300 * 1024);
    seen.push(...shownIn(html));
    if (pages === 1) {
      expect(html).toContain("Facts 101 to 200 of 40");
      expect(html).toMatch(/href="\/orgs\/acme\/events\/[^"?]+"[^>]* rel="prev"/);
    }
    path = /href="([^"]+)"[^>]* rel="next"/.exec(html)?.[1];
  }
  expect(pages).toBe(5);
  expect(new Set(seen).size).toBe(400);
});

test.each(["0", "-5", "x", "1.5", "999999999", "99999"])("from=%s is a page too", async (from) => {
  const html = await page(`/orgs/acme/events/${id}?from=${from}`);
  expect(html).toContain("API client updated");
});
