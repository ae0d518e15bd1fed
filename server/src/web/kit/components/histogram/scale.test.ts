/** The scale of a chart. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { scaleOf } from "./histogram.tsx";

test.each([
  [0, [1, undefined]],
  [1, [1, undefined]],
  [2, [2, 1]],
  [3, [4, 2]],
  [7, [10, 5]],
  [10, [10, 5]],
  [11, [20, 10]],
  [61, [100, 50]],
  [41_000, [60_000, 30_000]],
])("of %i", (highest, scale) => {
  expect(scaleOf(highest)).toEqual(scale);
});

test("every bar fits, and the highest is not lost in it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000_000 }), (highest) => {
      const [top, half] = scaleOf(highest);
      expect(top).toBeGreaterThanOrEqual(highest);
      expect(highest / top).toBeGreaterThan(0.5);
      expect(Number.isInteger(half ?? 0)).toBe(true);
    }),
  );
});
