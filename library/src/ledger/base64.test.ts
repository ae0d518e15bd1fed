/** Base64 and base64url: only one text is accepted for each byte string. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { fromBase64, fromBase64url, toBase64, toBase64url } from "./index.ts";

test("what is written is read as the same bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
      expect(toBase64url(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      expect(fromBase64url(toBase64url(bytes))).toEqual(bytes);
      // A view into a larger buffer is written as itself.
      const view = Uint8Array.from([0, ...bytes, 0]).subarray(1, -1);
      expect(toBase64(view)).toBe(toBase64(bytes));
      expect(toBase64url(view)).toBe(toBase64url(bytes));
    }),
  );
});

test("no other spelling is read", () => {
  const spellings = fc.string({ unit: fc.constantFrom(..."AQgwB+/-_=\n "), maxLength: 9 });
  fc.assert(
    fc.property(spellings, (text) => {
      const padded = fromBase64(text);
      if (padded !== undefined) expect(toBase64(padded)).toBe(text);
      const bare = fromBase64url(text);
      if (bare !== undefined) expect(toBase64url(bare)).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

test.each(["AA", "AA=", "AA===", "AB==", "A", "====", "AA==\n", "-_8=", "AAAA "])(
  "base64 refuses %j",
  (text) => {
    expect(fromBase64(text)).toBeUndefined();
  },
);

test.each(["AA==", "AB", "A", "+/8", "AA\n", "AAAAA", "AAA="])("base64url refuses %j", (text) => {
  expect(fromBase64url(text)).toBeUndefined();
});
