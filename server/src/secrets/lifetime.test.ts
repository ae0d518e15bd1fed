/** What has an end works until then, and not longer than it was meant to. */
import { expect, test } from "vitest";
import { isLive } from "./lifetime.ts";

const minute = 60_000_000n;
const lifetime = 15n * minute;
const now = 1_800_000_000_000_000n;

test.each<[what: string, expiresAt: bigint, works: boolean]>([
  ["just made", now + lifetime, true],
  ["made by a process whose clock is a little ahead", now + lifetime + minute, true],
  ["about to end", now + 1n, true],
  ["ended", now, false],
  ["made while the clock was ahead", now + lifetime + minute + 1n, false],
  ["made a year ahead", now + 365n * 1440n * minute, false],
])("%s", (_, expiresAt, works) => {
  expect(isLive(expiresAt, lifetime, now)).toBe(works);
});
