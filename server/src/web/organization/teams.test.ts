/** Teams without scripts: by role, with confirmation, and with hostile names. */
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { type SignedInPerson, signedIn } from "../../api/testing/people.ts";
import { type Browse, browserOf, hiddenIn, hostile, turnedRound } from "../testing/browse.ts";

let server: TestServer;
let owner: Browse;
let auditor: Browse;
let designer: Browse;
let dora: SignedInPerson;

const teams = "/orgs/acme/teams";

beforeAll(async () => {
  server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  const as = async (role: "OWNER" | "DESIGNER" | "AUDITOR"): Promise<SignedInPerson> =>
    signedIn(server, { email: `${role.toLowerCase()}@acme.example`, organization: "acme", role });
  [owner, auditor] = [browserOf(server, await as("OWNER")), browserOf(server, await as("AUDITOR"))];
  dora = await as("DESIGNER");
  designer = browserOf(server, dora);
});

/** The number of events of that type in the log. */
async function countOf(type: string): Promise<number> {
  const { body } = await server.call("GET", `/v1/organizations/acme/events?type=${type}`);
  return body.events.length;
}

/** A new team's page. */
const added = async (name: string, role = "none"): Promise<string> => {
  const { status, location } = await owner(`${teams}/add`, { name, role });
  expect(status).toBe(303);
  return location;
};

describe("the list", () => {
  test("says what to do while there are none, and what each has", async () => {
    const empty = await owner(teams);
    expect([empty.status, empty.title]).toEqual([200, "Teams - Daybook"]);
    expect(empty.text).toContain("There are no teams.");
    const team = await added("Reviewers", "AUDITOR");
    const { text, html } = await owner(teams);
    expect(text).toMatch(/Reviewers Auditor 0 just now/);
    expect(html).toContain(`href="${team}"`);
    expect(html).toContain(`href="${teams}" aria-current="page"`);
  });

  test("an auditor reads and changes nothing; a designer doesn't see it", async () => {
    const team = await added("Only to read");
    for (const path of [teams, team]) {
      const { status, html } = await auditor(path);
      expect([path, status]).toEqual([path, 200]);
      expect(html).not.toMatch(/teams\/add|\/change|\/remove|members\/add/);
      expect((await designer(path)).status).toBe(403);
    }
    for (const browse of [auditor, designer]) {
      for (const path of [`${teams}/add`, `${team}/change`, `${team}/remove`, `${team}/members/add`]) {
        expect([path, (await browse(path)).status]).toEqual([path, 403]);
        expect([path, (await browse(path, {})).status]).toEqual([path, 403]);
      }
      expect((await browse(`${team}/members/remove`, { user: dora.user.id })).status).toBe(403);
    }
  });

  test("nothing is offered that changes it once the organization is closed", async () => {
    await server.call("POST", "/v1/organizations", { slug: "gone", name: "Gone" });
    const last = await signedIn(server, { email: "last@gone.example", organization: "gone" });
    const { body } = await server.call("POST", "/v1/organizations/gone/teams", { name: "Left" });
    await server.call("POST", "/v1/organizations/gone/close");
    for (const path of ["/orgs/gone/teams", `/orgs/gone/teams/${body.id}`])
      expect((await browserOf(server, last)(path)).html).not.toMatch(/teams\/add|\/change|\/remove/);
  });
});

