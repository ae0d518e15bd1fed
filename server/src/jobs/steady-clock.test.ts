/** A clock that jumps is not trusted until it is back, or has run on for an hour. */
import { expect, test } from "vitest";
import { openSteadyClock } from "./steady-clock.ts";

const minute = 60_000;
const hour = 60 * minute;

function clocks() {
  const now = { wall: 1_800_000_000_000, monotonic: 5_000 };
  const jumps: number[] = [];
  const clock = openSteadyClock({
    wall: () => now.wall,
    monotonic: () => now.monotonic,
    jumped: (seconds) => jumps.push(seconds),
  });
  return {
    jumps,
    isSteady: () => clock.isSteady(),
    pass: (ms: number, more = 0) => {
      now.monotonic += ms;
      now.wall += ms + more;
    },
  };
}

test("a clock that runs on is steady, also while NTP corrects it bit by bit", () => {
  const { isSteady, pass, jumps } = clocks();
  for (let n = 0; n < 100; n++) {
    pass(hour, 50_000);
    expect(isSteady()).toBe(true);
  }
  expect(jumps).toEqual([]);
});

test("a year ahead for a minute, and back: nothing in between, and everything after it", () => {
  const { isSteady, pass, jumps } = clocks();
  const year = 365 * 24 * hour;
  pass(minute, year);
  expect([isSteady(), isSteady()]).toEqual([false, false]);
  pass(minute, -year);
  expect(isSteady()).toBe(true);
  expect(jumps).toEqual([year / 1_000]);
});

test.each([2 * hour, -2 * hour])("a clock that was set by %i ms and stays counts after an hour", (set) => {
  const { isSteady, pass, jumps } = clocks();
  pass(minute, set);
  expect(isSteady()).toBe(false);
  pass(hour - 1);
  expect(isSteady()).toBe(false);
  pass(1);
  expect(isSteady()).toBe(true);
  pass(hour);
  expect([isSteady(), jumps]).toEqual([true, [set / 1_000]]);
});

test("a second jump begins the hour again", () => {
  const { isSteady, pass, jumps } = clocks();
  pass(minute, 2 * hour);
  expect(isSteady()).toBe(false);
  pass(hour - minute, 3 * hour);
  expect(isSteady()).toBe(false);
  pass(2 * minute);
  expect(isSteady()).toBe(false);
  pass(hour);
  expect([isSteady(), jumps]).toEqual([true, [7_200, 18_000]]);
});
