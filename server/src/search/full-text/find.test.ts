/** Searching for words: the same events as checking each one gives, however they are indexed, and none twice. */
import fc from "fast-check";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { freshDatabase } from "../../../../test/support/database.ts";
import { superuserRuns } from "../../../../test/support/superuser.ts";
import { type EventQuery, meets } from "../../full-text/index.ts";
import { indexAll, indexNext } from "../../full-text/testing/index-all.ts";
import type { NewEvent, StoredEvent } from "../../store/contract/events.ts";
import type { Filter, PageKey } from "../../store/contract/pages.ts";
import { openPostgres } from "../../store/postgres/index.ts";
import type { Reads, Store } from "../../store/store.ts";
import { anywhere } from "../../store/testing/anywhere.ts";
import { append, newOrganization, startTime } from "../../store/testing/sample-events.ts";
import { readSearch, type SearchRead } from "../language/index.ts";
import { conditionsOf } from "./conditions.ts";
import { countFound } from "./count.ts";
import { type FindQuery, find } from "./find.ts";
import { passes } from "./passes.ts";

const day = 86_400_000_000n;
let url: string;

/** 3,000 events in 30 days, not in the order of time: all have `all`, a third have `third`, five `rare`; the old ones have `once`. */
const samples = Array.from({ length: 3000 }, (_, n) => {
  const texts = [
    "all",
    `n${n}`,
    n % 3 === 0 ? "third party" : "party",
    n % 611 === 7 ? "rare" : "",
    n > 2700 ? "once" : "",
    `host-${n % 97}.example`,
  ];
  return {
    type: n % 7 === 0 ? "SEVENTH" : "NEW_API",
    occurredAt: startTime - BigInt(Math.floor(n / 100)) * day - BigInt((n * 7919) % 100),
    actor: { type: "user", id: `u_${n % 5}` },
    targets: [{ type: "api", id: `a_${n % 11}` }],
    outcome: n % 13 === 0 ? ("denied" as const) : ("success" as const),
    slots: {
      data: JSON.stringify({ text: texts.join(" ") }),
      ...(n % 17 === 0 ? { recordedBy: '{"id":"c","own":true,"type":"api_client"}' } : {}),
    },
  };
});

const utc = { zone: "UTC" };
const wanted = (query: string): EventQuery => (readSearch(query, utc) as SearchRead).wanted as EventQuery;

const queries: readonly [string, EventQuery, Filter][] = [
  ["a common word", wanted("all"), {}],
  ["a word of a third", wanted("third"), {}],
  ["a rare word", wanted("rare"), {}],
  ["a word that only old events have", wanted("once"), {}],
  ["the beginning of many words", wanted("n2"), {}],
  ["one letter", wanted("h"), {}],
  ["a part of a name", wanted("host-7"), {}],
  ["two words", wanted("third rare"), {}],
  ["a phrase", wanted('"third part"'), {}],
  ["a phrase in the wrong order", wanted('"party third"'), {}],
  ["a common word without others", wanted("all -third -n1"), {}],
  ["a common word without a phrase", wanted('all -"third party"'), {}],
  ["a rare word of a type", wanted("rare"), { types: ["SEVENTH"] }],
  ["a word of an outcome", wanted("party"), { outcomes: ["denied"] }],
  ["a word of two outcomes", wanted("rare"), { outcomes: ["denied", "success"] }],
  ["a word of what Daybook did", wanted("all"), { recordedBy: "daybook" }],
  ["a word of what others reported", wanted("rare"), { recordedBy: "others" }],
  [
    "a word of an actor and targets",
    wanted("all"),
    { actors: ["user:u_3"], targets: ["api:a_3", "api:a_4"] },
  ],
  ["an old word of a target", wanted("once"), { targets: ["api:a_2"] }],
  ["a word in a window", wanted("third"), { from: startTime - 20n * day, to: startTime - 9n * day + 5n }],
  ["a rare word in a window", wanted("rare"), { from: startTime - 20n * day, to: startTime - day }],
  ["a word that nobody has", wanted("nobody"), {}],
  ["all but a word", wanted("-third"), {}],
  ["all but a type", wanted("-type:SEVENTH"), {}],
  ["a type, or types that begin so", wanted("type:seventh type:NEW_*"), { outcomes: ["denied"] }],
  ["an actor by the id alone", wanted("actor:u_3 -target:api:a_3"), {}],
  ["one of two targets, and all but an outcome", wanted("target:api:a_1 target:a_2 -outcome:denied"), {}],
  ["all but actors by a word", wanted("-actor:u_1 -actor:u_2"), {}],
  ["what Daybook did, of no recorder that there is", wanted("recorded-by:daybook recorded-by:server:x"), {}],
  ["a recorder in a window", wanted("recorded-by:api_client:c after:2026-01-01"), {}],
];

