/** The settings page without scripts: details and Download logs, by role; concurrent changes; hostile texts. */
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { callAs, type SignedInPerson, signedIn } from "../../api/testing/people.ts";
import { type Browse, browserOf, hiddenIn, hostile, turnedRound } from "../testing/browse.ts";
import { fileChoices } from "./file-choices.ts";

let server: TestServer;
let anOwner: SignedInPerson;
let owner: Browse;
let designer: Browse;
let auditor: Browse;
let stranger: Browse;

const settings = "/orgs/acme/settings";
const details = { name: "Acme", description: "", email: "", location: "", website: "" };

beforeAll(async () => {
  server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  const as = (role: "OWNER" | "DESIGNER" | "AUDITOR"): Promise<SignedInPerson> =>
    signedIn(server, { email: `${role.toLowerCase()}@acme.example`, organization: "acme", role });
  anOwner = await as("OWNER");
  owner = browserOf(server, anOwner);
  designer = browserOf(server, await as("DESIGNER"));
  auditor = browserOf(server, await as("AUDITOR"));
  stranger = browserOf(server, await signedIn(server, { email: "zoe@elsewhere.example" }));
});

test("whoever reads there finds the organization's event types, which lead back", async () => {
  for (const browse of [owner, designer, auditor]) {
    expect((await browse(settings)).html).toContain('href="/orgs/acme/event-types"');
    expect((await browse("/orgs/acme/event-types")).html).toContain(`href="${settings}"`);
  }
});

describe("Download logs", () => {
  test("an owner and an auditor have the button, with All times UTC beside it", async () => {
    for (const browse of [owner, auditor]) {
      const { status, text, html } = await browse(settings);
      expect(status).toBe(200);
      expect(text).toContain("Download logs All times UTC");
      expect(html).toContain(`<form method="get" action="${settings}/download"`);
    }
  });

  test("the button leads to the file, for 90 days where nothing else is chosen", async () => {
    const { status, location } = await owner(`${settings}/download?range=90-days&type=&format=quotes`);
    expect([status, location]).toEqual([303, "/v1/organizations/acme/audit-log.csv"]);
    const file = await owner(location);
    expect(file.status).toBe(200);
    expect(file.html).toMatch(/^AUTHOR,ORGANIZATION,EVENT_TYPE,DATA,TIME\r\n/);
  });

  test("days, type and format go into the address of the file, the last day included", async () => {
    const query =
      "range=dates&from-day=1&from-month=5&from-year=2026&to-day=31&to-month=5&to-year=2026&type=NEW_TEAM&format=json";
    const { location } = await owner(`${settings}/download?${query}`);
    expect(location).toBe(
      "/v1/organizations/acme/audit-log.csv?from=2026-05-01&to=2026-05-31&type=NEW_TEAM&data=json",
    );
    expect((await owner(location)).status).toBe(200);
  });

  test("each format of the list is offered once, CSV for spreadsheets first; its address gives the file", async () => {
    const { html, text } = await owner(settings);
    const offered = [...html.matchAll(/<input [^>]*name="format"[^>]*>/g)].map(([input]) => ({
      value: /value="(\w+)"/.exec(input)?.[1] ?? "",
      isChosen: input.includes(" checked"),
    }));
    const chosen = fileChoices.map(({ value }, at) => ({ value, isChosen: at === 0 }));
    expect(offered).toEqual(chosen);
    expect(chosen[0]?.value).toBe("spreadsheet");
    for (const { value, format, text: name, hint } of fileChoices) {
      expect(text).toContain(name);
      expect(text).toContain(hint);
      const { location } = await owner(`${settings}/download?format=${value}`);
      const { status, headers } = await callAs(server, anOwner, "GET", location);
      expect([status, headers.get("content-type")]).toEqual([200, format.contentType]);
    }
  });

  test("what is wrong is said at its field, and what was typed is kept", async () => {
    const query =
      "range=dates&from-day=31&from-month=2&from-year=2026&format=nonsense&type=<script>&type=NEW_TEAM&actor=anne";
    const { status, title, html, text } = await owner(`${settings}/download?${query}`);
    expect(status).toBe(422);
    expect(title).toMatch(/^Error: Settings/);
    expect(text).toContain("First day must be a real date");
    expect(text).toContain("Select a format");
    expect(text).toContain("Select event types from the list");
    expect(text).toContain("Enter an actor as type and id, like user:u_17");
    expect(html).toMatch(/<input [^>]*id="actor"[^>]* value="anne"/);
    // the first of all that there are
    expect(html).toMatch(/<input [^>]*id="type"[^>]* value="NEW_TEAM" checked/);
    expect(html).toContain('value="31"');
    expect(html).toContain('<details class="govuk-details" open');
    expect(html).not.toContain("type=<script>");
  });

  test("several types, an outcome, an actor and a target narrow the file", async () => {
    expect((await owner(settings)).text).toMatch(/More filters .*Outcome .*Actor .*Target /);
    const query =
      "range=90-days&type=NEW_TEAM&type=REMOVE_TEAM&outcome=success&actor=user:u_1&target=&format=quotes";
    const { location } = await owner(`${settings}/download?${query}`);
    expect(location).toBe(
      "/v1/organizations/acme/audit-log.csv?type=NEW_TEAM&type=REMOVE_TEAM&outcome=success&actor=user%3Au_1",
    );
    expect((await owner(location)).status).toBe(200);
  });

  test("a value with characters that HTML can't hold comes back with their names", async () => {
    const refused = await owner(`${settings}/download?actor=user:%00%01`);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('value="user:[null character][control character]"');
    expect(refused.html).not.toMatch(/(?![\t\n\f\r])\p{Cc}/u);
  });

  test("a context that is none is refused, not dropped", async () => {
    const refused = await owner(`${settings}/download?context=yes`);
    expect([refused.status, refused.text]).toEqual([
      422,
      expect.stringContaining("Select whether to include the origin of events"),
    ]);
  });

  test("a designer is told why not and who can; the file's address refuses them", async () => {
    const { text, html } = await designer(settings);
    expect(text).toContain("You cannot download logs. Your role here is Designer.");
    expect(text).toContain("Only owners, auditors and Daybook operators can");
    expect(text).toMatch(/or for the auditor role: owner /);
    expect(html).not.toContain("/settings/download");
    const { location } = await designer(`${settings}/download`);
    expect((await designer(location)).status).toBe(403);
  });

  test("a stranger is told nothing of the organization", async () => {
    for (const path of [settings, `${settings}/download`, `${settings}/details`, "/orgs/acme/leave"])
      expect([path, (await stranger(path)).status]).toEqual([path, 404]);
  });
});

