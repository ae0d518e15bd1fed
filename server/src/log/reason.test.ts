/** The reason of a change: trimmed, limited, without tokens. */
import { expect, test } from "vitest";
import { reasonOf } from "./reason.ts";

test("a reason has at most 4,096 bytes, and an empty one is none", () => {
  expect(reasonOf({})).toEqual({});
  expect(reasonOf({ reason: "  " })).toEqual({});
  expect(reasonOf({ reason: " leaked " })).toEqual({ reason: "leaked" });
  expect(reasonOf({ reason: "é".repeat(2048) }).reason).toHaveLength(2048);
  for (const reason of ["é".repeat(2049), 7, null, "a\0b", "\ud800"])
    expect(() => reasonOf({ reason })).toThrow("Reason must be 4,096 bytes or fewer");
});
