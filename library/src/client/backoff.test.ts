/** When to retry, and how long to wait. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { pause, readRetryAfter, waitBefore } from "./backoff.ts";

test("the limit of a wait doubles up to 20 s, and the wait is anywhere below it", () => {
  const longest = [0, 1, 2, 3, 10, 100].map((attempt) => waitBefore(attempt, undefined, () => 1));
  expect(longest).toEqual([250, 500, 1000, 2000, 20_000, 20_000]);
  expect(waitBefore(3, undefined, () => 0)).toBe(0);
});

test("a wait is never shorter than the server asked", () => {
  fc.assert(
    fc.property(
      fc.nat(100),
      fc.nat(3600),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempt, after, random) => {
        expect(waitBefore(attempt, after, () => random)).toBeGreaterThanOrEqual(after * 1000);
      },
    ),
  );
});

test("Retry-After is read as seconds or as an HTTP date", () => {
  const now = Date.parse("2026-11-22T11:20:00Z");
  expect(readRetryAfter("120", now)).toBe(120);
  expect(readRetryAfter(" 0 ", now)).toBe(0);
  expect(readRetryAfter("Sun, 22 Nov 2026 11:20:30 GMT", now)).toBe(30);
  expect(readRetryAfter("Sun, 22 Nov 2026 11:00:00 GMT", now)).toBe(0);
});

test.each([null, "", "soon", "-1", "1.5", "1e3", "99999999999999999999", "2026-11-22T11:20:30Z", "NaN"])(
  "Retry-After %j is as good as none",
  (text) => {
    expect(readRetryAfter(text)).toBeUndefined();
  },
);

test("a pause ends at once when the signal aborts, before or while it runs", async () => {
  const reason = new Error("enough");
  await expect(pause(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), 5);
  await expect(pause(60_000, controller.signal)).rejects.toBe(reason);
  await expect(pause(1, undefined)).resolves.toBeUndefined();
});
