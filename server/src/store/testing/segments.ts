/** Tests of the segments of the full-text index, for every store. */
import type { SlotName } from "daybook/internal";
import { beforeAll, describe, expect, test } from "vitest";
import { isCut } from "../contract/followers.ts";
import { fullTextFollower } from "../contract/full-text.ts";
import type { IndexSegment, StoredBlock } from "../contract/segments.ts";
import type { Store } from "../store.ts";
import { anywhere } from "./anywhere.ts";
import type { TestDatabase } from "./harness.ts";
import { append, newOrganization, startTime } from "./sample-events.ts";
import { indexAll, indexNext, sampleBlocks, sampleSegment } from "./sample-segments.ts";

const samples = (count: number): object[] => Array.from({ length: count }, () => ({}));

export function segments(database: () => TestDatabase): void {
  describe("segments", () => {
    let store: Store;

    beforeAll(async () => {
      store = await database().open();
      return () => store.close();
    });

    const inserted = async (blocks: readonly StoredBlock[]): Promise<IndexSegment> => {
      const segment = sampleSegment(await newOrganization(store));
      const { organizationId, logNo, first, events, oldest, newest, version } = segment;
      const whole = { organizationId, logNo, first, events, oldest, newest, version };
      await store.write((tx) => tx.insertSegment(whole, blocks), anywhere);
      return whole;
    };

    test("are listed with the newest events first", async () => {
      const { organizationId } = await newOrganization(store);
      const all = [3n, 9n, 5n].map((time, n) =>
        sampleSegment({ organizationId, first: BigInt(n), oldest: 1n, newest: time } as IndexSegment),
      );
      await store.write(async (tx) => {
        for (const segment of all) await tx.insertSegment(segment, sampleBlocks());
      }, anywhere);
      expect(await store.segments(organizationId)).toEqual([all[1], all[2], all[0]]);
      const ofAll = await store.newestSegments(100_000);
      expect(ofAll.filter((one) => one.organizationId === organizationId)).toEqual([all[1], all[2], all[0]]);
      expect(await store.newestSegments(2)).toEqual(ofAll.slice(0, 2));
    });

    test("give the blocks in which terms can be", async () => {
      const segment = await inserted(sampleBlocks("wb", "wd\xff", "wf"));
      const firsts = async (from: string, before: string, most = 10): Promise<string[]> => {
        const [blocks] = await store.blocks([{ segment, from, before, most }]);
        for (const { first, data } of blocks!)
          expect(Buffer.from(data).toString("latin1")).toBe(`block ${first}`);
        return blocks!.map(({ first }) => first);
      };
      expect(await firsts("", "")).toEqual([""]);
      expect(await firsts("wa", "wa")).toEqual([""]);
      expect(await firsts("wb", "wb")).toEqual(["wb"]);
      expect(await firsts("wc", "wc\xff")).toEqual(["wb"]);
      expect(await firsts("wc", "we")).toEqual(["wb", "wd\xff"]);
      expect(await firsts("wd\xfe", "wd\xff")).toEqual(["wb"]);
      expect(await firsts("", "x")).toEqual(["", "wb", "wd\xff", "wf"]);
      expect(await firsts("", "x", 2)).toEqual(["", "wb"]);
      expect(await firsts("wz", "x", 1)).toEqual(["wf"]);
      const [known] = await store.blocks([
        { segment, from: "wc", before: "we", most: 10, isFirstKnown: true },
      ]);
      expect(known!.map(({ first, data }) => [first, data.length])).toEqual([
        ["wb", 0],
        ["wd\xff", 9],
      ]);
    });

    test("give the blocks of many ranges at once, each in its place", async () => {
      const [one, other] = [await inserted(sampleBlocks("wb")), await inserted(sampleBlocks("wc"))];
      const ranges = Array.from({ length: 400 }, (_, n) => ({
        segment: [one, other, { ...one, events: 2 }][n % 3]!,
        ...{ from: "wd", before: "we", most: 2 },
      }));
      const found = await store.blocks(ranges);
      expect(found.map((blocks) => blocks.map(({ first }) => first))).toEqual(
        ranges.map((_, n) => [["wb"], ["wc"], []][n % 3]),
      );
      expect(await store.blocks([])).toEqual([]);
    });

    test("any bytes are read back as they were written", async () => {
      const data = Uint8Array.from({ length: 20_000 }, (_, n) => (n * 7) % 256);
      const every = String.fromCharCode(...Array.from({ length: 256 }, (_, n) => n));
      const segment = await inserted([
        { first: "", data: new Uint8Array(0) },
        { first: every, data },
      ]);
      const [blocks] = await store.blocks([{ segment, from: "", before: "\xff", most: 9 }]);
      expect(blocks!.map(({ first }) => first)).toEqual(["", every]);
      expect(Buffer.compare(blocks![1]!.data, data)).toBe(0);
    });

    test("are replaced whole, or not at all", async () => {
      const segment = await inserted(sampleBlocks("wa"));
      const { organizationId } = segment;
      const larger = { ...segment, events: 2 };
      await expect(
        store.write(async (tx) => {
          expect(await tx.deleteSegments([segment, larger])).toBe(1);
          throw new Error("broken");
        }, anywhere),
      ).rejects.toThrow("broken");
      expect(await store.segments(organizationId)).toEqual([segment]);
      await store.write(async (tx) => {
        expect(await tx.deleteSegments([segment])).toBe(1);
        await tx.insertSegment(larger, sampleBlocks("wb"));
      }, anywhere);
      expect(await store.segments(organizationId)).toEqual([larger]);
      expect(await store.blocks([{ segment, from: "", before: "x", most: 9 }])).toEqual([[]]);
      await expect(
        store.write((tx) => tx.insertSegment(larger, sampleBlocks()), anywhere),
      ).rejects.toMatchObject({ failure: "conflict" });
    });

    test("how far events are indexed is known, and each is indexed once by however many", async () => {
      const { organizationId: id } = await newOrganization(store);
      expect(await store.followerProgress(fullTextFollower, id)).toEqual([
        { organizationId: id, logNo: 0, next: 0n, behind: 0n, recordedAt: null },
      ]);
      const events = await append(store, id, samples(500));
      expect((await store.followable(fullTextFollower, { limit: 1000 })).organizationIds).toContain(id);
      const others = [await database().open(), await database().open()];
      await Promise.all([store, ...others].map((one) => indexAll(one, id, 7)));
      await Promise.all(others.map((one) => one.close()));
      await indexAll(store, id, 7);
      const all = (await store.segments(id)).sort((a, b) => Number(a.first - b.first));
      expect(all.reduce((end, { first, events }) => (end === first ? first + BigInt(events) : -1n), 0n)).toBe(
        500n,
      );
      expect(await store.followerProgress(fullTextFollower, id)).toEqual([
        { organizationId: id, logNo: 0, next: 500n, behind: 0n, recordedAt: startTime + 499n },
      ]);
      expect((await store.followable(fullTextFollower, { limit: 1000 })).organizationIds).not.toContain(id);
      expect(events).toHaveLength(500);
    });

    test("the events after the position are read, the last ones of each log", async () => {
      const { organizationId: id } = await newOrganization(store);
      const seqs = async (limit: number): Promise<number[]> =>
        (await store.unfollowed(fullTextFollower, id, limit)).map(({ seq }) => Number(seq)).sort();
      expect(await seqs(10)).toEqual([]);
      await append(store, id, samples(5));
      expect(await seqs(10)).toEqual([0, 1, 2, 3, 4]);
      await indexNext(store, id, { limit: 2 });
      expect(await seqs(10)).toEqual([2, 3, 4]);
      expect(await seqs(2)).toEqual([3, 4]);
      // of all there are, which other tests have filled with large events
      expect(await store.within(id).unfollowed(fullTextFollower, undefined, 1_000_000)).toHaveLength(3);
      await indexAll(store, id);
      expect(await seqs(10)).toEqual([]);
    });

    test("a follower reads large events in parts, and each of them whole", async () => {
      const { organizationId: id } = await newOrganization(store);
      const large = (count: number): object => ({ slots: { data: JSON.stringify("x".repeat(count)) } });
      await append(store, id, [3_000_000, 3_000_000, 3_000_000, 9_000_000, 1].map(large));
      const read = (next: bigint, slots: readonly SlotName[]): Promise<[seqs: number[], isCut: boolean]> =>
        store.write(async (tx) => {
          const events = await tx.followedEvents(id, { logNo: 0, next }, { slots, limit: 6 });
          return [events.map(({ seq }) => Number(seq)), isCut(events, 6)];
        }, anywhere);
      expect(await read(0n, ["actor", "data"])).toEqual([[0, 1, 2], true]);
      expect(await read(3n, ["actor", "data"])).toEqual([[3], true]);
      expect(await read(4n, ["actor", "data"])).toEqual([[4], false]);
      expect(await read(0n, ["actor"])).toEqual([[0, 1, 2, 3, 4], false]);
    });

    test("a follower that gathers events waits for them, but not for ever", async () => {
      const { organizationId: id } = await newOrganization(store);
      const isDue = async (events: number, ms: number): Promise<boolean> =>
        (
          await store.followable(fullTextFollower, { limit: 100_000, gathers: { events, ms } })
        ).organizationIds.includes(id);
      const now = await store.clock();
      await append(
        store,
        id,
        samples(5).map(() => ({ recordedAt: now })),
      );
      expect(await isDue(6, 3_600_000)).toBe(false);
      expect(await isDue(5, 3_600_000)).toBe(true);
      await indexNext(store, id, { limit: 3 });
      expect(await isDue(3, 3_600_000)).toBe(false);
      expect(await isDue(3, 0)).toBe(true);
      await store.write(
        (tx) => tx.insertLog({ organizationId: id, logNo: 1, origin: `log.example/o/gathers${id}` }),
        anywhere,
      );
      // nothing is added to a log that has ended
      await append(store, id, [{ recordedAt: now }]);
      expect(await isDue(3, 3_600_000)).toBe(true);
    });

    test("changed events are listed until their segment is made anew", async () => {
      const { organizationId } = await newOrganization(store);
      const places = [0n, 7n, 12n].map((seq) => ({ organizationId, logNo: 0, seq }));
      await store.write((tx) => tx.markChanged(places), anywhere);
      await store.write((tx) => tx.markChanged(places.slice(1)), anywhere);
      const bySeq = (found: readonly { seq: bigint }[]): bigint[] => found.map(({ seq }) => seq).sort();
      expect(bySeq(await store.changedEvents(organizationId))).toEqual([0n, 12n, 7n]);
      expect(await store.changedEvents(undefined)).toEqual(expect.arrayContaining(places));
      const segment = sampleSegment({ organizationId, first: 7n, events: 5 });
      await store.write((tx) => tx.forgetChanged(segment), anywhere);
      expect(bySeq(await store.changedEvents(organizationId))).toEqual([0n, 12n]);
    });

    test("events are read by their places, in that order", async () => {
      const { organizationId } = await newOrganization(store);
      const events = await append(store, organizationId, samples(4));
      const places = [3n, 0n, 9n, 2n].map((seq) => ({ organizationId, logNo: 0, seq }));
      expect((await store.eventsAt(places)).map(({ id }) => id)).toEqual([3, 0, 2].map((n) => events[n]!.id));
      expect(await store.eventsAt([])).toEqual([]);
    });
  });
}
