/** Tests of appended events, for every store: exact bytes, limits, refusals, many writers. */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { StoreError } from "../contract/errors.ts";
import type { Organization } from "../contract/organizations.ts";
import type { Store } from "../store.ts";
import { recordingAnywhere } from "./anywhere.ts";
import type { TestDatabase } from "./harness.ts";
import {
  append,
  collect,
  frontierOf,
  newId,
  newOrganization,
  plain,
  sampleEvent,
  startTime,
} from "./sample-events.ts";

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "done",
    (error: unknown) => (error instanceof StoreError ? error.failure : error),
  );

export function appending(database: () => TestDatabase): void {
  describe("appending", () => {
    let store: Store;
    let organization: Organization;
    let organizationId: number;

    beforeAll(async () => {
      store = await database().open();
      organization = await newOrganization(store);
      organizationId = organization.organizationId;
      return () => store.close();
    });

    test("an event comes back as it was appended, to the byte and the microsecond", async () => {
      const slots = {
        data: '{"text":"tab \\t, newline \\n, quote \\", backslash \\\\, \\\\N, \\\\., é, 🎉, ‮right to left"}',
        reason: JSON.stringify("it's \\. and \\N and \t and 'x','role':'OWNER'"),
        recordedBy: '{"id":"operator","type":"operator"}',
      };
      const [event] = await append(store, organizationId, [{ slots, outcome: "denied" }]);
      expect(plain((await store.event(organizationId, event!.id))!)).toEqual(plain(event!));
      expect((await store.events(organizationId, 0, event!.seq, 1)).map(plain)).toEqual([plain(event!)]);
    });

    test("times are exact to the microsecond from 1970 to 2254", async () => {
      const last = BigInt(Date.UTC(2255, 0, 1)) * 1000n - 1n;
      const times = [0n, 1n, 999_999n, 1_000_000n, last, ...fc.sample(fc.bigInt(0n, last), 200)];
      const events = await append(
        store,
        organizationId,
        times.map((time) => ({ occurredAt: time, recordedAt: time })),
      );
      const found = await store.findEvents(events.map(({ id }) => ({ organizationId, id })));
      const byId = new Map(found.map((event) => [event.id, event]));
      expect(events.map(({ id }) => byId.get(id)!.occurredAt)).toEqual(times);
      expect(events.map(({ id }) => byId.get(id)!.recordedAt)).toEqual(times);
    });

    test("ids that differ only in case or accents are different actors and targets", async () => {
      const own = await newOrganization(store);
      const ids = ["Anne", "anne", "ANNE", "Änne", "A\u0308nne", "anne ", "ﬁ", "fi", "I", "ı", "İ"];
      await append(
        store,
        own.organizationId,
        ids.map((id) => ({ actor: { type: "user", id }, targets: [{ type: "user", id }] })),
      );
      for (const [index, id] of ids.entries()) {
        for (const filter of [{ actors: [`user:${id}`] }, { targets: [`user:${id}`] }]) {
          const found = await store.page({ organizationId: own.organizationId, filter, limit: 10 });
          expect(found.map(({ seq }) => seq)).toEqual([BigInt(index)]);
        }
      }
    });

    test("the longest ids, types and lists fit, and are found again", async () => {
      const own = await newOrganization(store);
      // hardly compressible, as long as the limits allow, in characters of four bytes
      const long = (n: number): string =>
        `${String.fromCodePoint(0x1f300 + n)}${newId().slice(-8)}`.repeat(21).slice(0, 210);
      const actor = { type: "a".repeat(32), id: long(0) };
      const targets = Array.from({ length: 20 }, (_, n) => ({ type: "t".repeat(32), id: long(n + 1) }));
      const type = `x${".y".repeat(31)}`;
      const data = JSON.stringify({ text: "z".repeat(64_000) });
      await append(store, own.organizationId, [{ actor, targets, type, slots: { data } }, {}]);
      const query = { organizationId: own.organizationId, limit: 5 };
      const keys = {
        actors: [`${actor.type}:${actor.id}`],
        targets: [`${targets[7]!.type}:${targets[7]!.id}`],
      };
      for (const filter of [{ types: [type] }, { actors: keys.actors }, { targets: keys.targets }]) {
        expect((await store.page({ ...query, filter })).map(({ seq }) => seq)).toEqual([0n]);
      }
    });

    test("U+0000 is refused, and nothing of the transaction is recorded", async () => {
      const before = (await store.heads([organizationId]))[0]!;
      const actor = { type: "user", id: "a\u0000b" };
      expect(await failureOf(append(store, organizationId, [{}, { actor }]))).toBe("refused");
      expect((await store.heads([organizationId]))[0]!.size).toBe(before.size);
      expect(await store.events(organizationId, 0, before.size, 10)).toEqual([]);
    });

    test("an event that is there already is refused, whether its place or its id comes again", async () => {
      const [event] = await append(store, organizationId, [{}]);
      const again = (seq: bigint, id: string): Promise<void> =>
        store.write((tx) => tx.appendEvents([sampleEvent(organizationId, seq, { id })]), recordingAnywhere);
      expect(await failureOf(again(event!.seq, newId()))).toBe("refused");
      expect(await failureOf(again(event!.seq + 1n, event!.id))).toBe("refused");
    });

    test("the same id may be recorded in two organizations, and neither sees the other's", async () => {
      const other = await newOrganization(store);
      const id = newId();
      await append(store, other.organizationId, [{}, {}]);
      const [here] = await append(store, organizationId, [{ id }]);
      expect(await store.event(other.organizationId, id)).toBeUndefined();
      const [there] = await append(store, other.organizationId, [{ id }]);
      expect(plain((await store.event(organizationId, id))!)).toEqual(plain(here!));
      expect(plain((await store.event(other.organizationId, id))!)).toEqual(plain(there!));
      const page = await store.page({ organizationId: other.organizationId, filter: {}, limit: 100 });
      expect(page.map((event) => event.organizationId)).toEqual([1, 2, 3].map(() => other.organizationId));
      const keys = [organizationId, other.organizationId].map((one) => ({ organizationId: one, id }));
      expect((await store.findEvents(keys)).map(({ seq }) => seq).sort()).toEqual(
        [here!.seq, there!.seq].sort(),
      );
    });

    test("twenty writers in two processes leave no gap and no duplicate", async () => {
      const own = await newOrganization(store);
      const second = await database().open();
      try {
        const writers = Array.from({ length: 20 }, async (_, writer) => {
          for (let round = 0; round < 5; round++) {
            await append(writer % 2 === 0 ? store : second, own.organizationId, [{}, {}, {}]);
          }
        });
        await Promise.all(writers);
      } finally {
        await second.close();
      }
      const events = await collect(
        store.walk({
          organizationId: own.organizationId,
          by: "recorded",
          filter: {},
          before: { logNo: 1, seq: 0n },
        }),
      );
      expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 300 }, (_, seq) => BigInt(seq)));
      expect((await store.heads([own.organizationId]))[0]!.size).toBe(300n);
    });

    test("leaf hashes and tiles come back in order", async () => {
      const own = await newOrganization(store);
      const events = await append(
        store,
        own.organizationId,
        Array.from({ length: 10 }, () => ({})),
      );
      const bytes = (fill: number, length: number): Uint8Array => new Uint8Array(length).fill(fill);
      await store.write(async (tx) => {
        const hashes = await tx.leafHashes(own.organizationId, 0, 2n, 9n);
        expect(hashes.map((hash) => [...hash])).toEqual(
          events.slice(2, 9).map((event) => [...event.leafHash]),
        );
        await tx.appendTiles(
          [0, 1, 2].map((index) => ({
            organizationId: own.organizationId,
            logNo: 0,
            level: 0,
            index: BigInt(index),
            hashes: bytes(index, 8192),
            root: bytes(index + 10, 32),
          })),
        );
        const roots = await tx.tileRoots(own.organizationId, 0, 0, 1n, 3n);
        expect(roots.map((root) => root[0])).toEqual([11, 12]);
      }, recordingAnywhere);
      const tiles = await store.tiles(own.organizationId, 0, 0, 1n, 1);
      expect(tiles.map(({ index, hashes }) => [index, hashes.length, hashes[0]])).toEqual([[1n, 8192, 1]]);
    });

    test("heads are locked in one order, read and written as a whole", async () => {
      const own = await Promise.all([newOrganization(store), newOrganization(store)]);
      const ids = own.map((one) => one.organizationId).sort((a, b) => b - a);
      const size = 7n;
      await store.write(async (tx) => {
        const heads = await tx.lockHeads([...ids, 2_000_000_000]);
        expect(heads.map((head) => head.organizationId)).toEqual(ids.toReversed());
        expect(heads[0]).toMatchObject({ logNo: 0, size: 0n, recordedAt: null, closed: false });
        await tx.updateHeads(
          heads.map((head) => ({
            ...head,
            size,
            frontier: frontierOf(size),
            recordedAt: startTime,
            closed: true,
          })),
        );
      }, recordingAnywhere);
      for (const head of await store.heads(ids)) {
        expect(head).toMatchObject({ size, recordedAt: startTime, closed: true });
        expect(head.frontier.length).toBe(96);
      }
    });
  });
}
