/** Pages on a real database: every event once, newest first, whatever is recorded meanwhile. */
import type { RecordedEvent } from "daybook/event";
import { beforeAll, describe, expect, test } from "vitest";
import type { Rooms } from "../main.ts";
import type { Organization } from "../store/store.ts";
import { parsePageRequest } from "./pages.ts";
import type { Query } from "./query.ts";
import { freshConfig, organizationOf, record, roomsOf, team } from "./testing/open-rooms.ts";

let rooms: Rooms;
let acme: Organization;
let other: Organization;

/** Times that repeat, so that seq must break ties. */
const at = (n: number): string => `2026-01-01T00:00:${String(n % 10).padStart(2, "0")}Z`;

beforeAll(async () => {
  rooms = await roomsOf(await freshConfig());
  acme = await organizationOf(rooms, "acme");
  other = await organizationOf(rooms, "other");
  await record(rooms, acme, ...Array.from({ length: 60 }, (_, n) => team(n, { occurredAt: at(n) })));
  await record(rooms, other, ...Array.from({ length: 20 }, (_, n) => team(n, { occurredAt: at(n) })));
});

/** All pages of a query, and what they hold. */
async function walk(query: Query, between?: () => Promise<unknown>): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  let cursor: string | undefined;
  do {
    const page = await rooms.search.events(acme, parsePageRequest({ ...query, cursor }));
    events.push(...page.events);
    cursor = page.next ?? undefined;
    await between?.();
  } while (cursor !== undefined);
  return events;
}

const newestFirst = (events: readonly RecordedEvent[]): RecordedEvent[] =>
  events.toSorted((a, b) =>
    a.occurredAt === b.occurredAt ? b.seq - a.seq : a.occurredAt < b.occurredAt ? 1 : -1,
  );

describe("pages of an organization", () => {
  test.each(["1", "7", "59", "60", "1000"])("of %s hold every event once, newest first", async (limit) => {
    const events = await walk({ limit, type: "NEW_TEAM", to: "2026-02-01" });
    expect(new Set(events.map(({ seq }) => seq)).size).toBe(60);
    expect(events).toEqual(newestFirst(events));
  });

  test("stay as they are while newer events are recorded", async () => {
    let n = 1000;
    const events = await walk(
      { limit: "10", target: Array.from({ length: 50 }, (_, i) => `team:t_${i}`) },
      () => record(rooms, acme, team(n++)),
    );
    expect(events).toHaveLength(50);
    expect(events).toEqual(newestFirst(events));
  });

  test("hold what the filter says and nothing else", async () => {
    const events = await walk({ actor: ["user:u_1", "user:u_2"], from: at(3), to: at(5), limit: "4" });
    expect(events.map(({ data }) => data?.teamId).toSorted()).toEqual(
      Array.from({ length: 60 }, (_, n) => n)
        .filter((n) => n % 3 !== 0 && (n % 10 === 3 || n % 10 === 4))
        .map((n) => `t_${n}`)
        .toSorted(),
    );
  });

  test("refuse the cursor of another organization", async () => {
    const { next } = await rooms.search.events(acme, parsePageRequest({ limit: "1" }));
    const stolen = parsePageRequest({ limit: "1", cursor: next ?? "" });
    await expect(rooms.search.events(other, stolen)).rejects.toMatchObject({ code: "cursor-invalid" });
  });
});

test("pages of all organizations hold every event of each, and say whose it is", async () => {
  const events: RecordedEvent[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: "9", cursor, type: "NEW_TEAM", to: "2026-02-01" };
    const page = await rooms.search.allEvents(parsePageRequest(query));
    events.push(...page.events);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  expect(new Set(events.map(({ organization, seq }) => `${organization.slug} ${seq}`)).size).toBe(80);
  expect(events).toHaveLength(80);
  expect(events.filter(({ organization }) => organization.slug === "other")).toHaveLength(20);
  expect(events.map(({ occurredAt }) => occurredAt)).toEqual(
    events
      .map(({ occurredAt }) => occurredAt)
      .toSorted()
      .toReversed(),
  );
});

describe("one event", () => {
  test("comes back as it was sent, with what the server knows of it", async () => {
    const sent = {
      type: "NEW_ORGANIZATION_MEMBER",
      actor: {
        type: "user",
        id: "u_1",
        name: "Anne",
        email: "a@b.c",
        onBehalfOf: { type: "user", id: "u_2", name: "Bo" },
      },
      targets: [{ type: "user", id: "u_9", name: "Cy" }],
      changes: [{ path: "/role", from: "DESIGNER", to: "OWNER" }],
      reason: "asked",
      context: { ip: "192.0.2.1", interface: "ui" },
      data: { userId: "u_9", email: "cy@example.org", role: "OWNER" },
      producer: { id: "portal", n: 3 },
    } as const;
    const [receipt] = await record(rooms, acme, structuredClone(sent) as never);
    const event = await rooms.search.event(acme, receipt?.id ?? "");
    expect(event).toMatchObject({
      ...sent,
      outcome: "success",
      recordedBy: { type: "operator", id: "operator" },
    });
    expect(event).toMatchObject({
      organization: { id: acme.id, slug: "acme", name: "ACME" },
      seq: receipt?.seq,
      recordedAt: receipt?.recordedAt,
      occurredAt: receipt?.recordedAt,
      leafHash: receipt?.leafHash,
    });
    expect(event).not.toHaveProperty("erased");
    await expect(rooms.search.event(other, receipt?.id ?? "")).rejects.toMatchObject({
      code: "event-not-found",
    });
  });

  test.each([
    "",
    "x",
    "0190A5A0-0000-7000-8000-000000000000",
    "0190a5a0-0000-4000-8000-000000000000",
    "' OR 1=1",
  ])("%j is not found", async (id) => {
    await expect(rooms.search.event(acme, id)).rejects.toMatchObject({ code: "event-not-found" });
  });
});
