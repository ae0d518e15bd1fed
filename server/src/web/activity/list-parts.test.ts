/** The parts of a list that come later, over HTTP: what each says, to whom, and that a page without scripts has them too. */
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { type SignedInPerson, signedIn } from "../../api/testing/people.ts";
import { type Browse, browserOf } from "../testing/browse.ts";
import { hostile, recordSamples } from "../testing/sample-activity.ts";

let server: TestServer;
const browsers: Record<string, Browse> = {};
const list = "/orgs/acme/activity";

beforeAll(async () => {
  server = await openServer();
  for (const slug of ["acme", "teams", "other"])
    await server.call("POST", "/v1/organizations", { slug, name: slug });
  await recordSamples(server, "acme");
  const events = Array.from({ length: 60 }, (_, n) => ({
    type: "NEW_TEAM",
    actor: { type: "user", id: `u_${n % 2}`, name: `User ${n % 2}` },
    targets: [{ type: "team", id: `t_${n}`, name: `Team ${n}` }],
    data: { teamId: `t_${n}`, team: `Team ${n}` },
    outcome: n % 10 === 0 ? "denied" : "success",
    occurredAt: new Date(Date.parse("2026-03-01T00:00:00Z") + n * 60_000).toISOString(),
  }));
  await server.call("POST", "/v1/organizations/teams/events", { events });
  const people: Record<string, SignedInPerson> = {
    operator: await signedIn(server, { email: "op@example.org", operator: true }),
    OWNER: await signedIn(server, { email: "owner@acme.example", organization: "acme" }),
    CONSUMER: await signedIn(server, { email: "c@acme.example", organization: "acme", role: "CONSUMER" }),
    other: await signedIn(server, { email: "x@other.example", organization: "other" }),
  };
  for (const [who, person] of Object.entries(people)) browsers[who] = browserOf(server, person);
});

const browse = (path: string, who = "operator"): ReturnType<Browse> => (browsers[who] as Browse)(path);
const textOf = async (path: string, who = "operator"): Promise<string> => {
  const { status, text } = await browse(path, who);
  expect(status, path).toBe(200);
  return text.trim();
};
const asWritten = (html: string): string => html.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
/** The link that stands where a part comes. */
const linkTo = (html: string, part: string): string =>
  asWritten(new RegExp(`data-part="${part}"><a href="([^"]*)"`).exec(html)?.[1] ?? "");
const older = (html: string): string => asWritten(/href="([^"]*)" rel="next"/.exec(html)?.[1] ?? "");

