/** Tests of walks as bytes, for every store: the events of a walk, whatever their texts and however large they are. */
import { type SlotName, slotNames } from "daybook/internal";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { WalkedEvent } from "../contract/pages.ts";
import type { ByteWalkQuery, EventBytes } from "../contract/walks.ts";
import type { Store } from "../store.ts";
import { type Extent, runsOf, type TestDatabase } from "./harness.ts";
import { append, collect, eventsOf, newOrganization, type SampleOptions } from "./sample-events.ts";

const end = { logNo: 9, seq: 0n };
const everything = (organizationId: number): ByteWalkQuery => ({
  organizationId,
  by: "occurred",
  filter: {},
  before: end,
  slots: slotNames,
});

const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({
    unit: fc.constantFrom("\\", "'", '"', "\n", "\r", "\t", "\u0001", "\u007f", ",", "😀", "\u2028"),
  }),
  fc.constant("x".repeat(70_000)),
);
const slots = fc.dictionary(
  fc.constantFrom(...slotNames),
  text.map((value) => JSON.stringify(value)),
);
const texts: fc.Arbitrary<SampleOptions> = fc.record({
  type: fc.constantFrom("NEW_API", "invoice.paid"),
  outcome: fc.constantFrom("success", "denied", "failed"),
  occurredAt: fc.constantFrom(0n, 1n, 946_684_799_999_999n, 946_684_800_000_000n, 8_993_721_599_999_999n),
  slots,
});

/** The current event, put together from the places alone. */
function fromPlaces(events: EventBytes, names: readonly SlotName[]): unknown {
  const from = (start: number, to: number): string => Buffer.from(events.bytes).toString("utf8", start, to);
  const found = names.flatMap((name, index) => {
    const [start, to] = [events.slots[2 * index]!, events.slots[2 * index + 1]!];
    return start === -1 ? [] : [[name, { json: from(start, to) }] as const];
  });
  return {
    id: Buffer.from(events.bytes.subarray(events.id, events.id + 16)).toString("hex"),
    logNo: events.logNo,
    seq: BigInt(events.seq),
    type: from(events.type, events.typeEnd),
    occurredAt: BigInt(events.occurredAt),
    recordedAt: BigInt(events.recordedAt),
    outcome: events.outcome,
    slots: Object.fromEntries(found),
  };
}

const expectedPlaces = ({ organizationId: _known, id, ...event }: WalkedEvent): unknown => ({
  ...event,
  id: id.replaceAll("-", ""),
});