const placeOf = ({ organizationId, logNo, seq }: StoredEvent | NewEvent): string =>
  `${organizationId}/${logNo}/${seq}`;

const newestFirst = (a: NewEvent, b: NewEvent): number =>
  a.occurredAt !== b.occurredAt ? Number(b.occurredAt - a.occurredAt) : Number(b.seq - a.seq);

/** What looking at each event gives. */
const expectedOf = (events: readonly NewEvent[], words: EventQuery, filter: Filter): NewEvent[] =>
  events.filter((event) => passes(event, filter) && meets(event, words)).sort(newestFirst);

/** Erases the data of events, as an erasure will: another text takes its place here. */
async function plant(store: Store, organizationId: number, events: readonly NewEvent[]): Promise<void> {
  const seqs = events.map(({ seq }) => seq).join(", ");
  await superuserRuns(
    url,
    `UPDATE event SET data = '{"text":"kept"}' WHERE organization_id = ${organizationId} AND seq IN (${seqs})`,
  );
  await store.write((tx) => tx.markChanged(events), anywhere);
}

/** All pages of a search, one after the other. */
async function allFound(reads: Reads, query: Omit<FindQuery, "after">): Promise<string[]> {
  const places: string[] = [];
  let after: PageKey | undefined;
  for (;;) {
    const { events, reached } = await find(reads, { ...query, ...(after && { after }) });
    expect(events.length).toBeLessThanOrEqual(query.limit);
    places.push(...events.map(placeOf));
    const last = events.at(-1);
    if (reached !== undefined) after = reached;
    else if (events.length === query.limit && last !== undefined) after = last;
    else return places;
  }
}

test("reads a page from many segments of mixed times with few statements", async () => {
  const store = await openPostgres(await freshDatabase("embedded"));
  const { organizationId } = await newOrganization(store);
  // each segment covers all days
  const mixed = samples.map((_, n) => samples[(n * 1_201) % samples.length]!);
  await append(store, organizationId, mixed);
  for (let count = 0; count < mixed.length; ) count += await indexNext(store, organizationId, 125);
  const reads = store.within(organizationId);
  expect((await reads.segments(organizationId)).length).toBeGreaterThan(8);
  const statements = async (query: string): Promise<number> => {
    const blocks = vi.fn(reads.blocks);
    const found = await find(
      { ...reads, blocks },
      { organizationId, filter: {}, wanted: wanted(query), limit: 26 },
    );
    expect(found.events.length).toBeGreaterThan(0);
    return blocks.mock.calls.length;
  };
  expect(await statements("all")).toBeLessThan(4);
  expect(await statements("third")).toBeLessThan(4);
  expect(await statements("rare")).toBeLessThan(6);
  await store.close();
});

describe.each([
  ["in one segment", 3_000, 3_000],
  ["in many segments, and not to the end", 130, 2_900],
  ["not at all", 1, 0],
])("events that are indexed %s", (_, batch, upTo) => {
  let store: Store;
  let organizationId: number;
  let events: NewEvent[];

  beforeAll(async () => {
    store = await openPostgres(await freshDatabase("embedded"));
    organizationId = (await newOrganization(store)).organizationId;
    events = await append(store, organizationId, samples);
    for (let count = 0; count < upTo; ) count += await indexNext(store, organizationId, batch);
    return () => store.close();
  });

  test.for(queries)("%s: every page is what looking at each event gives", async ([, words, filter]) => {
    const expected = expectedOf(events, words, filter).map(placeOf);
    // where each page reads all events, fewer pages are enough
    for (const limit of [1000, upTo === 0 ? 400 : 26]) {
      const query = { organizationId, filter, wanted: words, limit };
      expect(await allFound(store, query)).toEqual(expected);
      if (limit === 1000) expect(await allFound(store.within(organizationId), query)).toEqual(expected);
    }
  });

  const bounds = Array.from({ length: 32 }, (_, n) => startTime - BigInt(31 - n) * day + 50n);
  test.for(queries)("%s: counts are exact", async ([, words, filter]) => {
    const { from: _from, to: _to, ...rest } = filter;
    const matching = expectedOf(events, words, rest);
    const exact = bounds
      .slice(1)
      .map(
        (to, n) => matching.filter(({ occurredAt }) => occurredAt >= bounds[n]! && occurredAt < to).length,
      );
    const { counts } = await countFound(store.within(organizationId), {
      ...{ organizationId, wanted: words },
      ...{ filter, bounds },
    });
    counts.forEach(({ count, more }, n) => {
      if (more) expect(count).toBeLessThanOrEqual(exact[n]!);
      else expect(count).toBe(exact[n]);
    });
    // only texts that must be looked at one by one are counted up to a limit
    if (!conditionsOf(words, filter).needsText) expect(counts.some(({ more }) => more)).toBe(false);
  });
});

