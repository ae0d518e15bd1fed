/** Tests of pages and walks, for every store: they return the same as sorting everything in memory. */
import { type Outcome, sourceOf } from "daybook/internal";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { NewEvent } from "../contract/events.ts";
import type { Filter, HashedEvent, PageKey, PageQuery, WalkedEvent } from "../contract/pages.ts";
import type { Store } from "../store.ts";
import { anywhere } from "./anywhere.ts";
import { type Extent, runsOf, type TestDatabase } from "./harness.ts";
import { append, collect, eventsOf, newOrganization, startTime } from "./sample-events.ts";

const types = ["NEW_API", "API_RENAME", "invoice.paid"];
const actorIds = ["a", "b", "c"];
const targetIds = ["x", "y", "z"];
const outcomes: readonly Outcome[] = ["success", "denied", "failed"];

const recorders = [
  '{"id":"daybook","type":"server"}',
  '{"id":"operator","own":true,"type":"operator"}',
  '{"id":"operator","type":"operator"}',
  String.raw`{"id":"\",\"own\":true,","type":"api_client"}`,
  // as after an erasure
  "",
];
const sourceIn = ({ slots }: NewEvent): string => {
  const { recordedBy } = slots;
  return sourceOf(
    recordedBy === undefined ? {} : { recordedBy: JSON.parse((recordedBy as { json: string }).json) },
  );
};

// few values for each, so that there are ties of every kind
const sample = fc.record({
  type: fc.constantFrom(...types),
  actor: fc.record({ type: fc.constant("user"), id: fc.constantFrom(...actorIds) }),
  targets: fc.uniqueArray(fc.record({ type: fc.constant("api"), id: fc.constantFrom(...targetIds) }), {
    selector: ({ id }) => id,
  }),
  outcome: fc.constantFrom(...outcomes),
  slots: fc.constantFrom(...recorders).map((recordedBy) => (recordedBy === "" ? {} : { recordedBy })),
  occurredAt: fc.integer({ min: 0, max: 12 }).map((tick) => startTime + BigInt(tick)),
});

const some = <T>(values: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...values]);
const moment = fc.option(
  fc.integer({ min: -1, max: 14 }).map((tick) => startTime + BigInt(tick)),
  { nil: undefined, freq: 3 },
);
const filters: fc.Arbitrary<Filter> = fc
  .record({
    types: some([...types, "NEVER"]),
    actors: some([...actorIds, "nobody"]).map((ids) => ids.map((id) => `user:${id}`)),
    targets: some([...targetIds, "nothing"]).map((ids) => ids.map((id) => `api:${id}`)),
    outcomes: some(outcomes),
    recordedBy: fc.constantFrom("daybook", "others"),
    from: moment,
    to: moment,
  })
  .chain((whole) => some(Object.keys(whole)).map((keys) => [whole, keys] as const))
  .map(([whole, keys]) => {
    const picked = Object.entries(whole).filter(([key, value]) => keys.includes(key) && value !== undefined);
    return Object.fromEntries(picked) as Filter;
  });

const within = <T>(list: readonly T[] | undefined, value: T): boolean =>
  list === undefined || list.length === 0 || list.includes(value);

const passes = (event: NewEvent, filter: Filter, time: bigint = event.occurredAt): boolean =>
  within(filter.types, event.type) &&
  within(filter.actors, event.actor) &&
  (!filter.targets?.length || event.targets.some((target) => filter.targets!.includes(target))) &&
  within(filter.outcomes, event.outcome) &&
  (filter.recordedBy === undefined || filter.recordedBy === sourceIn(event)) &&
  (filter.from === undefined || time >= filter.from) &&
  (filter.to === undefined || time < filter.to);

type OrderKey = (event: WalkedEvent) => readonly (bigint | number)[];
const timeKey: OrderKey = ({ occurredAt, seq, logNo, organizationId }) => [
  occurredAt,
  seq,
  logNo,
  organizationId,
];
const placeKey: OrderKey = ({ logNo, seq }) => [logNo, seq];

