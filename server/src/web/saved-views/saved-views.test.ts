/** Saved views on pages: the line above the list, the forms without scripts, the list, deleting, frames, and hostile names. */
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { signedIn } from "../../api/testing/people.ts";
import { type Browse, browserOf, hiddenIn, hostile, turnedRound } from "../testing/browse.ts";

let server: TestServer;
const browsers: Record<string, Browse> = {};
beforeAll(async () => {
  server = await openServer();
  for (const slug of ["acme", "hostile", "shown"])
    await server.call("POST", "/v1/organizations", { slug, name: slug });
  for (const organization of ["acme", "hostile", "shown"])
    for (const role of ["OWNER", "CONSUMER"] as const) {
      const email = `${role}@${organization}.example`;
      browsers[`${organization} ${role}`] = browserOf(
        server,
        await signedIn(server, { email, organization, role }),
      );
    }
});

const list = "/orgs/acme/activity";
const as = (who: string, ...call: Parameters<Browse>): ReturnType<Browse> =>
  (browsers[who] as Browse)(...call);
const rowOf = (html: string): string => /<nav class="db-views.*?<\/nav>/s.exec(html)?.[0] ?? "";
const linksIn = (html: string): [string, string][] =>
  [...rowOf(html).matchAll(/href="([^"]*)"[^>]*>([^<]*)</g)].map(([, href = "", text = ""]) => [
    text,
    href.replaceAll("&amp;", "&"),
  ]);
const fields = { name: "", forEveryone: "no", q: "", period: "", layout: "cards" };

test("without views and without a search, the list has no line for them", async () => {
  expect(rowOf((await as("acme CONSUMER", list)).html)).toBe("");
});

test("a search is saved without scripts, marked in the line, changed, and deleted after a confirmation", async () => {
  const owner = (...call: Parameters<Browse>): ReturnType<Browse> => as("acme OWNER", ...call);
  const query = "?q=-outcome:success&type=NEW_TEAM&period=7d&view=table";
  const offered = linksIn((await owner(list + query)).html);
  expect(offered).toEqual([["Save view", `/orgs/acme/views/add${query}`]]);
  const form = await owner(offered[0]![1]);
  expect(form.text).toContain("Type: NEW_TEAM");
  const typed = { ...fields, name: "Refused", forEveryone: "yes", q: "-outcome:success", period: "7d" };
  const saved = await owner("/orgs/acme/views/add", { ...typed, layout: "table", filters: "type=NEW_TEAM" });
  expect([saved.status, saved.location]).toEqual([303, list + query]);
  const shown = await owner(saved.location);
  expect(linksIn(shown.html)).toEqual([
    ["All views", "/orgs/acme/views"],
    ["Refused", list + query],
  ]);
  expect(rowOf(shown.html)).toMatch(/aria-current="true"[^>]*>Refused/);
  // another search can be saved, and nothing is marked
  const other = rowOf((await owner(`${list}?q=team`)).html);
  expect(other).toContain("Save view");
  expect(other).not.toContain("aria-current");

  const all = await owner("/orgs/acme/views");
  expect(all.text).toContain("-outcome:success · Type: NEW_TEAM · Last 7 days · Table");
  const change = /href="(\/orgs\/acme\/views\/view_\w+\/change)"/.exec(all.html)?.[1] ?? "";
  const version = hiddenIn((await owner(change)).html, "version");
  const changed = await owner(change, { ...typed, name: "Denied", q: "outcome:denied", version });
  expect(changed.location).toBe(`${list}?q=outcome:denied&period=7d`);
  const stale = await owner(change, { ...typed, name: "Late", version });
  expect([stale.status, stale.text.includes("Someone else changed this view")]).toEqual([412, true]);

  const remove = change.replace("/change", "/delete");
  const asked = await owner(remove);
  expect(asked.text).toContain("It disappears for everyone in the organization.");
  const done = await owner(remove, { version: hiddenIn(asked.html, "version") });
  expect([done.status, done.location]).toEqual([303, "/orgs/acme/views"]);
  expect((await owner("/orgs/acme/views")).text).toContain("There are no saved views.");
});

test("a refused form appears again with its values, and the error at its field", async () => {
  const sent = { ...fields, name: "Open", q: 'actor:"Grace' };
  const { status, html, text } = await as("acme CONSUMER", "/orgs/acme/views/add", sent);
  expect(status).toBe(400);
  expect(html).toContain('value="actor:&quot;Grace"');
  expect(text).toContain("Error: The search");
  const nameless = await as("acme CONSUMER", "/orgs/acme/views/add", fields);
  expect(nameless.text).toContain("Enter a view name.");
});

test("a member saves for themselves; sharing is not offered, and refused", async () => {
  expect((await as("acme CONSUMER", "/orgs/acme/views/add?q=x")).html).not.toContain(
    'type="radio" name="forEveryone"',
  );
  const refused = await as("acme CONSUMER", "/orgs/acme/views/add", {
    ...fields,
    name: "Ours",
    forEveryone: "yes",
  });
  expect(refused.status).toBe(403);
  await as("acme CONSUMER", "/orgs/acme/views/add", { ...fields, name: "Mine", q: "team" });
  expect(rowOf((await as("acme CONSUMER", list)).html)).toContain("Mine");
  expect(rowOf((await as("acme OWNER", list)).html)).toBe("");
});

test("a view about context shows the usual refusal to those who don't see it", async () => {
  const own = { ...fields, name: "By address", forEveryone: "yes", q: "ip:192.0.2.0/24" };
  await as("shown OWNER", "/orgs/shown/views/add", own);
  const links = new Map(linksIn((await as("shown CONSUMER", "/orgs/shown/activity")).html));
  const { status, text } = await as("shown CONSUMER", links.get("By address") ?? "");
  expect(status).toBe(200);
  expect(text).toContain("which you may not see");
});

describe("in frames", () => {
  const opened = async (onlyTarget?: object): Promise<string> => {
    const body = { organization: "shown", role: "CONSUMER", viewer: { id: "v_1" }, onlyTarget };
    const { token, id } = (await server.call("POST", "/v1/viewer-sessions", body)).body;
    const html = { accept: "text/html", cookie: "" };
    const entered = await server.call("POST", "/view", `token=${token}&zone=`, {
      ...html,
      "content-type": "application/x-www-form-urlencoded",
      "sec-fetch-site": "same-origin",
    });
    const cookie = entered.headers
      .getSetCookie()
      .map((each) => each.split(";", 1)[0])
      .join("; ");
    const shown = await server.call("GET", `/view/${id}/orgs/shown/activity`, undefined, { ...html, cookie });
    expect(shown.status).toBe(200);
    return rowOf(shown.text);
  };

  test("viewers of the whole log see the shared views, and save none; those of one target see none", async () => {
    const row = await opened();
    expect(row).toContain("By address");
    expect(row).not.toMatch(/Save view|All views/);
    expect(await opened({ type: "team", id: "t_1" })).toBe("");
  });
});

describe("hostile names", () => {
  test.each(Object.entries(hostile))("%s", async (_, name) => {
    const sent = { ...fields, name, q: `team ${name.slice(0, 100)}`, forEveryone: "yes" };
    const saved = await as("hostile OWNER", "/orgs/hostile/views/add", sent);
    expect(saved.status).toBe(303);
    for (const path of ["/orgs/hostile/activity", "/orgs/hostile/views", saved.location]) {
      const { status, html } = await as("hostile OWNER", path);
      expect(status).toBe(200);
      expect(html).not.toContain("<script>alert");
      expect(turnedRound(html)).toEqual([]);
    }
  });
});
