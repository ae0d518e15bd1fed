/** A person whose session has ended learns why, once, and comes back to where they were. */

import pg from "pg";
import { expect, test } from "vitest";
import { openServer } from "../../api/testing/open-server.ts";
import { callAs, signedIn } from "../../api/testing/people.ts";

const html = { accept: "text/html" };
const cookiesOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");

test.each([
  ["last_seen_at = now() - interval '25 hours'", "because you were inactive"],
  ["expires_at = now() - interval '1 second'", "because you signed in 14 days ago"],
  [undefined, "because your session was ended"],
])("a session where %s says %j", async (set, words) => {
  const server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  const { cookie, user } = await signedIn(server, { email: "anne@acme.example", organization: "acme" });
  expect((await callAs(server, { cookie }, "GET", "/account", undefined, html)).status).toBe(200);
  const client = new pg.Client(server.databaseUrl);
  await client.connect();
  await client.query(
    set === undefined
      ? "DELETE FROM session WHERE user_id = $1"
      : `UPDATE session SET ${set} WHERE user_id = $1`,
    [user.userId],
  );
  await client.end();
  const refused = await callAs(server, { cookie }, "GET", "/orgs/acme/members", undefined, html);
  expect([refused.status, refused.headers.get("location")]).toEqual([
    303,
    "/sign-in?next=%2Forgs%2Facme%2Fmembers",
  ]);
  const left = cookiesOf(refused.headers);
  expect(left).toMatch(/daybook=;/);
  const page = await callAs(server, { cookie: left }, "GET", "/sign-in", undefined, html);
  expect(page.text).toContain(words);
  // on the first page and the sign-in page too
  const first = await callAs(server, { cookie }, "GET", "/sign-in?next=%2Faccount", undefined, html);
  expect(first.headers.get("location")).toBe("/sign-in?next=%2Faccount");
  const again = await callAs(
    server,
    { cookie: cookiesOf(first.headers) },
    "GET",
    "/sign-in",
    undefined,
    html,
  );
  expect(again.text).toContain(words);
  expect((await callAs(server, { cookie: "" }, "GET", "/sign-in", undefined, html)).text).not.toContain(
    "signed out",
  );
});

test("a program is told in the problem, and a stranger is told nothing", async () => {
  const server = await openServer();
  const { cookie, user } = await signedIn(server, { email: "anne@acme.example", operator: true });
  const client = new pg.Client(server.databaseUrl);
  await client.connect();
  await client.query("UPDATE session SET last_seen_at = now() - interval '31 minutes' WHERE user_id = $1", [
    user.userId,
  ]);
  await client.end();
  const idle = await callAs(server, { cookie }, "GET", "/v1/account");
  expect(idle.body).toMatchObject({
    status: 401,
    code: "not-authenticated",
    detail: expect.stringContaining("because it was inactive"),
  });
  const stranger = await callAs(server, { cookie: "daybook=dbk_session_x" }, "GET", "/v1/account");
  expect(stranger.body.detail).not.toContain("session has ended");
});
