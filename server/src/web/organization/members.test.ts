/** Members and invitations without scripts: by role, with confirmation, and the text for the only owner. */
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { type SignedInPerson, signedIn } from "../../api/testing/people.ts";
import { type Browse, browserOf, hiddenIn, hostile, turnedRound } from "../testing/browse.ts";

let server: TestServer;
let owner: Browse;
let auditor: Browse;
let designer: Browse;
let anne: SignedInPerson;
let dora: SignedInPerson;

const members = "/orgs/acme/members";

beforeAll(async () => {
  server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  anne = await signedIn(server, { email: "anne@acme.example", organization: "acme" });
  dora = await signedIn(server, { email: "dora@acme.example", organization: "acme", role: "DESIGNER" });
  const odo = await signedIn(server, { email: "odo@acme.example", organization: "acme", role: "AUDITOR" });
  [owner, designer, auditor] = [browserOf(server, anne), browserOf(server, dora), browserOf(server, odo)];
});

/** The number of events of that type in the log. */
async function countOf(type: string): Promise<number> {
  const { body } = await server.call("GET", `/v1/organizations/acme/events?type=${type}`);
  return body.events.length;
}

describe("the list", () => {
  test("an owner sees who is what, and what can be done", async () => {
    const { status, text, html, title } = await owner(members);
    expect([status, title]).toEqual([200, "Members - Daybook"]);
    expect(text).toMatch(/dora dora@acme\.example Designer Never \d+ \w+ \d+/);
    expect(text).toContain("3 people can see this organization.");
    expect(html).toContain(`href="/orgs/acme/people/${dora.user.id}"`);
    expect(text).toContain("anne You");
    expect(html).toContain(`href="${members}/${dora.user.id}/role"`);
    expect(html).toContain(`href="${members}/${dora.user.id}/remove"`);
    expect(html).toContain(`href="${members}/invite"`);
    expect(text).toContain("There are no open invitations.");
  });

  test("is searched by names and addresses; a search that finds nobody says so", async () => {
    const found = await owner(`${members}?q=DORA%40`);
    expect(found.text).toContain("dora dora@acme.example");
    expect(found.text).not.toContain("odo odo@acme.example");
    expect(found.html).toContain('value="DORA@"');
    const none = await owner(`${members}?q=${encodeURIComponent("<b>nobody")}`);
    expect(none.text).toContain("No members match this search. Nothing contains “ <b>nobody ”.");
    expect(none.html).toContain(`href="${members}"`);
    for (const q of ["", "%20", "%00", "%ed%a0%80", "x".repeat(5000)])
      expect((await owner(`${members}?q=${q}`)).status).toBe(200);
  });

  test("an auditor reads it and changes nothing; a designer doesn't see it", async () => {
    const { status, html } = await auditor(members);
    expect(status).toBe(200);
    expect(html).not.toContain("/role");
    expect(html).not.toContain(`${members}/invite`);
    expect((await designer(members)).status).toBe(403);
    for (const browse of [auditor, designer]) {
      expect((await browse(`${members}/invite`)).status).toBe(403);
      expect((await browse(`${members}/invite`, { email: "x@y.example", role: "OWNER" })).status).toBe(403);
      expect((await browse(`${members}/${dora.user.id}/remove`, {})).status).toBe(403);
    }
  });

  test.each(Object.entries(hostile))("a name of %s breaks nothing", async (what, name) => {
    const email = `${what.toLowerCase()}@acme.example`;
    const person = await signedIn(server, { email, name, organization: "acme", role: "CONSUMER" });
    for (const path of [
      members,
      ...["role", "remove"].map((page) => `${members}/${person.user.id}/${page}`),
    ]) {
      const { status, html, text, title } = await owner(path);
      expect([path, status]).toEqual([path, 200]);
      expect(text).toContain(name);
      expect(html).not.toContain("<script>alert");
      expect(title).not.toContain(name.slice(0, 8));
      expect(turnedRound(html)).toEqual([]);
    }
  });
});

