/** The page of a person over HTTP: members, former members, users of other systems; and what each reader sees of them. */
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { callAs, type SignedInPerson, signedIn } from "../../api/testing/people.ts";
import { wordsOf } from "../testing/browse-clients.ts";
import { hostile } from "../testing/sample-activity.ts";

let server: TestServer;
let owner: SignedInPerson;
let bob: SignedInPerson;
let consumer: SignedInPerson;

const org = "/v1/organizations/acme";
const html = { accept: "text/html" };

beforeAll(async () => {
  server = await openServer();
  for (const slug of ["acme", "other"])
    await server.call("POST", "/v1/organizations", { slug, name: `The ${slug}` });
  owner = await signedIn(server, { email: "anne@acme.example", name: "Anne Wilson", organization: "acme" });
  bob = await signedIn(server, {
    email: "bob@acme.example",
    name: "Bob Reed",
    organization: "acme",
    role: "DESIGNER",
  });
  consumer = await signedIn(server, { email: "carl@acme.example", organization: "acme", role: "CONSUMER" });
});

const look = async (id: string, who = owner, more = ""): Promise<{ text: string; words: string }> => {
  const path = `/orgs/acme/people/${encodeURIComponent(id)}${more}`;
  const { status, text } = await callAs(server, who, "GET", path, undefined, html);
  expect(status, text).toBe(200);
  return { text, words: wordsOf(text) };
};
const record = async (event: object, slug = "acme"): Promise<string> => {
  const { status, body, text } = await server.call("POST", `/v1/organizations/${slug}/events`, event);
  expect(status, text).toBe(201);
  return body.receipts[0].id;
};
const ada = { type: "user", id: "u_17", name: "Ada King", email: "ada@elsewhere.example" };
const team = (name: string, more: object = {}): object => ({
  type: "NEW_TEAM",
  actor: ada,
  targets: [{ type: "team", id: name, name }],
  data: { teamId: name, team: name },
  ...more,
});

describe("a member's page", () => {
  test("says who they are and what they may do now, by role, teams and tokens", async () => {
    const { body: writers } = await server.call("POST", `${org}/teams`, { name: "Writers", role: "AUDITOR" });
    await server.call("PUT", `${org}/teams/${writers.id}/members/${bob.user.id}`);
    const expiresOn = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
    const added = await callAs(server, bob, "POST", "/v1/account/tokens", { name: "Nightly", expiresOn });
    const gone = await callAs(server, bob, "POST", "/v1/account/tokens", { name: "Gone", expiresOn });
    await callAs(server, bob, "DELETE", `/v1/account/tokens/${gone.body.id}`);
    const { text, words } = await look(bob.user.id);
    expect(words).toMatch(/Person Bob Reed Designer of The acme , a member since \d+ \w+ \d{4}/);
    expect(words).toMatch(/Email address bob@ ?acme ?\.example/);
    expect(words).toMatch(/Role Designer Reads the activity log; .* Change role/);
    expect(text).toContain(`href="/orgs/acme/members/${bob.user.id}/role"`);
    expect(words).toContain("Teams Writers , with the role Auditor");
    expect(words).toContain(`Personal tokens ${added.body.tokenPrefix}… , works until`);
    expect(words.split("What they did")[0]).not.toContain(gone.body.tokenPrefix);
    expect(text).not.toContain("Nightly");
    expect(text).toMatch(/<title>Person - Daybook/);
  });

  test("shows a token that works, however many were made and removed since", async () => {
    const expiresOn = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
    const kept = await callAs(server, bob, "POST", "/v1/account/tokens", { name: "Kept", expiresOn });
    for (let n = 0; n < 51; n++) {
      const { body } = await callAs(server, bob, "POST", "/v1/account/tokens", { name: `n${n}`, expiresOn });
      await callAs(server, bob, "DELETE", `/v1/account/tokens/${body.id}`);
    }
    expect((await look(bob.user.id)).words).toContain(`${kept.body.tokenPrefix}… , works until`);
  });

  test("tells what they did from what others did to them, with links to all of it", async () => {
    await callAs(server, owner, "PATCH", `${org}/members/${bob.user.id}`, { role: "AUDITOR" });
    await callAs(server, bob, "GET", `${org}/audit-log.csv`);
    const { text, words } = await look(bob.user.id);
    const [, did = "", undergone = ""] = /What they did(.*)What others did to them(.*)/.exec(words) ?? [];
    expect(did).toContain("Audit log downloaded");
    expect(did).not.toContain("Role changed");
    expect(undergone).toContain("Anne Wilson");
    expect(undergone).not.toContain("Personal token added");
    for (const name of ["actor", "target"])
      expect(text).toContain(`href="/orgs/acme/activity?q=${name}:user:${bob.user.id}"`);
    expect(text).toContain(`href="/orgs/acme/people/${owner.user.id}"`);
  });

  test("has the last sign-in, and from where", async () => {
    const { text, words } = await look(bob.user.id);
    expect(words).toContain("Last sign-in None in this log");
    expect(words).toMatch(/From where .* 127\.0\.0\.1 \d+ /);
    expect(text).toContain('href="/orgs/acme/activity?q=ip:127.0.0.1"');
  });

  test("is reached from the lists of members, of a team's members, and of what they did", async () => {
    const link = `href="/orgs/acme/people/${bob.user.id}"`;
    const { body } = await server.call("GET", `${org}/teams`);
    const lists = ["/members", `/teams/${body.teams[0].id}`, `/actors/user/${bob.user.id}`];
    for (const path of lists.map((end) => `/orgs/acme${end}`))
      expect((await callAs(server, owner, "GET", path, undefined, html)).text).toContain(link);
  });

  test("of one's own leads to the account, and offers no other role", async () => {
    const { text, words } = await look(owner.user.id);
    expect(words).toContain("All your tokens");
    expect(text).not.toContain(`/members/${owner.user.id}/role`);
  });

  test("keeps reports of others apart", async () => {
    const { id, name } = owner.user;
    await record(team("Claimed", { actor: { type: "user", id, name } }));
    const { words } = await look(id);
    const [before = "", ...after] = words.split("Reported by others");
    const reported = after.join();
    expect(before).not.toContain("Claimed");
    expect(reported).toMatch(/Team created Recorded by the operator token Anne Wilson .*Claimed/);
  });
});

