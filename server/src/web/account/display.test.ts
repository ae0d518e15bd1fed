/** Display settings without scripts: changed from any page, and back to it. */
import { beforeAll, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { type SignedInPerson, signedIn } from "../../api/testing/people.ts";
import { type Browse, browserOf, hiddenIn } from "../testing/browse.ts";

let server: TestServer;
let anne: SignedInPerson;
let browse: Browse;

beforeAll(async () => {
  server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  anne = await signedIn(server, { email: "anne@acme.example", organization: "acme" });
  browse = browserOf(server, anne);
});

const display = "/account/display";
const inRome = { theme: "auto", zone: "Europe/Rome" };

test("the link below a page with times leads to the form, and the form back to that page, where it is said", async () => {
  const place = "/orgs/acme/activity?type=NEW_TEAM&view=table";
  const link = /<a href="(\/account\/display[^"]*)">Change/.exec((await browse(place)).html)?.[1] ?? "";
  expect(link).toBe(`${display}?next=${encodeURIComponent(place)}`);
  const form = await browse(link);
  expect(hiddenIn(form.html, "next").replaceAll("&amp;", "&")).toBe(place);
  expect(form.html).toContain(`<a href="${place.replace("&", "&amp;")}">Cancel</a>`);
  const wrong = await browse(display, { ...inRome, zone: "Rome", next: place });
  expect([wrong.status, hiddenIn(wrong.html, "next").replaceAll("&amp;", "&")]).toEqual([422, place]);
  const { status, location, cookies } = await browse(display, { ...inRome, next: place });
  expect([status, location]).toEqual([303, place]);
  const { text } = await browserOf(server, { cookie: [anne.cookie, ...cookies].join("; ") })(location);
  expect(text).toContain("Your display settings have been changed.");
  expect(text).toContain("Times are in Europe/Rome");
});

test.each(["", "https://evil.example/", "//evil.example", "/\\evil.example"])(
  "from %j it leads to the account",
  async (next) => {
    const { html } = await browse(`${display}?next=${encodeURIComponent(next)}`);
    expect(html).not.toContain("evil.example");
    expect(html).toContain('<a href="/account">Cancel</a>');
    expect((await browse(display, { ...inRome, next })).location).toBe("/account");
  },
);
