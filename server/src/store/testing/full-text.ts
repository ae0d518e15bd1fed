/**
 * Tests of the full-text index, for every store: it finds the same events as checking each one, however common the words, and none twice.
 */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { NewEvent, StoredEvent } from "../contract/events.ts";
import { type FindQuery, fullTextFollower, type TextQuery } from "../contract/full-text.ts";
import type { Filter, PageKey } from "../contract/pages.ts";
import type { Store } from "../store.ts";
import { anywhere } from "./anywhere.ts";
import { type Extent, runsOf, sampleOf, type TestDatabase } from "./harness.ts";
import { append, newOrganization, startTime } from "./sample-events.ts";
import { holds, indexAll, indexing, indexNext, wanted } from "./sample-texts.ts";

const anyCharacter = fc.nat(0x10ffff).map((code) => String.fromCodePoint(code));
const day = 86_400_000_000n;

/** 3,000 events in 30 days, not in the order of time: all have `all`, a third have `third`, five `rare`; the old ones have `once`. */
const samples = Array.from({ length: 3000 }, (_, n) => {
  const texts = [
    "all",
    `n${n}`,
    n % 3 === 0 ? "third party" : "",
    n % 611 === 7 ? "rare" : "",
    n > 2700 ? "once" : "",
  ];
  const ofDay = BigInt(Math.floor(n / 100));
  return {
    type: n % 7 === 0 ? "SEVENTH" : "NEW_API",
    occurredAt: startTime - ofDay * day - BigInt((n * 7919) % 100),
    actor: { type: "user", id: `u_${n % 5}` },
    targets: [{ type: "api", id: `a_${n % 11}` }],
    slots: { data: JSON.stringify({ text: texts.join(" ") }) },
  };
});

const queries: readonly [string, TextQuery, Filter][] = [
  ["a common word", wanted("all"), {}],
  ["a word of a third", wanted("third"), {}],
  ["a rare word", wanted("rare"), {}],
  ["a word that only old events have", wanted("once"), {}],
  ["the beginning of many words", wanted("n2"), {}],
  ["two words", wanted("third", "rare"), {}],
  ["a phrase", wanted("third part"), {}],
  ["a phrase in the wrong order", wanted("party third"), {}],
  ["a common word without another", wanted("all", "-third", "-n1"), {}],
  ["a rare word of a type", wanted("rare"), { types: ["SEVENTH"] }],
  [
    "a common word of an actor and a target",
    wanted("all"),
    { actors: ["user:u_3"], targets: ["api:a_3", "api:a_4"] },
  ],
  ["an old word of a target", wanted("once"), { targets: ["api:a_2"] }],
  ["a word in a window", wanted("third"), { from: startTime - 20n * day, to: startTime - 9n * day + 5n }],
  ["a rare word in a window", wanted("rare"), { from: startTime - 20n * day, to: startTime - day }],
  ["a word that nobody has", wanted("nobody"), {}],
];

const placeOf = ({ organizationId, logNo, seq }: StoredEvent | NewEvent): string =>
  `${organizationId}/${logNo}/${seq}`;

const passes = (event: NewEvent, { types, actors, targets, from, to }: Filter): boolean =>
  (types === undefined || types.includes(event.type)) &&
  (actors === undefined || actors.includes(event.actor)) &&
  (targets === undefined || targets.some((target) => event.targets.includes(target))) &&
  (from === undefined || event.occurredAt >= from) &&
  (to === undefined || event.occurredAt < to);

const newestFirst = (a: NewEvent, b: NewEvent): number =>
  a.occurredAt !== b.occurredAt ? Number(b.occurredAt - a.occurredAt) : Number(b.seq - a.seq);

/** All pages of a search, one after the other. */
async function allFound(store: Store, query: Omit<FindQuery, "after">): Promise<string[]> {
  const places: string[] = [];
  let after: PageKey | undefined;
  for (;;) {
    const { events, reached } = await store.find({ ...query, ...(after && { after }) });
    expect(events.length).toBeLessThanOrEqual(query.limit);
    places.push(...events.map(placeOf));
    const last = events.at(-1);
    if (reached !== undefined) after = reached;
    else if (events.length === query.limit && last !== undefined) after = last;
    else return places;
  }
}

