/** Combined reads: which read answers which request. */
import { afterEach, expect, test, vi } from "vitest";
import { coalesced } from "./coalesce.ts";

interface HeldRead {
  readonly keys: readonly number[];
  readonly answer: (numbers: readonly number[]) => void;
  readonly fail: () => void;
}

/** Reads that the test completes by hand; a key that is found is found as itself. */
function byHand(): { reads: HeldRead[]; find: (key: number) => Promise<number | undefined> } {
  const reads: HeldRead[] = [];
  const find = coalesced<number, number | undefined>(
    String,
    (keys) =>
      new Promise((resolve, reject) => {
        const answer = (numbers: readonly number[]): void =>
          resolve(keys.map((key) => (numbers.includes(key) ? key : undefined)));
        reads.push({ keys, answer, fail: () => reject(new Error("no database")) });
      }),
  );
  return { reads, find };
}
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

afterEach(() => vi.useRealTimers());

test("who asks in one turn of the event loop is answered by one read, and the same key is in it once", async () => {
  const { reads, find } = byHand();
  const found = [find(1), find(2), find(1)];
  expect(reads).toEqual([]);
  await settle();
  expect(reads.map(({ keys }) => keys)).toEqual([[1, 2]]);
  reads[0]!.answer([1]);
  expect(await Promise.all(found)).toEqual([1, undefined, 1]);
});

test("who asks while a read runs is answered by the next one, never by that which began before", async () => {
  const { reads, find } = byHand();
  const first = find(1);
  await settle();
  const again = find(1);
  const other = find(2);
  await settle();
  expect(reads.map(({ keys }) => keys)).toEqual([[1]]);
  reads[0]!.answer([1]);
  expect(await first).toBe(1);
  await settle();
  expect(reads[1]!.keys).toEqual([1, 2]);
  // what the first read found has ended since
  reads[1]!.answer([2]);
  expect(await again).toBeUndefined();
  expect(await other).toBe(2);
});

test("a read that fails fails for those who went into it, and the next one is tried", async () => {
  const { reads, find } = byHand();
  const first = find(1);
  await settle();
  const second = find(2);
  reads[0]!.fail();
  await expect(first).rejects.toThrow("no database");
  await settle();
  reads[1]!.answer([2]);
  expect(await second).toBe(2);
  const third = find(3);
  await settle();
  reads[2]!.answer([]);
  expect(await third).toBeUndefined();
});

test("many at once are read by the thousand", async () => {
  const sizes: number[] = [];
  const find = coalesced<number, number>(String, async (keys) => {
    sizes.push(keys.length);
    return keys;
  });
  const keys = Array.from({ length: 2500 }, (_, n) => n);
  expect(await Promise.all(keys.map(find))).toEqual(keys);
  expect(sizes).toEqual([1000, 1000, 500]);
});

test("a read that takes long does not hold up the next one", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { reads, find } = byHand();
  const silent = find(1);
  await settle();
  const next = find(2);
  await vi.advanceTimersByTimeAsync(99);
  expect(reads).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(reads.map(({ keys }) => keys)).toEqual([[1], [2]]);
  reads[1]!.answer([2]);
  expect(await next).toBe(2);
  reads[0]!.fail();
  await expect(silent).rejects.toThrow("no database");
});
