/** The demo: real payloads in a plausible order, with the same dates every time, and marked where made up. */
import { eventType } from "daybook/catalogue";
import { checkEvent, type EventInput, eventIdTime, formatTime, parseTime } from "daybook/internal";
import { expect, test } from "vitest";
import { importAll } from "./imported.ts";
import { madeUpMark } from "./made-up.ts";
import { type DemoKey, demoOrganizations } from "./organizations.ts";
import { demoDays, timelineOf } from "./timeline.ts";
import { wordsOf } from "./words.ts";

const now = parseTime("2026-11-22T11:20:31.123456Z") ?? 0n;
const day = 86_400_000_000n;
const imported = importAll();
const keys = Object.keys(demoOrganizations) as DemoKey[];
const timelines = keys.map((key) => ({
  organization: demoOrganizations[key],
  events: timelineOf(demoOrganizations[key], imported.events[key], now),
}));
const all = timelines.flatMap(({ events }) => events);
const timeOf = ({ occurredAt }: EventInput): bigint => parseTime(occurredAt ?? "") ?? 0n;

test("the same moment gives the same events, ids included; another moment gives others", () => {
  const second = importAll();
  for (const key of keys) {
    const [again, later] = [now, now + 1_000_000n].map((at) =>
      timelineOf(demoOrganizations[key], second.events[key], at),
    );
    expect(again).toEqual(
      timelines.find(({ organization }) => organization === demoOrganizations[key])?.events,
    );
    expect(later?.map(({ id }) => id)).not.toContain(again?.[0]?.id);
  }
});

test("every event is valid, and lies within the 120 days; some before the 90 of a download, most within", () => {
  for (const event of all) {
    checkEvent(JSON.parse(JSON.stringify(event)), { rules: eventType, now });
    expect(timeOf(event)).toBeLessThanOrEqual(now);
    expect(timeOf(event)).toBeGreaterThanOrEqual(now - BigInt(demoDays) * day);
    expect(eventIdTime(event.id ?? "") / 1000n).toBe(timeOf(event) / 1000n);
  }
  const old = all.filter((event) => timeOf(event) < now - 90n * day).length;
  expect(old).toBeGreaterThan(20);
  expect(all.length - old).toBeGreaterThan(100);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
});

test("events of an organization are in order, its owner first", () => {
  for (const { organization, events } of timelines) {
    const times = events.map(timeOf);
    expect(times).toEqual([...times].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
    expect(events[0]?.data).toEqual({ userId: organization.owner.id, role: "OWNER" });
  }
});

test("API clients are coherent: added before anything else, one expiry date each, renamed once", () => {
  for (const { events } of timelines) {
    const clients = new Map<unknown, EventInput[]>();
    for (const event of events) {
      if (!event.type.startsWith("API_CLIENT_")) continue;
      clients.set(event.data?.clientId, [...(clients.get(event.data?.clientId) ?? []), event]);
    }
    for (const [, life] of clients) {
      expect(new Set(life.map(({ data }) => data?.expiresOn)).size).toBe(1);
      if (life.some(({ type }) => type === "API_CLIENT_ADDED"))
        expect(life[0]?.type).toBe("API_CLIENT_ADDED");
      for (const event of life)
        expect(String(event.data?.expiresOn) > formatTime(now).slice(0, 10)).toBe(true);
    }
  }
});

test("digests of saved definitions join from one event to the next", () => {
  const digests = new Map<unknown, unknown>();
  const saved = timelines.find(({ organization }) => organization.slug === "demo-readme")?.events ?? [];
  for (const { type, data, targets } of saved) {
    if (type !== "NEW_API" && type !== "API_SAVED") continue;
    expect(data?.oldDigest).toBe(digests.get(targets?.[0]?.id));
    digests.set(targets?.[0]?.id, data?.digest);
  }
  expect(digests.size).toBeGreaterThan(40);
});

const reach = { url: "http://x", page: "http://x/activity", tokenFile: undefined, setUpLink: undefined };

test("the last line is the page to open, after what has to be done before", () => {
  const ends = (more: object): string[] => wordsOf([], [], { ...reach, ...more }).slice(-2);
  expect(ends({})).toEqual(["Sign in and open:", "  http://x/activity"]);
  expect(ends({ setUpLink: "/demo/set-up-link" })).toEqual([
    "Create the first account with the link in /demo/set-up-link, then open:",
    "  http://x/activity",
  ]);
  expect(ends({ start: "daybook-server serve --demo" })).toEqual([
    "Start the server with 'daybook-server serve --demo', then open:",
    "  http://x/activity",
  ]);
});

test("what the payloads don't hold is marked, in the event and in the printed text", () => {
  const fromPayloads = new Set(
    keys.flatMap((key) => imported.events[key].map(({ event }) => JSON.stringify(event.data))),
  );
  for (const event of all) {
    if (event.reason?.startsWith(madeUpMark)) continue;
    const { effectiveAt, ...data } = event.data ?? {};
    if (effectiveAt === undefined) expect(fromPayloads).toContain(JSON.stringify(data));
  }
  const text = wordsOf(
    timelines.map((each) => ({ ...each, recorded: 1 })),
    imported.sources,
    { ...reach, tokenFile: "/it's here/operator-token" },
  ).join("\n");
  expect(text).toMatch(/726 webhook payloads of GitHub \(@octokit\/webhooks-examples [\d.]+\)/);
  expect(text).toContain(
    `export DAYBOOK_URL=http://x DAYBOOK_TOKEN="$(cat '/it'\\''s here/operator-token')"`,
  );
  expect(wordsOf([], [], reach).join("\n")).toContain('DAYBOOK_TOKEN="$DAYBOOK_OPERATOR_TOKEN"');
  expect(text).toContain('whose reason begins with "Made up for the demo:"');
  expect(text).toMatch(/^ +\d+ {2}API_CLIENT_REVOKED$/m);
});
