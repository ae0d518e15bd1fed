/** Indexing: soon after events are recorded; finally each event is found, once. */
import { expect, test, vi } from "vitest";
import { freshDatabase } from "../../../test/support/database.ts";
import type { TransactionFollower } from "../followers/follower.ts";
import { type Follower, openFollowers } from "../followers/index.ts";
import { fullTextFollower } from "../store/contract/full-text.ts";
import type { IndexSegment } from "../store/contract/segments.ts";
import { openPostgres } from "../store/postgres/index.ts";
import type { Store } from "../store/store.ts";
import { append, newOrganization } from "../store/testing/sample-events.ts";
import { builderHere } from "./builder.ts";
import { dueForMerge } from "./due.ts";
import { fullText } from "./follower.ts";
import { inParts } from "./in-parts.ts";
import { mergeDue } from "./merging.ts";
import { makeEarlier } from "./testing/earlier-segments.ts";
import { indexAll } from "./testing/index-all.ts";
import { whileAwake } from "./while-awake.ts";

const samples = (count: number): object[] => Array.from({ length: count }, () => ({}));
const behind = async (store: Store, organizationId: number): Promise<bigint> =>
  (await store.followerProgress(fullTextFollower, organizationId))[0]!.behind;

test("many events are indexed at once, few when it is asked for", async () => {
  const store = await openPostgres(await freshDatabase("embedded"));
  const { organizationId } = await newOrganization(store);
  const listeners: ((organizationId: number) => void)[] = [];
  const appended = (listener: (organizationId: number) => void): (() => void) => {
    listeners.push(listener);
    return () => {};
  };
  const followers = openFollowers({
    store,
    followers: [fullText({ store, builder: builderHere })],
    appended,
  });
  const now = await store.clock();
  await append(
    store,
    organizationId,
    samples(1_100).map(() => ({ recordedAt: now })),
  );
  for (const listener of listeners) listener(organizationId);
  await vi.waitFor(async () => expect(await behind(store, organizationId)).toBe(0n), { timeout: 20_000 });
  await append(
    store,
    organizationId,
    samples(10).map(() => ({ recordedAt: now })),
  );
  for (const listener of listeners) listener(organizationId);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await behind(store, organizationId)).toBe(10n);
  await followers.now();
  expect(await behind(store, organizationId)).toBe(0n);
  await followers.close();
  await store.close();
});

const sizes = (segments: readonly IndexSegment[]): number[] =>
  [...segments].sort((a, b) => Number(a.first - b.first)).map(({ events }) => events);

test("sixteen segments of about the same size become one", async () => {
  const store = await openPostgres(await freshDatabase("embedded"));
  const { organizationId } = await newOrganization(store);
  await append(store, organizationId, samples(16 * 16 + 17));
  await indexAll(store, organizationId, 1);
  expect(sizes(await store.segments(organizationId))).toEqual([256, 16, 1]);
  await append(store, organizationId, samples(300));
  await indexAll(store, organizationId, 100);
  expect(sizes(await store.segments(organizationId))).toEqual([256, 16, 1, 100, 100, 100]);
  await store.close();
});

