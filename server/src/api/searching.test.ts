/** One search, asked in every way: pages, the API, its count, a follow, the command line and a download give the events that the reference finds. */
import { PassThrough, Readable } from "node:stream";
import type { RecordedEvent } from "daybook/internal";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { main } from "../../../library/src/cli/index.ts";
import { printSearch } from "../search/language/print-search.ts";
import { inOneLog, sampleEvent, searchOf } from "../search/testing/generated-searches.ts";
import { isAnswer } from "../search/testing/reference.ts";
import { openServer, type TestServer } from "./testing/open-server.ts";
import { callAs, type SignedInPerson, signedIn } from "./testing/people.ts";

let server: TestServer;
let token: string;
let events: RecordedEvent[];
const people: Record<string, SignedInPerson> = {};
const acme = "/v1/organizations/acme";

beforeAll(async () => {
  server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  for (const role of ["OWNER", "CONSUMER"] as const)
    people[role] = await signedIn(server, { email: `${role}@acme.example`, organization: "acme", role });
  const expiresOn = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const scopes = ["events:read", "audit-log:download"];
  token = (await server.call("POST", `${acme}/api-clients`, { name: "Reader", expiresOn, scopes })).body
    .token;
  for (const from of [0, 90]) {
    const some = Array.from({ length: 90 }, (_, n) => sampleEvent(from + n));
    expect((await server.call("POST", `${acme}/events`, { events: some })).status).toBe(201);
  }
  events = (await server.call("GET", `${acme}/events?limit=1000`)).body.events;
});

const isOfDownload = ({ type }: { readonly type: string }): boolean => type.startsWith("AUDIT_LOG_");
/** Downloads record events of their own. */
const ids = (list: readonly RecordedEvent[]): string[] =>
  list.filter((event) => !isOfDownload(event)).map(({ id }) => id);
const query = (q: string, more: Record<string, string> = {}): string =>
  new URLSearchParams({ q, ...more }).toString();

async function byApi(q: string): Promise<string[]> {
  const { status, body, text } = await server.call("GET", `${acme}/events?${query(q, { limit: "1000" })}`);
  expect(status, `${q}\n${text}`).toBe(200);
  return ids(body.events);
}

async function byCount(q: string): Promise<number> {
  const window = { from: "2026-09-01", to: "2027-06-30" };
  const { body } = await server.call("GET", `${acme}/events/histogram?${query(q, window)}`);
  return body.buckets.reduce((sum: number, { count }: { count: number }) => sum + count, 0);
}

/** The events on the first page. */
async function byPage(q: string): Promise<Set<string>> {
  const path = `/orgs/acme/activity?${query(`${q} -type:AUDIT_LOG_*`, { view: "table" })}`;
  const { status, text } = await callAs(server, people.OWNER!, "GET", path, undefined, {
    accept: "text/html",
  });
  expect(status, q).toBe(200);
  expect(text, q).not.toContain("<title>Error");
  return new Set([...text.matchAll(/\/orgs\/acme\/events\/([0-9a-f-]{36})/g)].map(([, id = ""]) => id));
}

const linesOf = (text: string): string[] =>
  ids(
    text
      .trim()
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as RecordedEvent),
  );

async function byCommand(q: string): Promise<string[]> {
  const stdout = new PassThrough();
  let text = "";
  stdout.on("data", (piece) => (text += piece));
  const code = await main(["search", "--all", "--json", `--query=${q}`], {
    ...{ stdin: Readable.from([]), stdout, stderr: new PassThrough() },
    env: { DAYBOOK_URL: server.url, DAYBOOK_ORG: "acme", DAYBOOK_TOKEN: token },
    signal: new AbortController().signal,
  });
  expect(code, q).toBe(0);
  return linesOf(text);
}

async function byDownload(q: string): Promise<string[]> {
  const path = `${acme}/audit-log.ndjson?${query(q, { from: "1970-01-01", context: "true" })}`;
  const { status, text } = await server.call("GET", path);
  expect(status, `${q}\n${text}`).toBe(200);
  return linesOf(text);
}

async function byFollow(q: string): Promise<string[]> {
  const { body } = await server.call(
    "GET",
    `${acme}/events/follow?${query(q, { limit: "1000", wait: "0" })}`,
  );
  return ids(body.events);
}