describe("a search", () => {
  let store: Store;
  beforeAll(async () => {
    url = await freshDatabase("embedded");
    store = await openPostgres(url);
    return () => store.close();
  });

  test("over all organizations finds each event once, newest first", async () => {
    const all: NewEvent[] = [];
    for (const count of [900, 700, 300]) {
      const { organizationId } = await newOrganization(store);
      all.push(...(await append(store, organizationId, samples.slice(0, count))));
      for (let at = 0; at < 600; ) at += (await indexNext(store, organizationId, 100)) || 600;
    }
    for (const words of [wanted("rare"), wanted("third"), wanted("all -third")]) {
      const found = await allFound(store, { filter: {}, wanted: words, limit: 100 });
      expect(new Set(found).size).toBe(found.length);
      expect([...found].sort()).toEqual(expectedOf(all, words, {}).map(placeOf).sort());
    }
  });

  test("finds nothing of another organization's, whatever is looked for", async () => {
    const { organizationId: full } = await newOrganization(store);
    await append(store, full, samples.slice(0, 200));
    await indexAll(store, full);
    const other = (await newOrganization(store)).organizationId;
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 8, unit: "grapheme" }), async (text) => {
        const read = readSearch(`all ${text.replaceAll("-", " ")}`, utc);
        if ("wrong" in read || read.wanted === undefined) return;
        const words = read.wanted;
        for (const [reads, organizationId] of [
          [store, other],
          [store.within(other), full],
          [store.within(other), undefined],
        ] as const) {
          const query = { filter: {}, wanted: words, limit: 10, ...(organizationId && { organizationId }) };
          expect((await find(reads, query)).events).toEqual([]);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("finds an event by what it has now, at once and after its segment is rebuilt", async () => {
    const { organizationId } = await newOrganization(store);
    const times = Array.from({ length: 600 }, (_, n) => ({
      ...samples[n]!,
      // many at the same time, beyond the blocks of documents
      occurredAt: startTime - BigInt(n % 3),
    }));
    const events = await append(store, organizationId, times);
    await indexAll(store, organizationId, 600);
    const erased = [0, 7, 299, 300, 599].map((n) => events[n]!);
    await plant(store, organizationId, erased);
    const left = events.filter((event) => !erased.includes(event));
    const bounds = [startTime - 5n, startTime - 1n, startTime + 1n];
    const check = async (): Promise<void> => {
      for (const words of [wanted("all"), wanted("rare"), wanted("all -rare"), wanted("kept")]) {
        const query = { organizationId, filter: {}, wanted: words };
        const expected = expectedOf(left, words, {}).map(placeOf);
        const found = await allFound(store, { ...query, limit: 70 });
        const ofErased = erased.map(placeOf);
        expect(found.filter((place) => !ofErased.includes(place))).toEqual(expected);
        expect(found.filter((place) => ofErased.includes(place))).toHaveLength(
          words.all[0]![0]!.word === "kept" ? erased.length : 0,
        );
        const { counts } = await countFound(store, { ...query, bounds });
        expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(found.length);
      }
    };
    await check();
    await append(store, organizationId, [{ type: "LATER" }]);
    await indexAll(store, organizationId);
    expect(await store.changedEvents(organizationId)).toEqual([]);
    await check();
    const bytes = await store.blocks(
      (await store.segments(organizationId)).map((segment) => ({
        segment,
        from: "",
        before: "\x7f",
        most: 9_999,
      })),
    );
    const all = Buffer.concat(bytes.flat().map(({ data }) => data)).toString("latin1");
    expect(all).toContain("kept");
    expect(all).not.toContain("n299");
  });

  test("counts an event once that is indexed meanwhile, or that waits and has changed", async () => {
    const { organizationId } = await newOrganization(store);
    const events = await append(store, organizationId, samples.slice(0, 50));
    await indexNext(store, organizationId, 20);
    await store.write((tx) => tx.markChanged([events[10]!, events[40]!]), anywhere);
    const query = { organizationId, filter: {}, wanted: wanted("all") };
    const bounds = [0n, startTime + day];
    const total = async (reads: Reads): Promise<number> =>
      (await countFound(reads, { ...query, bounds })).counts[0]!.count;
    expect(await total(store)).toBe(50);
    expect(await allFound(store, { ...query, limit: 1000 })).toEqual(
      expectedOf(events, query.wanted, {}).map(placeOf),
    );
    const meanwhile = {
      ...store,
      segments: async (id: number) => {
        await indexAll(store, id);
        return store.segments(id);
      },
    };
    expect(await total(meanwhile)).toBe(50);
  });

  test("over all organizations misses nothing that is merged while it lists segments", async () => {
    const all: NewEvent[] = [];
    const ids: number[] = [];
    for (let n = 0; n < 20; n++) {
      const { organizationId } = await newOrganization(store);
      ids.push(organizationId);
      all.push(
        ...(await append(
          store,
          organizationId,
          Array.from({ length: 15 }, (_, at) => ({
            occurredAt: startTime + BigInt(1000 * n + at),
            slots: { data: n < 3 && at < 10 ? '{"text":"merging"}' : '{"text":"other"}' },
          })),
        )),
      );
      for (let at = 0; at < 15; at++) await indexNext(store, organizationId, 1);
    }
    let lists = 0;
    const meanwhile = {
      ...store,
      async newestSegments(...of: Parameters<Reads["newestSegments"]>) {
        // the first part has been read by now
        if (lists++ === 1)
          for (const id of ids) {
            all.push(...(await append(store, id, [{ occurredAt: startTime + 900_000n }])));
            await indexNext(store, id, 1);
          }
        return store.newestSegments(...of);
      },
    };
    const query = { filter: {}, wanted: wanted("merging") };
    const found = await allFound(meanwhile, { ...query, limit: 1000 });
    expect(found).toEqual(expectedOf(all, query.wanted, {}).map(placeOf));
    lists = 0;
    const { counts } = await countFound(meanwhile, { ...query, bounds: [0n, startTime + day] });
    expect(counts).toEqual([{ count: 30, more: false }]);
  });

  test("finds words of any letters", async () => {
    const texts = ["Łódź", "京都 東京", "ΟΔΟΣ", "naïve café", "Привет", "a.b.c.d", "x".repeat(80)];
    const { organizationId } = await newOrganization(store);
    const many = Array.from({ length: 400 }, (_, n) => ({
      slots: { data: JSON.stringify({ text: texts[n % texts.length] }) },
    }));
    const events = await append(store, organizationId, many);
    await indexAll(store, organizationId);
    for (const query of ["lodz", "京", "東京", "οδος", "cafe nai", "привет", "b.c", "xxx", "Ł"]) {
      const words = wanted(query);
      const expected = expectedOf(events, words, {}).map(placeOf);
      expect(expected.length).toBeGreaterThan(0);
      expect(await allFound(store, { organizationId, filter: {}, wanted: words, limit: 50 })).toEqual(
        expected,
      );
    }
  });

  test("goes on where a log ends and the next begins", async () => {
    const { organizationId: id } = await newOrganization(store);
    await append(store, id, samples.slice(0, 10));
    await indexNext(store, id, 4);
    await append(store, id, samples.slice(10, 12));
    await store.write(
      (tx) => tx.insertLog({ organizationId: id, logNo: 1, origin: `log.example/o/words${id}` }),
      anywhere,
    );
    await append(store, id, samples.slice(20, 25));
    const query = { organizationId: id, filter: {}, wanted: wanted("all"), limit: 5 };
    expect(await allFound(store, query)).toHaveLength(17);
    await indexAll(store, id, 4);
    expect(await allFound(store, query)).toHaveLength(17);
  });

  test("gives whole pages while others append, index and merge", async () => {
    const { organizationId: id } = await newOrganization(store);
    const there = await append(store, id, samples.slice(0, 900));
    await indexAll(store, id, 20);
    const seen: string[] = [];
    let after: PageKey | undefined;
    for (let n = 0; ; n++) {
      const query = { organizationId: id, filter: {}, wanted: wanted("third"), limit: 40 };
      const [{ events }] = await Promise.all([
        find(store, { ...query, ...(after && { after }) }),
        append(store, id, samples.slice(n * 10, n * 10 + 10)).then(() => indexAll(store, id, 1)),
      ]);
      seen.push(...events.map((event) => event.id));
      if (events.length < 40) break;
      after = events.at(-1)!;
    }
    expect(new Set(seen).size).toBe(seen.length);
    const missed = there.filter((event) => meets(event, wanted("third")) && !seen.includes(event.id));
    expect(missed).toEqual([]);
  });
});
