/** Slots: reading returns what was written, and hostile disclosures are refused, by name. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalize, type Json, readJson } from "../event/index.ts";
import { disclosure, disclosureDigest, newSalt, readDisclosure, slotDigest } from "./index.ts";
import { hostile } from "./testing/vectors.ts";

const refused = expect.objectContaining({ code: "proof-invalid" });
const base64url = (text: string | Uint8Array): string => Buffer.from(text).toString("base64url");
const zeros = "AAAAAAAAAAAAAAAAAAAAAA";

/** Values as the strict reader returns them, without those that it refuses. */
const jsonValues: fc.Arbitrary<Json> = fc
  .jsonValue({ maxDepth: 4, stringUnit: "binary" })
  .map((value) => {
    try {
      return readJson(JSON.stringify(value));
    } catch {
      return undefined;
    }
  })
  .filter((value) => value !== undefined);
const salts = fc.uint8Array({ minLength: 16, maxLength: 16 });
const slots = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,31}$/);

test("a disclosure says what it was made of, and its digest is SHA-256 of its ASCII", () => {
  fc.assert(
    fc.property(salts, slots, jsonValues, (salt, slot, value) => {
      const valueJcs = canonicalize(value);
      const text = disclosure(salt, slot, valueJcs);
      expect(text).toBe(base64url(canonicalize([base64url(salt), slot, value])));
      const digest = createHash("sha256").update(text, "ascii").digest("base64url");
      expect(slotDigest(salt, slot, valueJcs)).toBe(digest);
      expect(disclosureDigest(text)).toBe(digest);
      const read = readDisclosure(text);
      expect(read.salt).toEqual(salt);
      expect(read.slot).toBe(slot);
      expect(read.valueJcs).toBe(valueJcs);
      expect(canonicalize(read.value)).toBe(valueJcs);
    }),
  );
});

test.each([0, 1, 8000, 8191, 8192, 8193, 64 * 1024])(
  "a value of %i characters of three bytes each is digested whole",
  (length) => {
    const valueJcs = JSON.stringify("€".repeat(length));
    const salt = new Uint8Array(16);
    expect(disclosure(salt, "reason", valueJcs)).toBe(base64url(`["${zeros}","reason",${valueJcs}]`));
  },
);

test("salts are 16 bytes, fresh each time, and share no memory", () => {
  const salts = Array.from({ length: 3000 }, newSalt);
  expect(new Set(salts.map((salt) => base64url(salt))).size).toBe(3000);
  expect(salts.every((salt) => salt.length === 16 && salt.buffer.byteLength === 16)).toBe(true);
  expect(() => disclosure(new Uint8Array(15), "actor", "1")).toThrow(RangeError);
});

describe("hostile disclosures:", () => {
  const good = base64url(`["${zeros}","actor",{"id":"u","type":"user"}]`);

  test("the good one is read", () => {
    expect(readDisclosure(good).valueJcs).toBe('{"id":"u","type":"user"}');
  });

  test.each(hostile.disclosures)("$name", ({ text }) => {
    expect(() => readDisclosure(text)).toThrow(refused);
  });

  test("41 levels, where 40 are read", () => {
    const deep = (levels: number): string =>
      base64url(`["${zeros}","data",${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}]`);
    expect(readDisclosure(deep(40)).slot).toBe("data");
    expect(() => readDisclosure(deep(41))).toThrow(refused);
  });

  test("a depth of 100,000", () => {
    const text = base64url(`["${zeros}","data",${"[".repeat(100_000)}${"]".repeat(100_000)}]`);
    expect(() => readDisclosure(text)).toThrow(refused);
  });
});