describe.each(["read as they are", "indexed"])("events that are %s", (how) => {
  beforeAll(async () => {
    if (how === "indexed") await server.services.followers.now();
  });

  test("are found alike in every way", async () => {
    await fc.assert(
      fc.asyncProperty(searchOf(inOneLog), async (terms) => {
        const q = printSearch(terms);
        const expected = ids(events.filter((event) => isAnswer(event, terms)));
        expect(await byApi(q), q).toEqual(expected);
        expect(await byCommand(q), q).toEqual(expected);
        expect(await byDownload(q), q).toEqual(expected.toReversed());
        expect((await byFollow(q)).sort(), q).toEqual([...expected].sort());
        const shown = await byPage(q);
        for (const id of expected.slice(0, 20)) expect(shown.has(id), `${q} ${id}`).toBe(true);
        for (const id of shown)
          expect(expected.includes(id) || !events.some((event) => event.id === id), `${q} ${id}`).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

test("counts have the same, without downloads, which record events of their own", async () => {
  await fc.assert(
    fc.asyncProperty(searchOf(inOneLog.filter((name) => name !== "recorded-by")), async (terms) => {
      const q = `${printSearch(terms)} -type:AUDIT_LOG_*`;
      const expected = events.filter((event) => isAnswer(event, terms)).length;
      const isNone = (await server.call("GET", `${acme}/events?${query(q)}`)).status !== 200;
      expect(isNone).toBe(false);
      expect(await byCount(q), q).toBe(expected);
    }),
    { numRuns: 40 },
  );
});

describe("a CONSUMER, who doesn't see the context", () => {
  const asked = [
    "ip:192.0.2.17",
    "ip:10.9.9.9",
    "-ip:192.0.2.0/24",
    "sandbox agent:curl",
    "-request:x",
    "correlation:act-7",
  ];
  const get = (path: string, accept = "application/json"): ReturnType<typeof callAs> =>
    callAs(server, people.CONSUMER!, "GET", path, undefined, { accept });

  test.each(asked)("asking for %j is refused in the same words, whatever there is", async (q) => {
    const problems = await Promise.all(
      [
        `${acme}/events?${query(q)}`,
        `${acme}/events/histogram?${query(q)}`,
        `${acme}/events/follow?${query(q, { wait: "0" })}`,
      ].map(async (path) => {
        const { status, body } = await get(path);
        const [{ place, ...issue }] = body.errors;
        expect(q.slice(place.start, place.end)).toMatch(/^-?(ip|agent|request|correlation):\S+$/);
        return [status, body.code, issue];
      }),
    );
    for (const problem of problems)
      expect(problem).toEqual([
        403,
        "not-allowed",
        {
          pointer: "/q",
          detail:
            "The parameter 'q' asks for the context of events (address, user agent, request), which you may not see.",
          remedy: "Leave that out, or ask an owner of the organization.",
        },
      ]);
  });

  test.each(["ip=192.0.2.17", "userAgent=curl", "requestId=req+3", "correlationId=act-7"])(
    "the parameter %s is refused too",
    async (parameter) => {
      for (const path of ["events", "events/histogram"])
        expect((await get(`${acme}/${path}?${parameter}`)).status).toBe(403);
      expect((await get(`${acme}/audit-log.csv?${parameter}`, "*/*")).status).toBe(403);
    },
  );

  test("pages explain it, and show nothing, whatever is asked", async () => {
    const listOf = async (q: string): Promise<string> => {
      const { text } = await get(
        `/orgs/acme/activity?${query(q, { view: "table", type: "NEW_TEAM" })}`,
        "text/html",
      );
      expect(text).toContain("The search asks for the context of events");
      return text.slice(text.indexOf('id="events"'), text.indexOf('class="db-programs'));
    };
    const [first, ...others] = await Promise.all(asked.filter((q) => !q.includes(" ")).map(listOf));
    expect(first).toContain("Nothing was searched.");
    expect(first).not.toContain("/orgs/acme/events/");
    for (const other of others) expect(other).toBe(first);
  });

  test("everything else is answered as for others, without the context", async () => {
    for (const q of [
      'target:"Register sandbox" type:API_*',
      "-actor:grace outcome:denied",
      "changed:/name",
    ]) {
      const { status, body } = await get(`${acme}/events?${query(q, { limit: "1000" })}`);
      expect([status, ids(body.events)]).toEqual([200, await byApi(q)]);
      expect(body.events.every((event: RecordedEvent) => event.context === undefined)).toBe(true);
    }
  });
});

test("a download says in its event what was searched for", async () => {
  const path = `${acme}/audit-log.csv?${query("sandbox -outcome:denied", { changed: "/name", type: "API_CLIENT_UPDATED" })}`;
  expect((await server.call("GET", path)).status).toBe(200);
  const [event] = (await server.call("GET", `${acme}/events?type=AUDIT_LOG_DOWNLOADED&limit=1`)).body.events;
  expect(event.data.filter).toEqual({
    types: ["API_CLIENT_UPDATED"],
    text: "sandbox -outcome:denied changed:/name",
  });
});
