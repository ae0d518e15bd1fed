/** How long after an event it was recorded, in words. */
import { expect, test } from "vitest";
import { afterwards } from "./when.tsx";

test.each([
  [0n, "At the same time"],
  [27n, "Less than a millisecond later"],
  [213_413n, "0.213 seconds later"],
  [59_999_999n, "59.999 seconds later"],
  [60_000_000n, "1 minute later"],
  [7_200_000_000n, "2 hours later"],
  [86_400_000_000n * 1_200n, "1,200 days later"],
  [-120_000_000n, "2 minutes before it happened, by the clock of its sender"],
])("%i microseconds after it: %s", (after, words) => {
  expect(afterwards(after)).toBe(words);
});