export function words(database: () => TestDatabase, extent: Extent): void {
  describe("words", () => {
    let store: Store;
    let organizationId: number;
    let events: NewEvent[];
    let neighbours: NewEvent[];

    beforeAll(async () => {
      store = await database().open();
      organizationId = (await newOrganization(store)).organizationId;
      const neighbour = (await newOrganization(store)).organizationId;
      events = await append(store, organizationId, samples);
      neighbours = await append(store, neighbour, samples.slice(0, 700));
      await indexAll(store, organizationId);
      await indexAll(store, neighbour);
      return () => store.close();
    });

    test.for(sampleOf(extent, queries, 5))(
      "%s: every page is what looking at each event gives",
      async ([, words, filter]) => {
        const expected = events
          .filter((event) => holds(words, event) && passes(event, filter))
          .sort(newestFirst);
        for (const limit of [1000, 26]) {
          const query = { organizationId, filter, wanted: words, limit };
          expect(await allFound(store, query)).toEqual(expected.map(placeOf));
          if (limit === 1000) {
            expect(await allFound(store.within(organizationId) as Store, query)).toEqual(
              expected.map(placeOf),
            );
          }
        }
      },
    );

    test("of all organizations each event is found once, newest first", async () => {
      for (const words of [wanted("rare"), wanted("all", "third"), wanted("once")]) {
        const mine = [organizationId, neighbours[0]!.organizationId].map((id) => `${id}/`);
        const expected = [...events, ...neighbours].filter((event) => holds(words, event)).sort(newestFirst);
        const found = await allFound(store, { filter: { to: startTime + 1n }, wanted: words, limit: 100 });
        expect(found.filter((place) => mine.some((id) => place.startsWith(id))).sort()).toEqual(
          expected.map(placeOf).sort(),
        );
      }
    });

    test("a search finds nothing of another organization's, whatever is looked for", async () => {
      const other = (await newOrganization(store)).organizationId;
      const word = fc
        .string({ minLength: 1, maxLength: 8, unit: anyCharacter })
        .map((text) => text.replaceAll("\0", ""));
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            word.filter((text) => text !== ""),
            { minLength: 1, maxLength: 3 },
          ),
          async (found) => {
            const query = { all: found.map((one) => [{ word: one, at: 1 }]), none: [] };
            expect(await store.find({ organizationId: other, filter: {}, wanted: query, limit: 10 })).toEqual(
              {
                events: [],
                reached: undefined,
              },
            );
          },
        ),
        { numRuns: runsOf(extent, 60) },
      );
    });

    test("words of any characters are found as they are", async () => {
      const { organizationId: id } = await newOrganization(store);
      await append(store, id, samples.slice(0, 600));
      for (const word of ["'", "\\", ":*", "a'b\\", "&|!()<->", "\t\n", "é😀", "\u202e", "x\u0001y"]) {
        const { organizationId: mine } = await newOrganization(store);
        await append(store, mine, [...samples.slice(0, 501), { occurredAt: startTime - 99n * day }]);
        const wordsOf = (event: { type: string }): { word: string; at: number }[] => [
          { word: event.type === "NEW_API" ? word : "other", at: 1 },
        ];
        await indexNext(store, mine, { ...indexing, limit: 1000, wordsOf });
        const found = await store.find({
          organizationId: mine,
          filter: { to: startTime - 90n * day },
          wanted: { all: [[{ word, at: 1 }]], none: [] },
          limit: 10,
        });
        expect(found.events, JSON.stringify(word)).toHaveLength(word.includes("\u0001") ? 0 : 1);
      }
    });

    test("how far words are indexed is told, and each event is indexed once by however many", async () => {
      const { organizationId: id } = await newOrganization(store);
      expect(await store.followerProgress(fullTextFollower, id)).toEqual([
        { organizationId: id, logNo: 0, next: 0n, behind: 0n, recordedAt: null },
      ]);
      await append(store, id, samples.slice(0, 500));
      expect(await store.followable(fullTextFollower, 1000)).toContain(id);
      expect(
        (await store.followerProgress(fullTextFollower, undefined)).map((one) => one.organizationId),
      ).toContain(id);
      const others = [await database().open(), await database().open()];
      const counts = await Promise.all([store, ...others].map((one) => indexAll(one, id, 7)));
      await Promise.all(others.map((one) => one.close()));
      await indexAll(store, id, 7);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(500);
      expect(
        await allFound(store, { organizationId: id, filter: {}, wanted: wanted("all"), limit: 100 }),
      ).toHaveLength(500);
      expect(await store.followerProgress(fullTextFollower, id)).toEqual([
        { organizationId: id, logNo: 0, next: 500n, behind: 0n, recordedAt: startTime + 499n },
      ]);
      expect(await store.followable(fullTextFollower, 1000)).not.toContain(id);
    });

    test("a later log is gone on with where the one before it ended", async () => {
      const { organizationId: id } = await newOrganization(store);
      await append(store, id, samples.slice(0, 10));
      await indexAll(store, id, 4);
      await append(store, id, samples.slice(10, 12));
      await store.write(
        (tx) => tx.insertLog({ organizationId: id, logNo: 1, origin: `log.example/o/words${id}` }),
        anywhere,
      );
      await append(store, id, samples.slice(20, 25));
      expect(await store.followerProgress(fullTextFollower, id)).toMatchObject([
        { logNo: 0, next: 10n, behind: 7n },
      ]);
      expect(await indexAll(store, id, 4)).toBe(7);
      expect(await store.followerProgress(fullTextFollower, id)).toMatchObject([
        { logNo: 1, next: 5n, behind: 0n },
      ]);
      expect(
        await allFound(store, { organizationId: id, filter: {}, wanted: wanted("all"), limit: 5 }),
      ).toHaveLength(17);
    });

    test("what breaks off in the middle is as if it had not begun", async () => {
      const { organizationId: id } = await newOrganization(store);
      await append(store, id, samples.slice(0, 20));
      let left = 15;
      const wordsOf: typeof indexing.wordsOf = (event) => {
        if (left-- === 0) throw new Error("broken");
        return indexing.wordsOf(event);
      };
      await expect(indexNext(store, id, { ...indexing, limit: 12, wordsOf })).resolves.toBe(12);
      await expect(indexNext(store, id, { ...indexing, limit: 12, wordsOf })).rejects.toThrow("broken");
      expect(await store.followerProgress(fullTextFollower, id)).toMatchObject([{ next: 12n, behind: 8n }]);
      expect(await indexAll(store, id)).toBe(8);
    });

    test("pages stay whole while others append and index", async () => {
      const { organizationId: id } = await newOrganization(store);
      const there = await append(store, id, samples.slice(0, 900));
      await indexAll(store, id);
      const seen: string[] = [];
      let after: PageKey | undefined;
      for (let n = 0; ; n++) {
        const query = { organizationId: id, filter: {}, wanted: wanted("third"), limit: 40 };
        const { events: page } = await store.find({ ...query, ...(after && { after }) });
        seen.push(...page.map(({ id }) => id));
        if (page.length < 40) break;
        after = page.at(-1)!;
        await append(store, id, samples.slice(n * 10, n * 10 + 10));
        await indexAll(store, id);
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(there.filter((event) => holds(wanted("third"), event) && !seen.includes(event.id))).toEqual([]);
    });

    describe("counts", () => {
      const bounds = Array.from({ length: 32 }, (_, n) => startTime - BigInt(31 - n) * day + 50n);
      const counted: [string, TextQuery | undefined, Filter][] = [
        ["of everything", undefined, {}],
        ...queries,
      ];
      const expectedOf = (words: TextQuery | undefined, filter: Filter): number[] =>
        bounds
          .slice(1)
          .map(
            (to, n) =>
              events.filter(
                (event) =>
                  event.occurredAt >= bounds[n]! &&
                  event.occurredAt < to &&
                  passes(event, filter) &&
                  (words === undefined || holds(words, event)),
              ).length,
          );

      test.for(sampleOf(extent, counted, 3))(
        "%s: are exact while there are few",
        async ([, words, { from: _from, to: _to, ...filter }]) => {
          const query = { organizationId, filter, bounds, most: 100_000 };
          for (const reads of [store, store.within(organizationId)]) {
            const counts = await reads.count({ ...query, wanted: words });
            expect(counts).toEqual(expectedOf(words, filter).map((count) => ({ count, more: false })));
          }
        },
      );

      test("are at least so many where there are too many", async () => {
        for (const words of [undefined, wanted("all")]) {
          const counts = await store.count({ organizationId, filter: {}, bounds, most: 1000, wanted: words });
          const exact = expectedOf(words, {});
          expect(counts.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(1100);
          counts.forEach(({ count, more }, n) => {
            if (more) expect(count).toBeLessThanOrEqual(exact[n]!);
            else expect(count).toBe(exact[n]);
          });
          expect(counts.some(({ more }) => more)).toBe(true);
        }
      });

      test("of all organizations are sums", async () => {
        const both = {
          filter: { types: ["SEVENTH"] },
          bounds: [startTime - 3n * day, startTime + 1n],
          most: 100_000,
        };
        for (const words of [undefined, wanted("third")]) {
          const [all] = await store.count({ ...both, wanted: words });
          const [one] = await store.count({ ...both, organizationId, wanted: words });
          expect(all!.count).toBeGreaterThan(one!.count);
        }
      });
    });

    test("the calendar gives days and hours of a time zone, also where the clock is changed", async () => {
      const at = (text: string): bigint => BigInt(Date.parse(text)) * 1000n;
      const berlin = {
        from: at("2026-10-24T12:00:00Z"),
        to: at("2026-10-26T12:00:00Z"),
        timeZone: "Europe/Berlin",
      };
      expect(await store.calendar({ ...berlin, unit: "day" })).toEqual(
        ["2026-10-23T22:00Z", "2026-10-24T22:00Z", "2026-10-25T23:00Z", "2026-10-26T23:00Z"].map(at),
      );
      const hours = {
        from: at("2026-10-25T00:30:00Z"),
        to: at("2026-10-25T02:00:00Z"),
        timeZone: "Asia/Kolkata",
      };
      expect(await store.calendar({ ...hours, unit: "hour" })).toEqual(
        ["2026-10-25T00:30Z", "2026-10-25T01:30Z", "2026-10-25T02:30Z"].map(at),
      );
      await expect(store.calendar({ ...berlin, unit: "day", timeZone: "Mars/Base" })).rejects.toMatchObject({
        failure: "refused",
      });
    });
  });
}
