/** What an activity list offers over HTTP: the count of new events, next steps, its file; and its total size. */
import { get } from "node:http";
import { brotliDecompressSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { callAs, type SignedInPerson, signedIn } from "../../api/testing/people.ts";
import { exportFormats } from "../../export/formats/formats.ts";
import { type Browse, browserOf } from "../testing/browse.ts";

let server: TestServer;
const people: Record<string, SignedInPerson> = {};
const browsers: Record<string, Browse> = {};

beforeAll(async () => {
  server = await openServer();
  for (const slug of ["acme", "live", "heavy", "new"])
    await server.call("POST", "/v1/organizations", { slug, name: slug });
  people.operator = await signedIn(server, { email: "op@example.org", operator: true });
  for (const role of ["OWNER", "AUDITOR", "CONSUMER"] as const)
    people[role] = await signedIn(server, { email: `${role}@acme.example`, organization: "acme", role });
  for (const [who, person] of Object.entries(people)) browsers[who] = browserOf(server, person);
});

const page = async (path: string, who = "operator"): Promise<Awaited<ReturnType<Browse>>> => {
  const shown = await (browsers[who] as Browse)(path);
  expect(shown.status, path).toBe(200);
  return shown;
};
const asWritten = (html: string): string => html.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
const hrefOf = (html: string, words: string): string | undefined => {
  const [, href] = new RegExp(`<a [^>]*href="([^"]*)"[^>]*>${words}<`).exec(html) ?? [];
  return href === undefined ? undefined : asWritten(href);
};

const team = (name: string, occurredAt = Date.now()): object => ({
  type: "NEW_TEAM",
  actor: { type: "user", id: "u_1" },
  targets: [{ type: "team", id: "t_1", name }],
  data: { teamId: "t_1", team: name },
  occurredAt: new Date(occurredAt).toISOString(),
});
const record = async (slug: string, ...events: readonly object[]): Promise<void> => {
  const { status, text } = await server.call("POST", `/v1/organizations/${slug}/events`, { events });
  expect(status, text).toBe(201);
};
const minute = 60_000;
const day = 24 * 60 * minute;

describe("what counts what comes to a page", () => {
  interface OffersOptions {
    readonly address: string;
    readonly shown: number;
  }
  const askedOf = async (path: string): Promise<OffersOptions | undefined> => {
    const { html } = await page(path);
    const [, shown, action] =
      html.match(/<form[^>]*data-island="live" data-shown="(\d+)"[^>]*action="([^"]*)"/) ?? [];
    if (action === undefined) return undefined;
    const inner = html.slice(html.indexOf('data-island="live"')).split("</form>")[0] ?? "";
    const pairs = [...inner.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
      ([, name = "", value = ""]) => [name, asWritten(value)],
    );
    return { address: `${action}?${new URLSearchParams(pairs)}`, shown: Number(shown) };
  };
  /** The number of new events that the script would show. */
  const newTo = async (question: OffersOptions | undefined): Promise<number> => {
    const { status, body } = await callAs(
      server,
      people.operator as SignedInPerson,
      "GET",
      question?.address ?? "",
    );
    expect(status).toBe(200);
    const { buckets } = body as { buckets: { count: number }[] };
    return buckets.reduce((sum, { count }) => sum + count, 0) - (question?.shown ?? 0);
  };
  const list = "/orgs/live/activity";

  test("counts with the filter and the words of the page, also on one without any events", async () => {
    const words = await askedOf(`${list}?type=NEW_TEAM&q=newer`);
    const all = await askedOf("/activity?type=NEW_TEAM");
    expect([await newTo(words), await newTo(all)]).toEqual([0, 0]);
    await record("live", team("Newer"), team("Else"), team("Newer too"));
    await server.services.followers.now();
    expect([await newTo(words), await newTo(all)]).toEqual([2, 3]);
  });

  test("counts what comes late, wherever it stands on the page, and goes by no clock that is fast", async () => {
    // it counts up to the end of the day in UTC
    const fast = Math.min(Date.now() + 4 * minute, (Math.floor(Date.now() / day) + 1) * day - 1);
    await record("live", team("From the future", fast));
    const question = await askedOf(`${list}?type=NEW_TEAM`);
    expect(await newTo(question)).toBe(0);
    await record("live", team("Now"), team("Late", Date.now() - 6 * day));
    expect(await newTo(question)).toBe(2);
  });

  test("of a full page counts what belongs on it only, also where events of one moment are on two pages", async () => {
    const at = Date.now() - 2 * day;
    await record("live", ...Array.from({ length: 30 }, (_, n) => team(`Of a moment ${n}`, at)));
    const question = await askedOf(`${list}?type=NEW_TEAM&to=${new Date(Date.now() + day).toISOString()}`);
    expect(question?.shown).toBeLessThan(25);
    expect(await newTo(question)).toBe(0);
    await record("live", team("Too old for the page", at - minute), team("On it", at + minute));
    expect(await newTo(question)).toBe(1);
  });

  test("is not on a page to which nothing can come, and asks for no end that is far off", async () => {
    expect(await askedOf(`${list}?to=2026-04-10`)).toBeUndefined();
    const { next } = (
      await callAs(server, people.operator as SignedInPerson, "GET", "/v1/organizations/live/events?limit=1")
    ).body;
    expect(await askedOf(`${list}?cursor=${next}`)).toBeUndefined();
    expect(await newTo(await askedOf(`${list}?to=2099-04-10`))).toBe(0);
    const tomorrow = new Date(Date.now() + day).toISOString().slice(0, 10);
    expect((await askedOf(`${list}?to=${tomorrow}`))?.address).toMatch(/[?&]to=20/);
  });
});

