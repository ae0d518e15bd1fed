/** Pages on a real database: every event once, newest first, whatever is recorded meanwhile. */
import type { RecordedEvent } from "daybook/internal";
import { beforeAll, describe, expect, test } from "vitest";
import type { OpenServices } from "../open-services.ts";
import type { Query } from "../query-string/index.ts";
import { nothing } from "../store/contract/row-scope.ts";
import { parsePageRequest } from "./pages.ts";
import { freshConfig, organizationOf, record, servicesOf, team, visible } from "./testing/open-services.ts";
import type { SearchableOrganization } from "./visible.ts";

let services: OpenServices;
let acme: SearchableOrganization;
let other: SearchableOrganization;
const everything = { rowScope: "everything", context: true, onlyTarget: undefined } as const;

/** Repeated times, so that seq must break ties. */
const at = (n: number): string => `2026-01-01T00:00:${String(n % 10).padStart(2, "0")}Z`;

beforeAll(async () => {
  services = await servicesOf(await freshConfig());
  acme = await organizationOf(services, "acme");
  other = await organizationOf(services, "other");
  await record(services, acme, ...Array.from({ length: 60 }, (_, n) => team(n, { occurredAt: at(n) })));
  await record(services, other, ...Array.from({ length: 20 }, (_, n) => team(n, { occurredAt: at(n) })));
});

/** All pages of a query, and their events. */
async function walk(query: Query, between?: () => Promise<unknown>): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  let cursor: string | undefined;
  do {
    const page = await services.search.events(acme, parsePageRequest({ ...query, cursor }));
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

  test("have the present name of an organization that was kept, with words or without", async () => {
    const kept = { ...acme, name: "Before", isKept: true };
    for (const query of [{ limit: "1" }, { limit: "1", q: "team" }]) {
      const { events } = await services.search.events(kept, parsePageRequest(query));
      expect(events.map(({ organization }) => organization.name)).toEqual([acme.name]);
    }
  });

  test.each<[string, Query, Partial<SearchableOrganization["view"]>]>([
    ["newest", { limit: "7" }, {}],
    ["after a cursor", { limit: "7", after: "7" }, {}],
    ["all", { limit: "1000" }, {}],
    ["as many as there are", { limit: "20", actor: "user:u_1", type: "NEW_TEAM", to: "2026-02-01" }, {}],
    ["one target", { target: "team:t_7" }, {}],
    ["none", { target: "team:none" }, {}],
    ["words", { q: "team", limit: "3" }, {}],
    ["without context", { limit: "7" }, { context: false }],
    ["nothing visible", { target: "team:t_7" }, { onlyTarget: "team:t_8" }],
    ["nothing visible, words", { target: "team:t_7", q: "team" }, { onlyTarget: "team:t_8" }],
  ])("as JSON are the pages of events: %s", async (_what, { after, ...query }, view) => {
    const organization = { ...acme, name: "Before", isKept: true, view: { ...acme.view, ...view } };
    const before = after === undefined ? undefined : parsePageRequest({ limit: String(after) });
    const cursor = before && ((await services.search.events(acme, before)).next ?? undefined);
    const request = parsePageRequest({ ...query, cursor });
    const page = await services.search.events(organization, request);
    const { json, next } = await services.search.eventsJson(organization, request);
    expect(json.toString()).toBe(JSON.stringify(page));
    expect(next).toBe(page.next);
  });

  test("stay as they are while newer events are recorded", async () => {
    let n = 1000;
    const events = await walk(
      { limit: "10", target: Array.from({ length: 50 }, (_, i) => `team:t_${i}`) },
      () => record(services, acme, team(n++)),
    );
    expect(events).toHaveLength(50);
    expect(events).toEqual(newestFirst(events));
  });

  test("of a search with an age go on, although the age means another time at each request", async () => {
    const query = { q: "after:999999h team", limit: "10" };
    const first = await services.search.events(acme, parsePageRequest(query));
    const later = parsePageRequest({ ...query, cursor: first.next ?? "" });
    // as it is read a minute later
    const moved = { ...later, filter: { ...later.filter, from: (later.filter.from ?? 0n) + 60_000_000n } };
    expect((await services.search.events(acme, moved)).events).toHaveLength(10);
    const plain = { from: "999999h", limit: "10" };
    const { next } = await services.search.eventsJson(acme, parsePageRequest(plain));
    const second = parsePageRequest({ ...plain, cursor: next ?? "" });
    const from = (second.filter.from ?? 0n) + 60_000_000n;
    const { json } = await services.search.eventsJson(acme, {
      ...second,
      filter: { ...second.filter, from },
    });
    expect(JSON.parse(json.toString()).events).toHaveLength(10);
    const other = parsePageRequest({ ...query, q: "after:999998h team", cursor: first.next ?? "" });
    await expect(services.search.events(acme, other)).rejects.toMatchObject({ code: "cursor-invalid" });
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
    const { next } = await services.search.events(acme, parsePageRequest({ limit: "1" }));
    const stolen = parsePageRequest({ limit: "1", cursor: next ?? "" });
    await expect(services.search.events(other, stolen)).rejects.toMatchObject({ code: "cursor-invalid" });
  });
});

