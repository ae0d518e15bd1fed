/** The surroundings of an activity list over HTTP: its chart, and its address for programs. */
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { callAs, type SignedInPerson, signedIn } from "../../api/testing/people.ts";
import { readQuestion } from "./question.ts";
import { type Spreading, spreadOf } from "./spread.ts";

const hour = 3_600_000;
const day = 24 * hour;
const list = "/orgs/acme/activity";
const berlin = "daybook-zone=Europe%2FBerlin";

let server: TestServer;
const people: Record<string, SignedInPerson> = {};

const names = ["none", "first", "second", "third", "fourth", "fifth"];

beforeAll(async () => {
  server = await openServer();
  for (const slug of ["acme", "empty"]) await server.call("POST", "/v1/organizations", { slug, name: slug });
  const events = [
    "2025-01-10T12:00:00Z",
    "2026-03-28T22:30:00Z",
    "2026-03-28T23:30:00Z",
    "2026-03-29T21:30:00Z",
    "2026-03-29T22:30:00Z",
    "2026-04-25T10:00:00Z",
  ].map((occurredAt, n) => teamAt(occurredAt, `Wow! "${names[n]}" <script>`));
  const { status, text } = await server.call("POST", "/v1/organizations/acme/events", { events });
  if (status !== 201) throw new Error(text);
  await server.services.followers.now();
  people.anne = await signedIn(server, {
    email: "anne@acme.example",
    organization: "acme",
    role: "CONSUMER",
  });
  people.operator = await signedIn(server, { email: "op@example.org", operator: true });
});

const teamAt = (occurredAt: string, name: string): Record<string, unknown> => ({
  type: "NEW_TEAM",
  actor: { type: "user", id: "u_1" },
  targets: [{ type: "team", id: `t!${name}`, name }],
  data: { teamId: "t_1", team: name },
  occurredAt,
});

async function page(path: string, { who = "anne", zone = "" } = {}): Promise<string> {
  const { cookie } = people[who] as SignedInPerson;
  const headers = { accept: "text/html", cookie: zone === "" ? cookie : `${cookie}; ${zone}` };
  const { status, text } = await server.call("GET", path, undefined, headers);
  expect(status, path).toBe(200);
  return text;
}
const asWritten = (html: string): string =>
  html.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&amp;", "&");
const barsOf = (html: string): { words: string; href: string }[] =>
  [...html.matchAll(/<a class="db-histogram__bar" href="([^"]*)">.*?__words">([^<]*)</g)].map(
    ([, href = "", words = ""]) => ({ words, href: asWritten(href) }),
  );
const cardsOf = (html: string): number => html.match(/<article/g)?.length ?? 0;