describe("what to do next", () => {
  test("while a log has only what Daybook recorded by itself: how to record a first event", async () => {
    const { text, html } = await page("/orgs/new/activity");
    expect(text).toContain("Log opened");
    expect(text).toContain("Record your first event So far the log has only Daybook's own events.");
    expect(text).toContain('curl -fsS "$DAYBOOK_URL/v1/organizations/new/events"');
    expect(html.match(/<h2 id="first-step"/g)).toHaveLength(1);
    for (const other of ["/orgs/new/activity?type=LOG_OPENED", "/orgs/daybook/activity", "/activity"])
      expect((await page(other)).text).not.toContain("Record your first event");
    await record("new", team("First"));
    expect((await page("/orgs/new/activity")).text).not.toContain("Record your first event");
  });

  test("where nothing matches, nothing is older, and nothing is of that name", async () => {
    const filtered = await page("/orgs/acme/activity?type=NEW_API&view=table");
    expect(filtered.text).toContain("No events match.");
    expect(hrefOf(filtered.html, "Remove all filters")).toBe("/orgs/acme/activity?view=table");
    const unknown = await page("/orgs/acme/targets/api/none");
    expect(unknown.text).toContain("No events to show.");
    expect(hrefOf(unknown.html, "Show all activity")).toBe("/orgs/acme/activity");
  });

  test("from a list of one API client to its settings, for who may see them", async () => {
    const { body } = await server.call("POST", "/v1/organizations/acme/api-clients", {
      name: "Register sandbox",
      expiresOn: new Date(Date.now() + 9 * day).toISOString().slice(0, 10),
      scopes: ["events:read"],
    });
    const to = async (list: string, who: string): Promise<string | undefined> =>
      hrefOf((await page(`/orgs/acme/${list}`, who)).html, "API client settings");
    const one = `activity?target=api_client:${body.id}`;
    const settings = `/orgs/acme/api-clients/${body.id}`;
    for (const list of [one, `targets/api_client/${body.id}`, `${one}&view=table&outcome=denied`])
      for (const who of ["OWNER", "AUDITOR"]) expect(await to(list, who)).toBe(settings);
    expect((await page(settings, "AUDITOR")).text).toContain("Register sandbox");
    expect(await to(one, "CONSUMER")).toBeUndefined();
    for (const list of [
      "activity",
      `${one}&target=api:a`,
      "activity?target=api_client:c_9%2F..",
      "actors/user/u_1",
    ])
      expect(await to(list, "OWNER")).toBeUndefined();
  });
});