describe("a role", () => {
  const page = (): string => `${members}/${dora.user.id}/role`;

  test("is changed on a page of its own that says what each may", async () => {
    const { html, text } = await owner(page());
    expect(text).toContain("Reads, downloads and verifies everything, and changes nothing");
    expect(html).toMatch(/value="DESIGNER" checked/);
    const { status, location } = await owner(page(), {
      role: "CONSUMER",
      version: hiddenIn(html, "version"),
    });
    expect([status, location]).toEqual([303, members]);
    expect(await countOf("NEW_COLLABORATION")).toBe(1);
  });

  test("that somebody else changed meanwhile is told, and nothing is changed", async () => {
    const { html } = await owner(page());
    await server.call("PATCH", `/v1${members.replace("/orgs", "/organizations")}/${dora.user.id}`, {
      role: "DESIGNER",
    });
    const sent = { role: "AUDITOR", version: hiddenIn(html, "version") };
    const { status, text, html: again } = await owner(page(), sent);
    expect(status).toBe(412);
    expect(text).toContain("Someone else changed this role after you opened this page. It is now Designer.");
    expect(again).toMatch(/value="AUDITOR" checked/);
  });

  test("that is none is refused; of who is no member there is no page", async () => {
    const version = hiddenIn((await owner(page())).html, "version");
    const { status, title } = await owner(page(), { role: "<script>", version });
    expect(status).toBe(422);
    expect(title).toMatch(/^Error: Change role/);
    expect((await owner(`${members}/user_nobody/role`)).status).toBe(404);
  });

  test("of the only owner stays", async () => {
    const path = `${members}/${anne.user.id}/role`;
    const version = hiddenIn((await owner(path)).html, "version");
    const { status, text } = await owner(path, { role: "CONSUMER", version });
    expect(status).toBe(409);
    expect(text).toContain("last owner");
  });
});

describe("an end of a membership", () => {
  test("the only owner is told why they can't leave, before they try and after", async () => {
    const { status, text, html } = await owner("/orgs/acme/leave");
    expect(status).toBe(200);
    expect(text).toContain("You are the only owner");
    expect(html).not.toContain(`action="/orgs/acme/leave"`);
    expect((await owner("/orgs/acme/leave", {})).status).toBe(409);
  });

  test("somebody is removed once it was confirmed", async () => {
    const gone = await signedIn(server, {
      email: "gone@acme.example",
      organization: "acme",
      role: "CONSUMER",
    });
    const path = `${members}/${gone.user.id}/remove`;
    expect((await owner(path)).text).toContain("is signed out everywhere");
    expect((await owner(path, { reason: "Left the company" })).location).toBe(members);
    const { body } = await server.call(
      "GET",
      "/v1/organizations/acme/events?type=REMOVE_ORGANIZATION_MEMBER",
    );
    expect(body.events.map(({ reason }: { reason?: string }) => reason)).toEqual(["Left the company"]);
    expect((await owner(path)).status).toBe(404);
  });

  test("who leaves sees nothing of it any more", async () => {
    const person = await signedIn(server, {
      email: "off@acme.example",
      organization: "acme",
      role: "DESIGNER",
    });
    const browse = browserOf(server, person);
    expect((await browse("/orgs/acme/settings")).html).toContain('href="/orgs/acme/leave"');
    expect((await browse("/orgs/acme/leave")).status).toBe(200);
    expect((await browse("/orgs/acme/leave", {})).location).toBe("/account");
    expect((await browse("/orgs/acme/settings")).status).toBe(404);
  });
});

describe("an invitation", () => {
  test("is made with a link that is shown once, listed, and withdrawn", async () => {
    const made = await owner(`${members}/invite`, { email: "new@acme.example", role: "AUDITOR" });
    expect(made.status).toBe(201);
    expect(made.html).toMatch(/\/invitation#dbk_\w+_\w+/);
    expect(made.text).toContain("This server does not send mail");
    const listed = await owner(members);
    expect(listed.text).toMatch(/new@acme\.example Auditor anne , .* Open/);
    expect(listed.html).not.toContain("/invitation#");
    const invitation = hiddenIn(listed.html, "invitation");
    expect((await owner("/orgs/acme/invitations/withdraw", { invitation })).location).toBe(members);
    expect(await countOf("INVITATION_WITHDRAWN")).toBe(1);
    expect((await owner(members)).text).toContain("There are no open invitations.");
  });

  test("of who is a member, or without address or role, is refused, and what was typed is kept", async () => {
    const member = await owner(`${members}/invite`, { email: "dora@acme.example", role: "OWNER" });
    expect(member.status).toBe(409);
    expect(member.text).toContain("This person is already a member of the organization.");
    expect(member.html).toContain('value="dora@acme.example"');
    const empty = await owner(`${members}/invite`, { email: "", role: "OWNER" });
    expect([empty.status, empty.title]).toEqual([422, "Error: Invite someone - Daybook"]);
    expect(empty.html).toMatch(/value="OWNER" checked/);
    const roleless = await owner(`${members}/invite`, { email: "x@acme.example" });
    expect(roleless.text).toContain("Select a role");
  });

  test("twice to the same address is refused in words", async () => {
    const sent = { email: "twice@acme.example", role: "CONSUMER" };
    expect((await owner(`${members}/invite`, sent)).status).toBe(201);
    expect((await owner(`${members}/invite`, sent)).text).toContain("already has an open invitation");
  });
});
