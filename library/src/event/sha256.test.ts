/** Daybook's SHA-256 against Node's. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sha256Hex } from "./sha256.ts";

test("is Node's for any text, of any length about the blocks", () => {
  const node = (text: string): string => createHash("sha256").update(text).digest("hex");
  for (let length = 0; length < 200; length++)
    expect(sha256Hex("x".repeat(length))).toBe(node("x".repeat(length)));
  const text = fc.string({ unit: "binary", maxLength: 400 });
  fc.assert(
    fc.property(text, (each) => sha256Hex(each) === node(each)),
    { numRuns: 500 },
  );
});
