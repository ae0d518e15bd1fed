/** Derived ids match the specification: the vector below was computed separately, in Python. */
import { expect, test } from "vitest";
import { deriveId } from "./derive-id.ts";

const source = {
  secret: "0123456789abcdef",
  content: { n: 1, action: "created" },
  index: 0,
  time: 1_763_856_000_123_456n,
};

test("an id is the time, and HMAC-SHA-256 over canonical content and index", () => {
  expect(deriveId(source)).toBe("019aae02-a47b-7a0e-ba0e-97584ea9a054");
});

test("secret, content, index and time each make another id; the order of members doesn't", () => {
  const ids = [
    source,
    { ...source, secret: "0123456789abcdeg" },
    { ...source, content: { n: 2, action: "created" } },
    { ...source, index: 1 },
    { ...source, time: source.time + 1000n },
  ].map(deriveId);
  expect(new Set(ids).size).toBe(5);
  expect(deriveId({ ...source, content: { action: "created", n: 1 } })).toBe(ids[0]);
});

test("a secret of under 16 bytes is refused", () => {
  expect(() => deriveId({ ...source, secret: "short" })).toThrow("16 bytes");
});