describe("a team", () => {
  test("is refused without a name or with another's; what was typed is kept", async () => {
    const empty = await owner(`${teams}/add`, { name: " ", role: "CONSUMER" });
    expect([empty.status, empty.title]).toEqual([422, "Error: Add team - Daybook"]);
    expect(empty.text).toContain("Enter a team name.");
    expect(empty.html).toMatch(/value="CONSUMER" checked/);
    await added("Twice");
    const twice = await owner(`${teams}/add`, { name: "TWICE", role: "none" });
    expect(twice.status).toBe(409);
    expect(twice.text).toContain("Another team in this organization already has this name.");
    expect(twice.html).toContain('value="TWICE"');
    expect((await owner(`${teams}/add`, { name: "Owners", role: "OWNER" })).status).toBe(422);
    expect((await owner(`${teams}/team_none`)).status).toBe(404);
  });

  test("is renamed and given a role; what somebody else changed meanwhile is told", async () => {
    const team = await added("Billing");
    const { html } = await owner(`${team}/change`);
    const sent = { name: "Payments", role: "AUDITOR", version: hiddenIn(html, "version") };
    expect((await owner(`${team}/change`, sent)).location).toBe(team);
    const { text } = await owner(team);
    expect(text).toContain("Payments");
    expect(text).toContain("Role: Auditor");
    expect([await countOf("TEAM_RENAMED"), await countOf("NEW_COLLABORATION")]).toEqual([1, 2]);
    const stale = await owner(`${team}/change`, { ...sent, name: "Money" });
    expect(stale.status).toBe(412);
    expect(stale.text).toContain("Its name is now \u2068Payments\u2069, and it has the role Auditor");
    expect(stale.html).toContain('value="Money"');
    const again = { ...sent, name: "Money", role: "none", version: hiddenIn(stale.html, "version") };
    expect((await owner(`${team}/change`, again)).location).toBe(team);
    expect((await owner(team)).text).toContain("This team has no role");
  });

  test("is removed once it was confirmed", async () => {
    const team = await added("Short-lived", "DESIGNER");
    expect((await owner(`${team}/remove`)).text).toContain("This team has no members.");
    await owner(`${team}/members/add`, { user: dora.user.id });
    const { text, html } = await owner(`${team}/remove`);
    expect(text).toContain("1 person is in this team.");
    expect(text).toContain("but lose the team's role: Designer.");
    await owner(`${team}/change`, { name: "Shorter", role: "none", version: hiddenIn(html, "version") });
    const stale = await owner(`${team}/remove`, { version: hiddenIn(html, "version") });
    expect([stale.status, (await owner(team)).status]).toEqual([412, 200]);
    const version = hiddenIn(stale.html, "version");
    const long = await owner(`${team}/remove`, { version, reason: "é".repeat(2049) });
    expect([long.status, long.text]).toEqual([422, expect.stringContaining("Reason must be 4,096 bytes")]);
    expect((await owner(`${team}/remove`, { version, reason: " Ticket 43 " })).location).toBe(teams);
    expect((await owner(team)).status).toBe(404);
    expect(await countOf("REMOVE_TEAM")).toBe(1);
    const { body } = await server.call("GET", "/v1/organizations/acme/events?type=REMOVE_TEAM");
    expect(body.events[0].reason).toBe("Ticket 43");
  });

  test("gets members of the organization, who are offered no more, and loses them", async () => {
    const team = await added("Writers");
    expect((await owner(team)).text).toContain("This team has no members.");
    expect((await owner(`${team}/members/add`)).text).toContain("designer@acme.example, Designer");
    const nobody = await owner(`${team}/members/add`, {});
    expect([nobody.status, nobody.title]).toEqual([422, "Error: Add members to team - Daybook"]);
    expect(nobody.text).toContain("Select who to add");
    expect((await owner(`${team}/members/add`, { user: dora.user.id })).location).toBe(team);
    expect((await owner(team)).text).toMatch(/designer designer@acme\.example Remove/);
    expect((await owner(`${team}/members/add`)).html).not.toContain(`value="${dora.user.id}"`);
    expect((await owner(`${team}/members/add`, { user: "user_none" })).status).toBe(404);
    expect((await owner(`${team}/members/remove`, { user: dora.user.id })).location).toBe(team);
    expect((await owner(team)).text).toContain("This team has no members.");
    expect([await countOf("NEW_TEAM_MEMBER"), await countOf("REMOVE_TEAM_MEMBER")]).toEqual([2, 1]);
  });

  test.each(Object.entries(hostile))("a name of %s breaks nothing", async (what, name) => {
    const team = await added(name);
    const email = `${what.toLowerCase()}@acme.example`;
    const { user } = await signedIn(server, { email, name, organization: "acme", role: "CONSUMER" });
    expect(turnedRound((await owner(`${team}/members/add`)).html)).toEqual([]);
    await owner(`${team}/members/add`, { user: user.id });
    for (const path of [teams, team, `${team}/change`, `${team}/remove`, `${team}/members/add`]) {
      const { status, html, text, title } = await owner(path);
      expect([path, status]).toEqual([path, 200]);
      expect(text).toContain(name);
      expect(html).not.toContain("<script>alert");
      expect(title).not.toContain(name.slice(0, 8));
      expect(turnedRound(html)).toEqual([]);
    }
    const stale = await owner(`${team}/change`, { name: "Changed", role: "none", version: "" });
    expect([stale.status, turnedRound(stale.html)]).toEqual([412, []]);
  });
});