describe("the file", () => {
  const csvOf = async (query: string, who = "OWNER"): Promise<string | undefined> =>
    hrefOf((await page(`/orgs/acme/activity${query}`, who)).html, "Download these events as CSV");

  test("has the events of the list, for who may download it", async () => {
    const old = { ...team("Old"), actor: { type: "user", id: "u_2" }, outcome: "denied" };
    await record("acme", team("One"), team("Two"), old);
    for (const [query, lines] of [
      ["?type=NEW_TEAM", 3],
      ["?q=two+type:new_*", 1],
      ["?q=-outcome:denied+actor:user:u_1+type:NEW_TEAM", 2],
      ["?type=NEW_TEAM&type=NEW_API&actor=user:u_2&outcome=denied&target=team:t_1&period=7d", 1],
    ] as const)
      for (const who of ["OWNER", "AUDITOR"]) {
        const address = (await csvOf(query, who)) ?? "";
        const { status, text } = await callAs(server, people[who] as SignedInPerson, "GET", address);
        expect([status, text.trimEnd().split("\r\n").length], address).toEqual([200, 1 + lines]);
      }
    expect(await csvOf("?type=NEW_TEAM")).toContain("from=1970-01-01");
  });

  test("is offered in each format of the list", async () => {
    const { html } = await page("/orgs/acme/activity?type=NEW_TEAM", "AUDITOR");
    for (const { title, contentType, name } of exportFormats) {
      const address = hrefOf(html, `Download these events as ${title}`) ?? "";
      expect(address).toContain(`/audit-log.${name}?`);
      const { status, headers } = await callAs(server, people.AUDITOR as SignedInPerson, "GET", address);
      expect([status, headers.get("content-type")]).toEqual([200, contentType]);
    }
  });

  test("is not offered to others, or of all organizations", async () => {
    expect(await csvOf("?type=NEW_TEAM", "CONSUMER")).toBeUndefined();
    expect((await page("/activity")).html).not.toContain("Download these events");
  });
});

test("25 cards with a chart, and all that the page loads, weigh less than 25 KB on the wire", async () => {
  const events = Array.from({ length: 25 }, (_, n) =>
    team(`Team ${n} ${"of words ".repeat(n)}`, Date.now() - n * 6 * 60 * minute),
  );
  await record("heavy", ...events);
  const { cookie } = people.operator as SignedInPerson;
  const load = (path: string): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      const headers = { accept: "text/html,*/*", "accept-encoding": "br", cookie };
      get(new URL(path, server.url), { headers }, (answer) => {
        const pieces: Buffer[] = [];
        expect([answer.statusCode, answer.headers["content-encoding"]], path).toEqual([200, "br"]);
        answer.on("data", (piece: Buffer) => pieces.push(piece));
        answer.on("end", () => resolve(Buffer.concat(pieces)));
      }).on("error", reject);
    });
  const body = await load("/orgs/heavy/activity?type=NEW_TEAM");
  const html = brotliDecompressSync(body).toString();
  expect(html.match(/<article/g)).toHaveLength(25);
  expect(html).toContain("db-histogram");
  const paths = [...html.matchAll(/<(?:link|script|img|style)[^>]* (?:href|src|data-file)="([^"]*)"/g)].map(
    ([, at = ""]) => at,
  );
  expect(paths.map((path) => path.split(".").at(-1)).sort()).toEqual(["css", "js", "svg"]);
  const files = await Promise.all(paths.map(load));
  // none of which loads anything else, but for the second script, once the page is complete
  const others = /url\((?!["']?data:)|@import|\bimport\b *["'({]/;
  const second = /import\("\.\/(list-\w+\.js)"\)/;
  const texts = files.map((file) => brotliDecompressSync(file).toString());
  for (const text of texts) expect(text.replace(second, "")).not.toMatch(others);
  const [, script = ""] = second.exec(texts.join("\n")) ?? [];
  const later = await load(`/assets/${script}`);
  const [sheet = ""] = /list-\w+\.css/.exec(brotliDecompressSync(later).toString()) ?? [];
  expect(later.length + (await load(`/assets/${sheet}`)).length).toBeLessThan(5 * 1024);
  const bytes = [body, ...files].reduce((sum, { length }) => sum + length, 0);
  expect(bytes).toBeLessThan(25 * 1024);
});