export function byteWalks(database: () => TestDatabase, extent: Extent): void {
  describe("a walk as bytes", () => {
    let store: Store;
    beforeAll(async () => {
      store = await database().open();
      return () => store.close();
    });

    test("has the events of a walk, and their texts at their places, whatever they are", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(texts, { minLength: 1, maxLength: 5 }),
          fc.shuffledSubarray<SlotName>([...slotNames]),
          async (made, names) => {
            const { organizationId } = await newOrganization(store);
            await append(store, organizationId, made);
            const query = { ...everything(organizationId), slots: names };
            const walked = await collect(store.walk(query));
            expect(await eventsOf(store.walkBytes(query))).toEqual(walked);
            const placed: unknown[] = [];
            for await (const events of store.walkBytes(query))
              while (events.next()) placed.push(fromPlaces(events, names));
            expect(placed).toEqual(walked.map(expectedPlaces));
          },
        ),
        { numRuns: runsOf(extent, 40) },
      );
    });

    test("of a page has its events, their leaf hashes and the present name, whatever the texts are", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(texts, { maxLength: 5 }),
          fc.shuffledSubarray<SlotName>([...slotNames]),
          fc.boolean(),
          async (made, names, oldestFirst) => {
            const { organizationId, name } = await newOrganization(store, "Søren & søns");
            if (made.length > 0) await append(store, organizationId, made);
            const query = { organizationId, filter: {}, limit: 4, oldestFirst, slots: names };
            const page = await store.page(query);
            const events = await store.pageBytes(query);
            for (const event of page) {
              expect(events.next()).toBe(true);
              expect(events.event()).toEqual(event);
              const { leafHash: _elsewhere, ...rest } = event;
              expect(fromPlaces(events, names)).toEqual(expectedPlaces(rest));
              const hash = events.bytes.subarray(events.leafHash, events.leafHash + 32);
              expect(hash.equals(event.leafHash)).toBe(true);
              expect(events.organizationName()).toBe(name);
            }
            expect(events.next()).toBe(false);
          },
        ),
        { numRuns: runsOf(extent, 40) },
      );
    });

    test("lists what was erased, also of slots that weren't asked for", async () => {
      const { organizationId } = await newOrganization(store);
      await append(store, organizationId, [{ slots: { reason: '"why"', context: "{}" } }, {}]);
      const erase = `UPDATE event SET reason = NULL, erased = 256, digests = decode(repeat('00', 32), 'hex'),
        salts = substr(salts, 17) WHERE organization_id = ${organizationId} AND seq = 0`;
      await database().plant(erase);
      const query = { ...everything(organizationId), slots: ["data"] as const };
      const chunks = store.walkBytes(query);
      const erased: boolean[] = [];
      for await (const events of chunks) while (events.next()) erased.push(events.isErased);
      expect(erased).toEqual([true, false]);
      const [first] = await eventsOf(store.walkBytes(query));
      expect(first?.slots).toEqual({ data: { json: '{"seq":0}' }, reason: { digest: undefined } });
    });

    test("misses and repeats nothing over many chunks, and none is large, though large events follow small ones", async () => {
      const { organizationId } = await newOrganization(store);
      const large = { slots: { data: JSON.stringify({ text: "x".repeat(60_000) }) } };
      const sizes = Array.from({ length: 3000 }, (_, n) => (n >= 2500 && n % 100 < 60 ? large : {}));
      for (let from = 0; from < sizes.length; from += 500)
        await append(store, organizationId, sizes.slice(from, from + 500));
      for (const by of ["occurred", "recorded"] as const) {
        const query = { ...everything(organizationId), by, before: { logNo: 0, seq: 2950n } };
        const seqs: number[] = [];
        let largest = 0;
        for await (const events of store.walkBytes(query)) {
          // the next chunk arrives meanwhile
          await new Promise((resolve) => setTimeout(resolve, 30));
          for (let first = -1; events.next(); ) {
            seqs.push(events.seq);
            if (first === -1) first = events.id;
            largest = Math.max(largest, Math.max(...events.slots) - first);
          }
        }
        expect(seqs).toEqual(Array.from({ length: 2950 }, (_, seq) => seq));
        expect(largest).toBeLessThan(4_100_000);
      }
    });

    test("has the events of a walk for any filter, whatever its texts are", async () => {
      const { organizationId } = await newOrganization(store);
      const ids = ["o'brien", "\\", "\\'", '"', "$1", "'); DROP TABLE event; --", "{a,b}", "é😀", ""];
      const parties = ids.map((id) => ({ type: "user", id }));
      await append(
        store,
        organizationId,
        parties.map((one, n) => ({ actor: one, targets: [one, parties.at(n - 1)!] })),
      );
      for (const id of [...ids, "nobody"])
        for (const names of [[`user:${id}`], [`user:${id}`, "user:'"]])
          for (const filter of [{ actors: names }, { targets: names }, { actors: ids, targets: names }]) {
            const query = { ...everything(organizationId), filter };
            expect(await eventsOf(store.walkBytes(query))).toEqual(await collect(store.walk(query)));
          }
      const refused = { ...everything(organizationId), filter: { actors: ["user:\0"] } };
      await expect(eventsOf(store.walkBytes(refused))).rejects.toMatchObject({ failure: "refused" });
      await expect(collect(store.walk(refused))).rejects.toMatchObject({ failure: "refused" });
    });

    test("is whole or rejects while connections break", async () => {
      const { organizationId } = await newOrganization(store);
      await append(store, organizationId, Array(1000).fill({ slots: { reason: `"${"x".repeat(5_000)}"` } }));
      let isBreaking = true;
      const breaks = (async () => {
        while (isBreaking) await database().breakConnections();
      })();
      const found = new Set<unknown>();
      for (let n = 0; n < 20; n++)
        found.add(
          await eventsOf(store.walkBytes(everything(organizationId))).then(
            ({ length }) => length,
            ({ failure }) => failure,
          ),
        );
      isBreaking = false;
      await breaks;
      for (const outcome of found) expect([1000, "unavailable"]).toContain(outcome);
      expect(await eventsOf(store.walkBytes(everything(organizationId)))).toHaveLength(1000);
    });

    test("of no events has no chunk", async () => {
      const { organizationId } = await newOrganization(store);
      expect(await collect(chunksOf(store.walkBytes(everything(organizationId))))).toEqual([]);
    });

    test("goes on over another connection when all break between its chunks", async () => {
      const { organizationId } = await newOrganization(store);
      await append(
        store,
        organizationId,
        Array.from({ length: 1000 }, () => ({})),
      );
      const seqs: number[] = [];
      for await (const events of store.walkBytes(everything(organizationId))) {
        while (events.next()) seqs.push(events.seq);
        await database().breakConnections();
      }
      expect(seqs).toEqual(Array.from({ length: 1000 }, (_, seq) => seq));
    });
  });
}

async function* chunksOf(walk: AsyncIterable<EventBytes>): AsyncGenerator<number[]> {
  for await (const events of walk) yield [events.next() ? events.seq : -1];
}
