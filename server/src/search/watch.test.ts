/** The watch of heads: no append is missed, and it reads only while a watcher waits. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Head } from "../store/contract/logs.ts";
import { openWatch, type Watch } from "./watch.ts";

const head = (size: bigint, logNo = 0): Head => ({
  organizationId: 1,
  logNo,
  origin: "x/o/aaaqeayeaudaocajbifqydiob4",
  size,
  frontier: new Uint8Array(),
  recordedAt: null,
  closed: false,
});
const end = { logNo: 0, next: 5n };

let notify: (organizationId: number) => void;
let reads: number[][];
let answer: () => Promise<Head[]>;
let watch: Watch;
beforeEach(() => {
  vi.useFakeTimers();
  reads = [];
  answer = async () => [head(5n)];
  const heads = (ids: readonly number[]): Promise<Head[]> => {
    reads.push([...ids]);
    return answer();
  };
  watch = openWatch({ heads }, (listener) => {
    notify = listener;
    return () => {};
  });
});
afterEach(() => {
  watch.close();
  vi.useRealTimers();
});

const forever = new AbortController().signal;
const settled = async (promise: Promise<unknown>): Promise<boolean> => {
  let done = false;
  void promise.then(() => {
    done = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  return done;
};

test("an append between reading and waiting wakes at once", async () => {
  const watched = watch.open(1);
  const count = watched.count();
  notify(1);
  expect(await settled(watched.grown({ count, end }, forever))).toBe(true);
  expect(reads).toEqual([]);
});

test("an append of this process wakes whoever waits for that organization, and nobody else", async () => {
  const [one, other] = [watch.open(1), watch.open(2)];
  const waits = [one, other].map((each) => each.grown({ count: each.count(), end }, forever));
  notify(1);
  expect(await settled(waits[0] as Promise<unknown>)).toBe(true);
  expect(await settled(waits[1] as Promise<unknown>)).toBe(false);
});

test("another process's append is found by asking for all heads at once, a few times a second", async () => {
  const watches = [watch.open(1), watch.open(2), watch.open(1)];
  const waits = watches.map((each) => each.grown({ count: each.count(), end }, forever));
  await vi.advanceTimersByTimeAsync(210);
  expect(reads).toEqual([[1, 2]]);
  expect(await settled(waits[0] as Promise<unknown>)).toBe(false);
  answer = async () => [head(6n)];
  await vi.advanceTimersByTimeAsync(210);
  expect(await waits[0]).toMatchObject({ size: 6n });
  expect(await waits[2]).toMatchObject({ size: 6n });
  expect(reads).toHaveLength(2);
});

test("a newer log wakes, however short it is", async () => {
  answer = async () => [head(1n, 1)];
  const watched = watch.open(1);
  const wait = watched.grown({ count: watched.count(), end }, forever);
  await vi.advanceTimersByTimeAsync(210);
  expect(await wait).toMatchObject({ logNo: 1 });
});

test("a database that can't be reached is asked again", async () => {
  answer = async () => {
    throw new Error("down");
  };
  const watched = watch.open(1);
  const wait = watched.grown({ count: watched.count(), end }, forever);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(reads.length).toBeGreaterThan(3);
  answer = async () => [head(6n)];
  await vi.advanceTimersByTimeAsync(210);
  expect(await wait).toMatchObject({ size: 6n });
});

test("nobody watches, nothing is asked", async () => {
  const watched = watch.open(1);
  const stop = new AbortController();
  const wait = watched.grown({ count: watched.count(), end }, stop.signal);
  stop.abort();
  expect(await wait).toBeUndefined();
  watched.end();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(reads).toEqual([]);
});

test("closing wakes everyone, for the last time", async () => {
  const watched = watch.open(1);
  const wait = watched.grown({ count: watched.count(), end }, forever);
  watch.close();
  expect(await settled(wait)).toBe(true);
  expect(await settled(watched.grown({ count: watched.count(), end }, forever))).toBe(true);
});
