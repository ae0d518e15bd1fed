/** The counts of requests: by period, in bounded memory, whatever the wall clock does. */
import type { FastifyRateLimitStore } from "@fastify/rate-limit";
import { afterEach, expect, test, vi } from "vitest";
import { requestCounts } from "./request-counts.ts";

afterEach(() => {
  vi.useRealTimers();
});

let now = 0;
const minute = 60_000;

const openCounts = (most = 100): FastifyRateLimitStore => {
  const Counts = requestCounts({ most, now: () => now });
  return new Counts({});
};

/** Counts a request; the number in the period, and the milliseconds that are left of it. */
const count = (counts: FastifyRateLimitStore, key: string): [current: number, ttl: number] => {
  let found: [number, number] = [0, 0];
  counts.incr(key, (_, result) => (found = [result!.current, result!.ttl]), minute, 1);
  return found;
};

test("requests count for a minute from the first one on, for each key alone", () => {
  now = 5_000;
  const counts = openCounts();
  expect(count(counts, "anne")).toEqual([1, minute]);
  now += 20_000;
  expect(count(counts, "anne")).toEqual([2, 40_000]);
  expect(count(counts, "bob")).toEqual([1, minute]);
  now += 40_000;
  expect(count(counts, "anne")).toEqual([1, minute]);
  expect(count(counts, "bob")).toEqual([2, 20_000]);
});

test("each limit counts alone", () => {
  const counts = openCounts();
  const child = counts.child({} as never);
  count(counts, "anne");
  expect(count(child, "anne")[0]).toBe(1);
});

test("of too many keys, the one whose minute began first is dropped", () => {
  now = 0;
  const counts = openCounts(2);
  count(counts, "anne");
  count(counts, "bob");
  now = minute;
  count(counts, "anne");
  count(counts, "carol");
  expect(count(counts, "anne")[0]).toBe(2);
  expect(count(counts, "bob")[0]).toBe(1);
});

test("by default it counts by the monotonic clock, so a jump of the wall clock changes nothing", () => {
  vi.useFakeTimers({ toFake: ["Date", "performance"] });
  const Counts = requestCounts({ most: 10 });
  const counts = new Counts({});
  const year = 365 * 24 * 60 * minute;
  const began = Date.now();
  for (const jump of [0, year, -year]) {
    vi.setSystemTime(began + jump);
    const [current, left] = count(counts, "anne");
    expect([current, left]).toEqual([jump === 0 ? 1 : jump > 0 ? 2 : 3, minute]);
  }
});
