/** Cutting texts to bytes. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { cutText } from "./cut-text.ts";
import { utf8Length } from "./index.ts";

const placeholder = "[token 0123456789ab]";

test("what fits stays, what doesn't is the longest prefix of whole characters that does", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "é", "€", "😀", "[", "]"), maxLength: 60 });
  fc.assert(
    fc.property(text, fc.nat(120), (whole, limit) => {
      const cut = cutText(whole, limit);
      expect(whole.startsWith(cut)).toBe(true);
      expect(utf8Length(cut)).toBeLessThanOrEqual(limit);
      const next = [...whole.slice(cut.length)][0];
      if (next !== undefined) expect(utf8Length(cut + next)).toBeGreaterThan(limit);
    }),
  );
});

test("a placeholder is kept whole or not at all, wherever the cut falls", () => {
  for (let limit = 0; limit < 50; limit++) {
    const cut = cutText(`${"é".repeat(5)}${placeholder}${placeholder}tail`, limit);
    expect(cut.replaceAll(placeholder, "")).not.toContain("[");
  }
  expect(cutText(`ab${placeholder}c`, 21)).toBe("ab");
  expect(cutText(`ab${placeholder}c`, 22)).toBe(`ab${placeholder}`);
});

test("what only resembles a placeholder is cut like any text", () => {
  for (const like of [
    "[token 0123456789AB]",
    "[token 0123456789a]]",
    "[tokens0123456789ab]",
    "[hidden]............",
  ])
    expect(cutText(`ab${like}c`, 10)).toBe(`ab${like}`.slice(0, 10));
});