describe("the count", () => {
  const teams = "/orgs/teams/activity?type=NEW_TEAM";

  test("says which events of how many, page after page, with and without scripts", async () => {
    let path = teams;
    for (const words of ["1–25 of 60", "26–50 of 60", "51–60 of 60"]) {
      const { html } = await browse(path);
      const link = linkTo(html, "count");
      expect(await textOf(`${link}&part=count`)).toBe(words);
      const whole = await browse(link);
      expect(whole.text).toContain(words);
      expect(whole.html).toMatch(/<link rel="stylesheet" href="\/assets\/list-/);
      expect(whole.html.match(/<article/g)).toHaveLength(words.startsWith("51") ? 10 : 25);
      path = older(html);
    }
  });

  test("is with the filter and the search, of one organization and of all", async () => {
    for (const [path, words] of [
      [`${teams}&actor=user:u_1`, "1–25 of 30"],
      [`${teams}&q=-outcome:denied`, "1–25 of 54"],
      ["/activity?type=NEW_TEAM&q=org:teams", "1–25 of 60"],
    ] as const)
      expect(await textOf(`${linkTo((await browse(path)).html, "count")}&part=count`)).toBe(words);
  });

  test("needs no counting on a page that has all", async () => {
    expect(await textOf(`${teams}&outcome=denied`)).toMatch(/ 6 events /);
    expect((await browse(`${teams}&outcome=failed`)).html).not.toContain('data-part="count"');
  });
});

describe("the breakdown", () => {
  test("has the most frequent values, each with one more filter", async () => {
    const page = await browse("/orgs/teams/activity?type=NEW_TEAM&q=team&view=table");
    const link = linkTo(page.html, "breakdown");
    const { html } = await browse(`${link}&part=breakdown`);
    const text = await textOf(`${link}&part=breakdown`);
    expect(text).toMatch(
      /^Breakdown Of all 60 events Top actors User 0 30 User 1 30 Top types Team created 60/,
    );
    expect(text).toMatch(/Outcomes Success 54 Denied 6$/);
    expect(asWritten(html)).toContain(
      'href="/orgs/teams/activity?q=team&type=NEW_TEAM&view=table&actor=user:u_1"',
    );
    expect((await browse(link)).text).toContain("Of all 60 events");
  });

  test("has addresses for those who may see them, as a search", async () => {
    const { text, html } = await browse(`${list}?part=breakdown`, "OWNER");
    expect(text).toContain("Top addresses 192.0.2.7");
    expect(html).toContain(`href="${list}?q=ip:192.0.2.7"`);
    expect((await browse(`${list}?part=breakdown`, "CONSUMER")).text).not.toContain("192.0.2.7");
    expect(html).not.toContain(hostile);
  });

  test("isn't of all organizations, and of a party's page leaves that party out", async () => {
    expect((await browse("/activity")).html).not.toContain('data-part="breakdown"');
    expect((await browse("/activity?part=breakdown")).status).toBe(404);
    expect(await textOf("/orgs/acme/actors/user/u_17?part=breakdown", "OWNER")).not.toContain("Top actors");
  });
});

describe("suggestions", () => {
  const suggested = async (typed: string, who = "OWNER", path = list): Promise<[string, string[]]> => {
    const { html, text } = await browse(`${path}?typed=${encodeURIComponent(typed)}&part=suggestions`, who);
    const inserts = [...html.matchAll(/data-insert="([^"]*)"/g)].map(([, insert = ""]) => asWritten(insert));
    return [text, inserts];
  };

  test("of nothing and of a beginning: the qualifiers that the reader may use", async () => {
    expect((await suggested(""))[1].slice(0, 3)).toEqual(["actor:", "target:", "type:"]);
    expect((await suggested("x -re"))[1].slice(0, 2)).toEqual(["request:", "recorded-by:"]);
    expect((await suggested("re", "CONSUMER"))[1]).not.toContain("request:");
    expect((await suggested("o"))[1]).toEqual(["outcome:"]);
    expect((await suggested("o", "operator", "/activity"))[1]).toEqual(["outcome:", "org:"]);
  });

  test("of a word: people and things by their names, and types", async () => {
    const [text, inserts] = await suggested("ann");
    expect(text).toContain("Actors Anne Wilson anne@acme.example");
    expect(inserts).toContain("actor:user:u_17");
    expect((await suggested("sandb"))[1]).toContain("target:api_client:client_9");
    expect((await suggested("revoked"))[1]).toContain("type:API_CLIENT_REVOKED");
  });

  test("of a qualifier: its values", async () => {
    expect((await suggested('x actor:"anne w'))[1]).toEqual(["actor:user:u_17"]);
    expect((await suggested('type:"api client'))[1][0]).toMatch(/^type:API_CLIENT_/);
    expect((await suggested("changed:name"))[1]).toContain("changed:/name");
    expect((await suggested("outcome:d"))[1]).toEqual(["outcome:denied"]);
    expect((await suggested("recorded-by:"))[1]).toEqual(["recorded-by:daybook", "recorded-by:others"]);
    expect((await suggested("after:"))[1]).toEqual([]);
  });

  test("say where what they replace begins", async () => {
    const { html } = await browse(
      `${list}?typed=${encodeURIComponent("x -actor:an")}&part=suggestions`,
      "OWNER",
    );
    expect(html).toContain('data-start="3"');
  });
});

test("an event at a glance is for those who may see it, without what they may not see", async () => {
  const { html } = await browse(`${list}?view=table&type=API_CLIENT_ADDED`, "OWNER");
  const paths = [...html.matchAll(/class="db-cell--title" href="([^"]*)"/g)].map(([, path = ""]) => path);
  const texts = await Promise.all(paths.map((path) => textOf(`${path}?part=glance`, "OWNER")));
  expect(texts.join(" ")).toMatch(/Address 192\.0\.2\.7 Browser or program curl\/8\.14 Request r-1/);
  for (const path of paths) {
    expect(await textOf(`${path}?part=glance`, "CONSUMER")).not.toMatch(/192\.0\.2\.7|r-1/);
    expect((await browse(`${path}?part=glance`, "other")).status).toBe(404);
  }
});

test("there is no part of another organization, and none of an unknown name", async () => {
  for (const part of ["count", "breakdown", "suggestions"]) {
    expect((await browse(`${list}?part=${part}`, "other")).status).toBe(404);
    expect((await browse(`${list}?part=${part}`, "OWNER")).status).toBe(200);
  }
  expect((await browse(`${list}?part=all`, "OWNER")).status).toBe(404);
});
