/** A choice reads as a list, however many words it has. */
import { expect, test } from "vitest";
import { either } from "./either.ts";

test.each([
  [["csv"], "csv"],
  [["csv", "ndjson"], "csv or ndjson"],
  [["csv", "ndjson", "json"], "csv, ndjson or json"],
])("%j", (words, text) => {
  expect(either(words)).toBe(text);
});