describe("someone who was a member", () => {
  test("still has a page, which says since when they are none, and why", async () => {
    const eve = await signedIn(server, { email: "eve@acme.example", name: "Eve", organization: "acme" });
    await callAs(server, eve, "POST", `${org}/teams`, { name: "Eve's" });
    await callAs(server, owner, "DELETE", `${org}/members/${eve.user.id}`);
    for (const reader of [owner, consumer]) {
      const { text, words } = await look(eve.user.id, reader);
      expect(words).toMatch(/Eve No longer a member since \d+ \w+ \d{4} at \S+ : they were removed\./);
      expect(words).not.toContain("What they may do now");
      expect(words).toMatch(/What they did .* Team created .*What others did to them .* Member removed/);
      expect(text).toMatch(/href="\/orgs\/acme\/events\/[\w-]+"><time[^>]*>\d+ \w+ \d{4} at/);
    }
  });
});

describe("a user of another system", () => {
  test("has a page of what the log knows", async () => {
    await record(team("First", { context: { ip: "192.0.2.7", userAgent: "curl/8.14" } }));
    await record(team("Second", { context: { ip: "192.0.2.7", userAgent: "curl/8.15" } }));
    await record(team("Third", { context: { ip: "2001:db8::1" }, outcome: "denied" }));
    const { text, words } = await look("u_17");
    expect(words).toContain("Ada King They have no account in Daybook.");
    expect(words).toMatch(/Email address ada@ ?elsewhere ?\.example Id u_17 Last event/);
    expect(words).not.toMatch(/What they may do now|Last sign-in|Reported by others/);
    expect(words).toMatch(/Tried to create a team Recorded by the operator token Third Denied/);
    expect(words).toMatch(/2001:db8::1 1 .* 192\.0\.2\.7 2 .* curl\/8\.15/);
    expect(text).toContain('href="/orgs/acme/activity?q=ip:2001:db8::1"');
  });

  test("shows addresses only to readers who see the context of events", async () => {
    const { words } = await look("u_17", consumer);
    expect(words).toContain("Ada King");
    expect(words).not.toMatch(/From where|192\.0\.2\.7|curl/);
  });

  test("of whom there is nothing has a page that says so", async () => {
    const { words } = await look("u_nobody");
    expect(words).toContain("This log has no event of theirs that you can see.");
    expect(words).toContain("Last event Not in this log");
    expect(words).toContain("None of their events here has an address.");
  });

  test("can have any id and name", async () => {
    const id = `a/b c?${hostile}`;
    await record(team("Odd", { actor: { type: "user", id, name: hostile } }));
    const { text } = await look(id);
    expect(text).not.toContain(hostile);
    expect(text).toContain(
      `href="/orgs/acme/activity?actor=user:${encodeURIComponent(id).replaceAll("%3A", ":")}"`,
    );
    const long = await callAs(server, owner, "GET", `/orgs/acme/people/${"x".repeat(2000)}`, undefined, html);
    expect(long.status).toBe(404);
  });
});

describe("what a reader may not see is not there:", () => {
  test("roles, teams and tokens, for readers who see no members", async () => {
    const { text, words } = await look(bob.user.id, consumer);
    expect(words).not.toMatch(/What they may do now|Writers , with|a member since|dbk_pat_\w+… , works/);
    expect(text).not.toContain("/members/");
  });

  test("events and memberships of another organization", async () => {
    await record(team("Elsewhere"), "other");
    const { words } = await look("u_17");
    expect(words).not.toContain("Elsewhere");
    const stranger = await signedIn(server, { email: "x@other.example", organization: "other" });
    const theirs = await callAs(server, stranger, "GET", "/orgs/acme/people/u_17", undefined, html);
    expect(theirs.status).toBe(404);
    const mine = await callAs(server, stranger, "GET", `/orgs/other/people/${bob.user.id}`, undefined, html);
    expect(wordsOf(mine.text)).toContain("They are not a member of The other");
    expect(mine.text).not.toMatch(/Bob|bob@/);
  });

  test("events of other targets, for a viewer of one", async () => {
    await record(team("Visible"));
    const onlyTarget = { type: "team", id: "Visible" };
    const wanted = { organization: "acme", role: "OWNER", viewer: { id: "c_7" }, onlyTarget };
    const { body } = await server.call("POST", "/v1/viewer-sessions", wanted);
    const headers = { ...html, authorization: `Bearer ${body.token}` };
    const { status, text } = await server.call("GET", "/orgs/acme/people/u_17", undefined, headers);
    expect(status).toBe(200);
    expect(wordsOf(text)).toContain("Visible");
    expect(wordsOf(text)).not.toMatch(/First|Second|Third/);
  });
});