test("neighbors are merged until a segment is full, and full ones stay", () => {
  const segmentsOf = (...counts: number[]): IndexSegment[] => {
    let first = 0n;
    return counts.map((events) => {
      const segment = { organizationId: 1, logNo: 0, first, events, oldest: 0n, newest: 0n, version: 2 };
      first += BigInt(events);
      return segment;
    });
  };
  const due = (...counts: number[]): number[] | undefined =>
    dueForMerge(segmentsOf(...counts))?.map(({ events }) => events);
  const many = (count: number, events: number): number[] => Array.from({ length: count }, () => events);
  expect(due()).toBeUndefined();
  expect(due(...many(13, 4_096))).toBeUndefined();
  expect(due(...many(14, 4_096))).toEqual(many(14, 4_096));
  expect(due(65_536, ...many(16, 5_000))).toEqual(many(12, 5_000));
  expect(due(65_000, 40_000, ...many(2, 4_096), 1)).toBeUndefined();
  // those that larger ones follow
  expect(due(65_000, 40_000, 4_096, 40_000)).toEqual([40_000, 4_096]);
  expect(due(65_000, 4_096, 1, 60_000)).toEqual([4_096, 1]);
  expect(due(40_000, 40_000, 30_000, 60_000, 40_000)).toBeUndefined();
  // they wait until they fill one
  expect(due(...many(22, 2_500))).toBeUndefined();
  expect(due(...many(23, 2_500))).toEqual(many(23, 2_500));
  expect(due(...many(16, 1_024))).toEqual(many(16, 1_024));
  expect(due(...many(20, 65_536))).toBeUndefined();
  expect(due(...many(16, 300), ...many(15, 17))).toEqual(many(16, 300).concat(many(15, 17)));
  expect(due(...many(15, 300), ...many(15, 17))).toBeUndefined();
  expect(due(...many(15, 300), 1, 300, ...many(14, 1))).toEqual([...many(15, 300), 1, 300, ...many(14, 1)]);
  expect(
    due(
      ...Array.from({ length: 16 }, () => [300, 1])
        .flat()
        .slice(0, 30),
    ),
  ).toBeUndefined();
});

test("processes that index and merge at once cover each event once", async () => {
  const url = await freshDatabase("embedded");
  const stores = [await openPostgres(url), await openPostgres(url), await openPostgres(url)];
  const [store] = stores as [Store];
  const { organizationId } = await newOrganization(store);
  await append(store, organizationId, samples(200));
  // one that finds the position locked stops, so the last events are left to the first
  await Promise.all(stores.map((one) => indexAll(one, organizationId, 1)));
  await indexAll(store, organizationId, 1);
  const segments = (await store.segments(organizationId)).sort((a, b) => Number(a.first - b.first));
  let end = 0n;
  for (const { first, events } of segments) {
    expect(first).toBe(end);
    end += BigInt(events);
  }
  expect(end).toBe(200n);
  expect(segments.length).toBeLessThan(100);
  await Promise.all(stores.map((one) => one.close()));
});

test("large segments are merged only up to a number of bytes, and then no more", async () => {
  const store = await openPostgres(await freshDatabase("embedded"));
  const { organizationId } = await newOrganization(store);
  const words = (n: number): string => Array.from({ length: 400 }, (_, at) => `w${n}x${at}`).join(" ");
  await append(
    store,
    organizationId,
    Array.from({ length: 40 }, (_, n) => ({ slots: { data: JSON.stringify({ text: words(n) }) } })),
  );
  const follower = { ...fullText({ store, builder: builderHere }), afterwards: async () => {} };
  const large = new Set<string>();
  const { signal } = new AbortController();
  let failures = 0;
  const followers = openFollowers({
    store,
    followers: [{ ...follower, batchSize: 1 } as Follower],
    appended: () => () => {},
    failed: () => failures++,
  });
  await followers.now();
  await followers.close();
  expect(failures).toBe(0);
  const options = { store, builder: builderHere, signal, large, mostBytes: 20_000 };
  await mergeDue(options, organizationId);
  const merged = await store.segments(organizationId);
  const bytes = await store.blocks(
    merged.map((segment) => ({ segment, from: "", before: "\x7f", most: 1_000_000 })),
  );
  for (const blocks of bytes)
    expect(blocks.reduce((sum, { data }) => sum + data.length, 0)).toBeLessThan(20_000);
  expect(sizes(merged).filter((events) => events > 1).length).toBeGreaterThan(2);
  expect(large.size).toBeGreaterThan(2);
  expect(merged.length).toBeLessThan(30);
  // nothing is due, and what is large is not read again
  const blind = { ...store, blocks: () => Promise.reject(new Error("read again")) };
  await mergeDue({ ...options, store: blind }, organizationId);
  await store.close();
});