describe("details", () => {
  test("only owners find the form; for others the details are to be read", async () => {
    expect((await owner(settings)).html).toContain(`href="${settings}/details"`);
    for (const browse of [designer, auditor]) {
      expect((await browse(settings)).html).not.toContain(`href="${settings}/details"`);
      expect((await browse(`${settings}/details`)).status).toBe(403);
      expect((await browse(`${settings}/details`, { ...details, version: "1" })).status).toBe(403);
    }
  });

  test("a change is saved, said once, and in the log", async () => {
    const version = hiddenIn((await owner(`${settings}/details`)).html, "version");
    const sent = { ...details, version, location: "Leeds", website: "https://acme.example" };
    const { status, location } = await owner(`${settings}/details`, sent);
    expect([status, location]).toEqual([303, settings]);
    const { text, html } = await owner(settings);
    expect(text).toContain("Leeds");
    expect(html).toContain('href="https://acme.example"');
    const { body } = await server.call("GET", "/v1/organizations/acme/events?type=ORGANIZATION_CHANGE");
    expect(body.events).toHaveLength(1);
  });

  test("what somebody else changed meanwhile is told beside what was typed, and saved by the second try", async () => {
    const version = hiddenIn((await owner(`${settings}/details`)).html, "version");
    await server.call("PATCH", "/v1/organizations/acme/settings", { location: "York" });
    const typed = { ...details, version, location: "Hull" };
    const refused = await owner(`${settings}/details`, typed);
    expect(refused.status).toBe(412);
    expect(refused.text).toContain("Someone else changed the details after you opened this page");
    expect(refused.text).toContain("Current value: York");
    expect(refused.html).toContain('value="Hull"');
    const again = hiddenIn(refused.html, "version");
    expect((await owner(`${settings}/details`, { ...typed, version: again })).status).toBe(303);
    expect((await owner(settings)).text).toContain("Hull");
  });

  test.each(Object.entries(hostile))("%s in every field breaks nothing", async (_, text) => {
    const version = hiddenIn((await owner(`${settings}/details`)).html, "version");
    const typed = { name: text, description: `${text}\n${text}`, email: "", location: text, website: "" };
    expect((await owner(`${settings}/details`, { ...typed, version })).status).toBe(303);
    const page = await owner(settings);
    expect(page.status).toBe(200);
    expect(page.text).toContain(text.replace(/\s+/g, " "));
    expect(page.html).not.toContain("<script>alert");
    expect(page.title).not.toContain(text.slice(0, 8));
    expect(turnedRound(page.html)).toEqual([]);
    const asIfStale = await owner(`${settings}/details`, { ...typed, name: "Acme", version: "1" });
    expect([asIfStale.status, turnedRound(asIfStale.html)]).toEqual([412, []]);
    const leaving = await designer("/orgs/acme/leave");
    expect([leaving.status, turnedRound(leaving.html)]).toEqual([200, []]);
    const wrong = await owner(`${settings}/details`, { ...typed, website: text, email: text, version });
    expect(wrong.status).toBe(422);
    expect(wrong.title).toMatch(/^Error: /);
    expect(wrong.html).not.toContain("<script>alert");
  });
});

test("Daybook's own organization can be looked at by operators, and nothing is offered that changes it", async () => {
  const operator = browserOf(server, await signedIn(server, { email: "op@daybook.example", operator: true }));
  const shown = await operator("/orgs/daybook/settings");
  expect(shown.text).toContain("Download logs All times UTC");
  expect(shown.text).not.toContain("can change these details");
  expect(shown.html).not.toContain("/settings/details");
  for (const [page, offer] of [
    ["members", "members/invite"],
    ["teams", "teams/add"],
  ]) {
    const { status, text, html } = await operator(`/orgs/daybook/${page}`);
    expect([page, status, html.includes(`/orgs/daybook/${offer}`)]).toEqual([page, 200, false]);
    expect(text).toContain("This organization can’t be changed.");
    expect((await operator(`/orgs/daybook/${offer}`)).location).toBe(`/orgs/daybook/${page}`);
  }
  expect((await operator("/orgs/daybook/settings/details")).location).toBe("/orgs/daybook/settings");
});

test("in a closed organization the log can be downloaded, and nothing is offered that changes it", async () => {
  await server.call("POST", "/v1/organizations", { slug: "gone", name: "Gone" });
  const last = await signedIn(server, { email: "last@gone.example", organization: "gone" });
  await server.call("POST", "/v1/organizations/gone/close");
  const { text, html } = await browserOf(server, last)("/orgs/gone/settings");
  expect(text).toContain("This organization is closed");
  expect(text).toContain("Download logs All times UTC");
  expect(html).not.toContain("/settings/details");
  expect(html).not.toContain("/leave");
});
