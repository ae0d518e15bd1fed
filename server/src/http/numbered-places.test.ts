/** Numbered places: each thing has one of its own until it leaves, and leaving twice changes nothing. */
import { expect, test } from "vitest";
import { NumberedPlaces } from "./numbered-places.ts";

test("a free place is used again, and leaving it twice frees it once", () => {
  const places = new NumberedPlaces<string>();
  const first = places.take("a");
  places.take("b");
  places.leave(first);
  places.leave(first);
  expect([...places.values()]).toEqual(["b"]);
  expect(places.take("c")).toBe(first);
  expect(places.take("d")).not.toBe(first);
  expect([...places.values()].sort()).toEqual(["b", "c", "d"]);
});
