/** Jobs act on the time only with a steady clock that is the database's too, and not behind the newest event. */
import { expect, test } from "vitest";
import { openTimeliness } from "./timeliness.ts";

const now = 1_800_000_000_000_000n;
const second = 1_000_000n;

const wall = (): bigint => now;

test.each<[what: string, steady: boolean, newest: bigint | null, may: boolean]>([
  ["a steady clock, and no event", true, null, true],
  ["a steady clock, and older events", true, now - second, true],
  ["an event of a process whose clock is a little ahead", true, now + 60n * second, true],
  ["an event ahead of the clock", true, now + 61n * second, false],
  ["a clock that jumped", false, now - second, false],
])("%s", async (_, steady, newest, may) => {
  const isTimely = openTimeliness({
    clock: { isSteady: () => steady },
    times: async () => ({ now, newest }),
    wall,
  });
  expect(await isTimely()).toBe(may);
});

test.each([
  [0n, true],
  [59n, true],
  [-59n, true],
  [61n, false],
  [-61n, false],
  [365n * 86_400n, false],
])("a database whose clock is %d seconds from this machine's", async (seconds, may) => {
  const isTimely = openTimeliness({
    clock: { isSteady: () => true },
    times: async () => ({ now: now + seconds * second, newest: null }),
    wall,
  });
  expect(await isTimely()).toBe(may);
});

test("a clock that jumps while the times are read does not count", async () => {
  let reads = 0;
  const isTimely = openTimeliness({
    clock: { isSteady: () => reads === 0 },
    times: async () => {
      reads++;
      return { now, newest: null };
    },
    wall,
  });
  expect(await isTimely()).toBe(false);
});
