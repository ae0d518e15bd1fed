/** Accepting an invitation without scripts: where it leads, and the messages there. */
import { beforeAll, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { signedIn } from "../../api/testing/people.ts";
import { browserOf } from "../testing/browse.ts";

let server: TestServer;

beforeAll(async () => {
  server = await openServer();
  for (const [slug, name] of [
    ["acme", "Acme"],
    ["globex", "\u202EGlobex"],
  ])
    await server.call("POST", "/v1/organizations", { slug, name });
});

/** The token of an invitation into that organization. */
async function invited(slug: string, email: string): Promise<string> {
  const { body } = await server.call("POST", `/v1/organizations/${slug}/invitations`, {
    email,
    role: "DESIGNER",
  });
  return body.link.split("#")[1];
}

test("who is in another organization already comes to the one that they joined, and is told so once", async () => {
  const carol = await signedIn(server, { email: "carol@acme.example", organization: "acme" });
  const cookie = `${carol.cookie}; daybook-invitation=${await invited("globex", "carol@acme.example")}`;
  const invitation = await browserOf(server, { cookie })("/invitation");
  expect(invitation.html).toMatch(/Join <bdi>.*right-to-left override.*Globex<\/bdi><\/h1>/s);
  const { status, location, cookies } = await browserOf(server, { cookie })("/invitation/accept", {});
  expect([status, location]).toEqual([303, "/orgs/globex/activity"]);
  const next = browserOf(server, { cookie: [carol.cookie, ...cookies].join("; ") });
  // the message appears where they arrive, and nowhere else
  expect((await next("/orgs/acme/activity")).text).not.toContain("You have joined");
  const { html, cookies: after } = await next(location);
  expect(html).toMatch(/You have joined <bdi>.*right-to-left override.*Globex<\/bdi>\./s);
  expect(after).toContain("daybook-said=");
});

test("who makes an account by it comes there too", async () => {
  const cookie = `daybook-invitation=${await invited("globex", "dave@elsewhere.example")}`;
  const { status, location } = await browserOf(server, { cookie })("/invitation/accept", {
    name: "Dave",
    password: "correct horse battery",
  });
  expect([status, location]).toEqual([303, "/orgs/globex/activity"]);
});