describe("the chart", () => {
  test("has days of the reader's zone, newest first, and each leads to as many events as it says", async () => {
    const bars = barsOf(await page(`${list}?from=2026-03-20&to=2026-04-10`, { zone: berlin }));
    expect(bars.map(({ words }) => words)).toEqual([
      "1 event on 30 March 2026",
      "2 events on 29 March 2026",
      "1 event on 28 March 2026",
    ]);
    expect(bars[1]?.href).toBe(`${list}?from=2026-03-29&to=2026-03-29`);
    for (const [n, { href }] of bars.entries())
      expect(cardsOf(await page(href, { zone: berlin }))).toBe([1, 2, 1][n]);
  });

  test("of a day has hours, of an hour nothing more", async () => {
    const bars = barsOf(await page(`${list}?from=2026-03-29&to=2026-03-29`, { zone: berlin }));
    expect(bars).toEqual([
      {
        words: "1 event on 29 March 2026 from 11:00pm to 12:00am",
        href: `${list}?from=2026-03-29T21:00:00Z&to=2026-03-29T22:00:00Z`,
      },
      {
        words: "1 event on 29 March 2026 from 12:00am to 1:00am",
        href: `${list}?from=2026-03-28T23:00:00Z&to=2026-03-29T00:00:00Z`,
      },
    ]);
    const narrow = await page(bars[0]?.href ?? "", { zone: berlin });
    expect(cardsOf(narrow)).toBe(1);
    expect(narrow).not.toContain("db-histogram");
    expect(narrow).toContain("29 March 2026 at 11:00pm");
  });

  test("has a bar for several days where they are many, and covers years", async () => {
    const months = await page(`${list}?from=2026-01-01&to=2026-04-30`);
    expect(months).toContain("5 events, by 4 days");
    expect(barsOf(months).map(({ words }) => words)).toEqual([
      "1 event from 23 April 2026 to 26 April 2026",
      "4 events from 26 March 2026 to 29 March 2026",
    ]);
    const years = await page(`${list}?from=2020-01-01&to=2026-04-30`);
    expect(years).toContain("6 events, by 77 days");
    expect(cardsOf(years)).toBe(6);
    const bars = barsOf(years);
    expect(bars).toHaveLength(2);
    for (const { words, href } of bars) expect(cardsOf(await page(href))).toBe(Number.parseInt(words, 10));
    const asked = await page(`${list}?q=${encodeURIComponent("after:2020-01-01 before:2026-04-30")}`);
    expect(barsOf(asked).map(({ words }) => words)).toEqual(bars.map(({ words }) => words));
  });

  test("counts with the same filters and words as the list, and keeps them", async () => {
    const span = "from=2026-03-20&to=2026-04-10";
    const bars = barsOf(await page(`${list}?q=wow+first&type=NEW_TEAM&${span}&view=table`));
    expect(bars).toEqual([
      {
        words: "1 event on 28 March 2026",
        href: `${list}?q=wow%20first&type=NEW_TEAM&from=2026-03-28&to=2026-03-28&view=table`,
      },
    ]);
    expect(barsOf(await page(`${list}?outcome=failed&${span}`))).toEqual([]);
    expect(await page(`${list}?outcome=failed&${span}`)).not.toContain("db-histogram");
  });

  test("of a period is cut where the period is, and its bars too", async () => {
    await server.call(
      "POST",
      "/v1/organizations/empty/events",
      teamAt(new Date(Date.now() - 6.9 * day).toISOString(), "Old"),
    );
    const bars = barsOf(await page("/orgs/empty/activity?period=7d&type=NEW_TEAM", { who: "operator" }));
    expect(bars).toHaveLength(1);
    expect(bars[0]?.words).toMatch(/^1 event on \d+ \w+ \d{4}( from \d+:\d\d[ap]m)?$/);
    expect(bars[0]?.href).not.toContain("period=");
    expect(cardsOf(await page(bars[0]?.href ?? "", { who: "operator" }))).toBe(1);
    expect(await page("/activity?period=7d&type=NEW_TEAM", { who: "operator" })).toContain(
      "1 event in the last 7 days, by day",
    );
  });

  test("is split, with the numbers of each part in words, and leads to each part", async () => {
    const html = await page(`${list}?from=2026-03-20&to=2026-04-10&split=outcome`);
    expect(barsOf(html).map(({ words }) => words)).toEqual([
      "2 events on 29 March 2026: Success 2",
      "2 events on 28 March 2026: Success 2",
    ]);
    expect(html.match(/<rect class="db-histogram__part db-histogram__part--1"/g)).toHaveLength(2);
    expect(asWritten(html)).toContain('split=outcome&outcome=success">Success</a> 4</li>');
    // a filter keeps it, and so does the search
    expect(barsOf(html)[0]?.href).toContain("&split=outcome");
    expect(html).toContain('<input type="hidden" name="split" value="outcome"/>');
    const byActor = await page(`${list}?from=2026-03-20&to=2026-04-10&split=actor`);
    expect(asWritten(byActor)).toContain('split=actor&actor=user:u_1">u_1</a> 4</li>');
    const byType = await page(`${list}?from=2026-03-20&to=2026-04-10&split=type`);
    expect(asWritten(byType)).toContain('split=type&type=NEW_TEAM">Team created</a> 4</li>');
    expect(await page(`${list}?split=nonsense`)).not.toContain("db-histogram__legend");
  });

  const services = (histogram: () => Promise<unknown>): Spreading =>
    ({
      services: { search: { histogram } },
      types: Promise.resolve([]),
      organization: {},
      path: list,
      zone: "UTC",
    }) as unknown as Spreading;
  const question = readQuestion({}, { zone: "UTC", now: BigInt(Date.now()) * 1000n });

  test("that fails or takes long is left out, and the page doesn't wait", async () => {
    expect(
      await spreadOf(
        question,
        services(() => Promise.reject(new Error("slow"))),
      ),
    ).toBeUndefined();
    const before = Date.now();
    expect(
      await spreadOf(
        question,
        services(() => new Promise(() => {})),
      ),
    ).toBeUndefined();
    expect(Date.now() - before).toBeLessThan(15_000);
  });

  test("of today ends now", async () => {
    const buckets = [-2, -1, 0, 1].map((n) => ({
      from: new Date(Number(question.at / 1000n) + n * hour - 1).toISOString(),
      to: new Date(Number(question.at / 1000n) + (n + 1) * hour - 1).toISOString(),
      count: n === -1 ? 3 : 0,
    }));
    const spread = await spreadOf(
      question,
      services(async () => ({ unit: "hour", timeZone: "UTC", buckets })),
    );
    expect(spread?.bars.map(({ count }) => count)).toEqual([0, 3, 0]);
  });

  test("says at least where it was not counted to the end", async () => {
    const bucket = (d: number): object => ({
      from: `2026-11-0${d}T00:00:00.000000Z`,
      to: `2026-11-0${d + 1}T00:00:00.000000Z`,
      count: 700 * d,
      ...(d > 1 && { more: true }),
    });
    const buckets = [bucket(1), bucket(2)];
    const spread = await spreadOf(
      question,
      services(async () => ({ unit: "day", timeZone: "UTC", buckets })),
    );
    expect(spread?.caption).toBe("At least 2,100 events in the last 30 days, by day");
    expect(spread?.bars.map(({ count, more }) => [count, more])).toEqual([
      [700, false],
      [1400, true],
    ]);
  });

  test("of words says how many events they were not looked for in", async () => {
    const buckets = [1, 2].map((d) => ({
      from: `2026-11-0${d}T00:00:00.000000Z`,
      to: `2026-11-0${d + 1}T00:00:00.000000Z`,
      count: d,
    }));
    const captionOf = async (behind: number): Promise<string | undefined> => {
      const searched = { upTo: null, behind };
      const histogram = { unit: "day", timeZone: "UTC", buckets, searched };
      return (
        await spreadOf(
          question,
          services(async () => histogram),
        )
      )?.caption;
    };
    expect(await captionOf(0)).toBe("3 events in the last 30 days, by day");
    expect(await captionOf(1)).toMatch(/by day, without the newest event of the log, which is not/);
    expect(await captionOf(1_200)).toMatch(/, without the 1,200 newest events of the log, which are not/);
  });
});