test("a batch of large events becomes several segments", () => {
  const event = (length: number): { slots: { data: { json: string } } } => ({
    slots: { data: { json: "x".repeat(length) } },
  });
  const lengths = (...of: number[]): number[] => [...inParts(of.map(event))].map((part) => part.length);
  expect(lengths(1, 2, 3)).toEqual([3]);
  expect(lengths(3_000_000, 1_000_000, 1, 1)).toEqual([2, 2]);
  expect(lengths(5_000_000, 5_000_000, 1)).toEqual([1, 1, 1]);
  expect(lengths(...Array.from({ length: 4_096 }, () => 900))).toEqual([4_096]);
});

test("a transaction is not idle while it waits", async () => {
  let asked = 0;
  const tx = { clock: async () => BigInt(asked++) };
  const work = new Promise<string>((resolve) => setTimeout(resolve, 2_500, "done"));
  expect(await whileAwake(tx, work)).toBe("done");
  expect(asked).toBe(2);
  await expect(whileAwake(tx, Promise.reject(new Error("broken")))).rejects.toThrow("broken");
});

test("a log of any batches has few segments, and writes each event a few times", () => {
  for (const batches of [[4_096], [1_024], [2_500, 3_700], [300], [1_024, 7, 4_096, 2_000], [1, 40, 500]]) {
    const segments: IndexSegment[] = [];
    let [first, written] = [0, 0];
    for (let n = 0; first < 1_000_000; n++) {
      const events = batches[n % batches.length]!;
      const place = { organizationId: 1, logNo: 0, oldest: 0n, newest: 0n, version: 2 };
      segments.push({ ...place, first: BigInt(first), events });
      first += events;
      written += events;
      for (let due = dueForMerge(segments); due !== undefined; due = dueForMerge(segments)) {
        const sum = due.reduce((total, one) => total + one.events, 0);
        segments.splice(segments.indexOf(due[0]!), due.length, { ...due[0]!, events: sum });
        written += sum;
      }
    }
    const full = segments.filter(({ events }) => events >= 57_344).length;
    expect(full).toBeGreaterThan(13);
    expect(segments.length - full).toBeLessThan(48);
    expect(written / first).toBeLessThan(4.2);
  }
});

test("segments of an earlier version are rebuilt while there is nothing to index", async () => {
  const store = await openPostgres(await freshDatabase("embedded"));
  const ids: number[] = [];
  for (const count of [30, 20]) {
    const { organizationId } = await newOrganization(store);
    await append(store, organizationId, samples(count));
    await indexAll(store, organizationId, 15);
    ids.push(organizationId);
  }
  const blocksOf = async (): Promise<unknown> => {
    const segments = (await Promise.all(ids.map((id) => store.segments(id)))).flat();
    return [
      segments,
      await store.blocks(segments.map((segment) => ({ segment, from: "", before: "\x7f", most: 99 }))),
    ];
  };
  const made = await blocksOf();
  for (const id of ids) await makeEarlier(store, id);
  expect(await blocksOf()).not.toEqual(made);
  // what is merged is of the newest version
  await mergeDue(
    { store, builder: builderHere, signal: new AbortController().signal, large: new Set() },
    ids[0]!,
  );
  const follower = fullText({ store, builder: builderHere }) as TransactionFollower;
  for (let n = 0; n < 4; n++) {
    expect((await store.outdatedSegment(2))?.version).toBe(1);
    await follower.meanwhile?.();
  }
  expect(await store.outdatedSegment(2)).toBeUndefined();
  expect(await blocksOf()).toEqual(made);
  await store.close();
});

test("a segment that can't be rebuilt is not tried again at once", async () => {
  let asked = 0;
  const outdatedSegment = async (): Promise<never> => {
    asked++;
    throw new Error("away");
  };
  const store = { outdatedSegment } as unknown as Store;
  const { meanwhile } = fullText({ store, builder: builderHere }) as TransactionFollower;
  await expect(meanwhile?.()).rejects.toThrow("away");
  for (let n = 0; n < 10; n++) await meanwhile?.();
  expect(asked).toBe(1);
});