const ascending =
  (key: OrderKey) =>
  (a: WalkedEvent, b: WalkedEvent): number => {
    const [left, right] = [key(a), key(b)];
    const at = left.findIndex((value, index) => value !== right[index]);
    return at === -1 ? 0 : left[at]! < right[at]! ? -1 : 1;
  };

const placesOf = (events: readonly WalkedEvent[]): string[] =>
  events.map((event) => `${event.organizationId}/${event.logNo}/${event.seq}`);

/** All pages of a query, one after the other. */
async function allPages(store: Store, query: Omit<PageQuery, "after">): Promise<HashedEvent[]> {
  const all: HashedEvent[] = [];
  let after: PageKey | undefined;
  for (;;) {
    const page = await store.page({ ...query, ...(after ? { after } : {}) });
    expect(page.length).toBeLessThanOrEqual(query.limit);
    all.push(...page);
    if (page.length < query.limit) return all;
    const { occurredAt, seq, logNo, organizationId } = page.at(-1)!;
    after = { occurredAt, seq, logNo, organizationId };
  }
}

export function paging(database: () => TestDatabase, extent: Extent): void {
  describe("paging", () => {
    let store: Store;
    const events: NewEvent[] = [];
    let organizationIds: number[];

    beforeAll(async () => {
      store = await database().open();
      organizationIds = [];
      for (const size of [120, 40, 3]) {
        const { organizationId } = await newOrganization(store);
        organizationIds.push(organizationId);
        events.push(...(await append(store, organizationId, fc.sample(sample, size))));
      }
      // a second log of the first organization: seq starts again
      const first = organizationIds[0]!;
      await store.write(
        (tx) => tx.insertLog({ organizationId: first, logNo: 1, origin: "log.example/o/second" }),
        anywhere,
      );
      events.push(...(await append(store, first, fc.sample(sample, 40))));
      return () => store.close();
    });

    test("pages of an organization are what sorting in memory gives, for any filter and size", async () => {
      const query = fc.record({
        organizationId: fc.constantFrom(...organizationIds),
        filter: filters,
        limit: fc.integer({ min: 1, max: 60 }),
      });
      await fc.assert(
        fc.asyncProperty(query, async (query) => {
          const expected = events
            .filter((event) => event.organizationId === query.organizationId && passes(event, query.filter))
            .sort(ascending(timeKey))
            .reverse();
          expect(placesOf(await allPages(store, query))).toEqual(placesOf(expected));
        }),
        { numRuns: runsOf(extent, 80) },
      );
    });

    test("pages over all organizations are what sorting in memory gives", async () => {
      await fc.assert(
        fc.asyncProperty(filters, fc.integer({ min: 1, max: 90 }), async (filter, limit) => {
          const own = (list: readonly HashedEvent[]): HashedEvent[] =>
            list.filter((event) => organizationIds.includes(event.organizationId));
          const expected = events
            .filter((event) => passes(event, filter))
            .sort(ascending(timeKey))
            .reverse();
          expect(placesOf(own(await allPages(store, { filter, limit })))).toEqual(placesOf(expected));
        }),
        { numRuns: runsOf(extent, 40) },
      );
    });

    test("walks for export are what sorting in memory gives, in both orders, up to a place", async () => {
      const query = fc.record({
        organizationId: fc.constantFrom(...organizationIds),
        by: fc.constantFrom("occurred" as const, "recorded" as const),
        filter: filters,
        before: fc.record({ logNo: fc.integer({ min: 0, max: 1 }), seq: fc.bigInt(0n, 130n) }),
      });
      await fc.assert(
        fc.asyncProperty(query, async (query) => {
          const { before, by, filter } = query;
          const inFilter = (event: NewEvent): boolean =>
            passes(event, filter, by === "recorded" ? event.recordedAt : event.occurredAt);
          const expected = events
            .filter((event) => event.organizationId === query.organizationId && inFilter(event))
            .filter(({ logNo, seq }) => logNo < before.logNo || (logNo === before.logNo && seq < before.seq))
            .sort(ascending(by === "recorded" ? placeKey : timeKey));
          expect(placesOf(await collect(store.walk(query)))).toEqual(placesOf(expected));
          const copied = await eventsOf(store.walkBytes({ ...query, slots: [] }));
          expect(placesOf(copied)).toEqual(placesOf(expected));
        }),
        { numRuns: runsOf(extent, 60) },
      );
    });

    test("a walk gives the slots that it was asked for", async () => {
      const { organizationId } = await newOrganization(store);
      await append(store, organizationId, [{ slots: { reason: '"why"', context: "{}" } }]);
      const query = { organizationId, by: "occurred" as const, filter: {}, before: { logNo: 1, seq: 0n } };
      const [all] = await collect(store.walk(query));
      const stored = await store.event(organizationId, all!.id);
      expect(all!.recordedAt).toBe(stored?.recordedAt);
      expect(all!.slots.reason).toEqual({ json: '"why"' });
      expect(Object.keys(all!.slots).sort()).toEqual(["actor", "context", "data", "reason", "targets"]);
      const [some] = await collect(store.walk({ ...query, slots: ["reason", "data", "changes"] }));
      expect(some).toEqual({
        organizationId,
        logNo: 0,
        seq: 0n,
        id: all!.id,
        type: "NEW_API",
        occurredAt: startTime,
        recordedAt: all!.recordedAt,
        outcome: "success",
        slots: { data: { json: '{"seq":0}' }, reason: { json: '"why"' } },
      });
    });

    test("a walk of many chunks misses and repeats nothing", async () => {
      const { organizationId } = await newOrganization(store);
      const large = { slots: { data: JSON.stringify({ text: "x".repeat(30_000) }) } };
      await append(
        store,
        organizationId,
        Array.from({ length: 1500 }, (_, n) => (n < 150 ? large : {})),
      );
      for (const by of ["occurred", "recorded"] as const) {
        const chunks: number[] = [];
        const seqs: bigint[] = [];
        const walk = store.walk({ organizationId, by, filter: {}, before: { logNo: 0, seq: 1400n } });
        for await (const chunk of walk) {
          chunks.push(chunk.length);
          seqs.push(...chunk.map(({ seq }) => seq));
        }
        expect(seqs).toEqual(Array.from({ length: 1400 }, (_, seq) => BigInt(seq)));
        expect(chunks.length).toBeGreaterThan(2);
        expect(Math.max(...chunks)).toBeLessThanOrEqual(2000);
      }
    });

    test("pages that are read while others append neither repeat nor lose what was there", async () => {
      const { organizationId } = await newOrganization(store);
      const there = await append(store, organizationId, fc.sample(sample, 60));
      const seen: string[] = [];
      let after: PageKey | undefined;
      for (;;) {
        const page = await store.page({ organizationId, filter: {}, limit: 7, ...(after ? { after } : {}) });
        seen.push(...page.map(({ id }) => id));
        if (page.length < 7) break;
        after = page.at(-1)!;
        await append(store, organizationId, fc.sample(sample, 5));
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(there.filter(({ id }) => !seen.includes(id))).toEqual([]);
    });

    test("events are counted by type, of one organization and of all", async () => {
      const { organizationId } = await newOrganization(store);
      const before = new Map((await store.countByType()).map(({ type, count }) => [type, count]));
      await append(store, organizationId, [{ type: "b.b" }, { type: "A_A" }, { type: "b.b" }]);
      expect(await store.countByType(organizationId)).toEqual([
        { type: "A_A", count: 1n },
        { type: "b.b", count: 2n },
      ]);
      const after = new Map((await store.countByType()).map(({ type, count }) => [type, count]));
      expect(after.get("b.b")).toBe((before.get("b.b") ?? 0n) + 2n);
    });
  });
}