describe("for programs", () => {
  const jsonOf = (html: string): string => asWritten(html.match(/<a href="([^"]*)">As JSON/)?.[1] ?? "");

  test("the JSON has the events of the page, whatever it is narrowed by", async () => {
    for (const query of [
      "",
      "?from=2026-03-29&to=2026-03-29&type=NEW_TEAM",
      `?target=${encodeURIComponent('team:t!Wow! "first" <script>')}`,
      "?q=wow&outcome=success&actor=user:u_1",
    ]) {
      const html = await page(list + query, { zone: berlin });
      const { status, body } = await callAs(server, people.anne as SignedInPerson, "GET", jsonOf(html));
      expect([status, body.events.length], query).toEqual([200, cardsOf(html)]);
      expect(body.events.length).toBeGreaterThan(0);
      expect(html).not.toContain("<script>");
    }
  });

  test("the command quotes what a shell would read", async () => {
    const html = await page(`${list}?target=${encodeURIComponent("team:$(x)!`\"'\\")}`);
    const command = asWritten(html.match(/<code>(curl[\s\S]*?)<\/code>/)?.[1] ?? "");
    const [, address = ""] = command.match(/^curl -fsS "\$DAYBOOK_URL([^"]*)" \\\n/) ?? [];
    expect(address).not.toMatch(/[$`!\\"]/);
    expect(new URLSearchParams(address.split("?")[1]).get("target")).toBe("team:$(x)!`\"'\\");
  });
});
