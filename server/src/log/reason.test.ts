/** The reason of a change: trimmed, limited, without tokens. */
import { expect, test } from "vitest";
import { reasonOf } from "./reason.ts";

test("a reason has at most 4,096 bytes, and an empty one is none", () => {
  expect(reasonOf({})).toEqual({});
  expect(reasonOf({ reason: "  " })).toEqual({});
  expect(reasonOf({ reason: " leaked " })).toEqual({ reason: "leaked" });
  expect(reasonOf({ reason: "é".repeat(2048) }).reason).toHaveLength(2048);
  for (const [reason, wrong] of [
    ["é".repeat(2049), "must be 4,096 bytes or fewer"],
    [7, "must be text"],
    [null, "must be text"],
    ["a\0b", "contains U+0000 or half of a character"],
    ["\ud800", "contains U+0000 or half of a character"],
  ])
    expect(() => reasonOf({ reason })).toThrow(`Reason ${wrong}`);
});