test("pages of all organizations hold every event of each, and say whose it is", async () => {
  const events: RecordedEvent[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: "9", cursor, type: "NEW_TEAM", to: "2026-02-01" };
    const page = await services.search.allEvents(everything, parsePageRequest(query));
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
    const [receipt] = await record(services, acme, structuredClone(sent) as never);
    const event = await services.search.event(acme, receipt?.id ?? "");
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
    await expect(services.search.event(other, receipt?.id ?? "")).rejects.toMatchObject({
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
    await expect(services.search.event(acme, id)).rejects.toMatchObject({ code: "event-not-found" });
  });
});

describe("what a caller sees", () => {
  const one = { limit: "2", target: "team:t_3" };

  test("is no row of another row scope, whatever is asked for", async () => {
    for (const rowScope of [other.organizationId, nothing]) {
      const blind = visible(acme, { rowScope });
      expect(await services.search.events(blind, parsePageRequest({}))).toEqual({ events: [], next: null });
      const { events } = await services.search.events(acme, parsePageRequest(one));
      await expect(services.search.event(blind, events[0]?.id ?? "")).rejects.toMatchObject({
        code: "event-not-found",
      });
    }
    const all = await services.search.allEvents(
      { ...everything, rowScope: other.organizationId },
      parsePageRequest({ limit: "1000" }),
    );
    expect(new Set(all.events.map(({ organization }) => organization.slug))).toEqual(new Set(["other"]));
  });

  test("without context leaves it out, and that it was erased too", async () => {
    const [kept, erased] = await record(
      services,
      acme,
      team(1, { context: { ip: "192.0.2.1" } }),
      team(2, { reason: "asked" }),
    );
    const shallow = visible(acme, { context: false });
    expect(await services.search.event(acme, kept?.id ?? "")).toHaveProperty("context");
    expect(await services.search.event(shallow, kept?.id ?? "")).not.toHaveProperty("context");
    const page = await services.search.events(shallow, parsePageRequest({ limit: "1000" }));
    expect(page.events.filter((event) => event.context !== undefined)).toEqual([]);
    const digest = new Uint8Array(32);
    const { visiblePart } = await import("./visible.ts");
    const stored = await services.store.event(acme.organizationId, erased?.id ?? "");
    const event = { ...stored!, slots: { ...stored!.slots, context: { digest }, reason: { digest } } };
    expect(Object.keys(visiblePart(event, shallow.view).slots)).not.toContain("context");
    expect(visiblePart(event, shallow.view).slots.reason).toEqual({ digest });
    expect(visiblePart(event, acme.view)).toBe(event);
  });

  test("of one target is its events alone, page by page", async () => {
    const only = visible(acme, { onlyTarget: "team:t_3" });
    await record(services, acme, team(3), team(4), team(3));
    const read = async (query: Query): Promise<string[]> => {
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await services.search.events(only, parsePageRequest({ ...query, cursor }));
        ids.push(...page.events.map(({ data }) => String(data?.teamId)));
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      return ids;
    };
    expect(await read({ limit: "2" })).toEqual(["t_3", "t_3", "t_3"]);
    expect(await read({ target: ["team:t_3", "team:t_4"] })).toEqual(["t_3", "t_3", "t_3"]);
    expect(await read({ target: "team:t_4" })).toEqual([]);
    const { events } = await services.search.events(
      acme,
      parsePageRequest({ target: ["team:t_3", "team:t_4"] }),
    );
    for (const { id, data } of events) {
      const found = services.search.event(only, id);
      if (data?.teamId === "t_3") expect((await found).id).toBe(id);
      else await expect(found).rejects.toMatchObject({ code: "event-not-found" });
    }
  });

  test("of one target has cursors of its own", async () => {
    const only = visible(acme, { onlyTarget: "team:t_3" });
    const { next } = await services.search.events(acme, parsePageRequest({ limit: "1" }));
    for (const target of [undefined, "team:t_4"]) {
      const stolen = parsePageRequest({ limit: "1", cursor: next ?? "", target });
      await expect(services.search.events(only, stolen)).rejects.toMatchObject({ code: "cursor-invalid" });
    }
  });
});
