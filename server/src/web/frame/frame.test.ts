/** The data of a page within another site's page for the script that talks to the host. */
import { expect, test } from "vitest";
import { openServer } from "../../api/testing/open-server.ts";

test("a page of a session says in how long it ends; the page that opens one and the one that has ended don't", async () => {
  const server = await openServer({ frameOrigins: ["https://portal.example.com"] });
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  const wanted = { organization: "acme", role: "CONSUMER", viewer: { id: "c_7" }, minutes: 5 };
  const { body } = await server.call("POST", "/v1/viewer-sessions", wanted);
  const html = { accept: "text/html", cookie: "" };
  const form = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
  const sent = `token=${body.token}&zone=`;
  const { headers } = await server.call("POST", "/view", sent, { ...html, ...form });
  const path = headers.get("location") ?? "";
  const cookie = headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
  const { text } = await server.call("GET", path, undefined, { ...html, cookie });
  const [, endsIn] = / data-ends-in="(\d+)"/.exec(text) ?? [];
  expect(Number(endsIn)).toBeGreaterThan(4 * 60_000);
  expect(Number(endsIn)).toBeLessThanOrEqual(5 * 60_000);
  for (const other of ["/view", path]) {
    const page = await server.call("GET", other, undefined, html);
    expect(page.text, other).toContain(' data-frame="https://portal.example.com"');
    expect(page.text, other).not.toContain("data-ends-in");
  }
});
