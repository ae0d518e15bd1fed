/** Leaf data is RFC 8785 by construction for any texts, and refuses what would not be. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalize, type Json } from "../event/index.ts";
import { type LeafFields, leafData, leafHash, toBase64url } from "./index.ts";

const digests = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toBase64url);
const slots = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,31}$/);
const texts = fc.string({ unit: fc.constantFrom(..."aZ09:._-/+ {},[]'~!#") });
const leaves: fc.Arbitrary<LeafFields> = fc.record({
  log: texts,
  seq: fc.bigInt(0n, BigInt(Number.MAX_SAFE_INTEGER)),
  id: texts,
  type: texts,
  occurredAt: texts,
  recordedAt: texts,
  outcome: texts,
  sd: fc.dictionary(slots, digests, { maxKeys: 15 }),
});

test("leaf data is the canonical JSON of its members, in whatever order the slots come", () => {
  fc.assert(
    fc.property(leaves, (leaf) => {
      const asJson = { ...leaf, v: 1, seq: Number(leaf.seq) } as unknown as Json;
      expect(leafData(leaf)).toBe(canonicalize(asJson));
      const hash = createHash("sha256").update(Uint8Array.of(0)).update(leafData(leaf)).digest();
      expect(leafHash(leaf)).toEqual(Uint8Array.from(hash));
    }),
  );
});

describe("refused:", () => {
  const digest = "E7f5oXW4w_d2MKZTW48qrwkm9cTd1joVcyeh1FwoyHo";
  const good: LeafFields = {
    log: "log.example.org/o/aaaqeayeaudaocajbifqydiob4",
    seq: 0n,
    id: "01a202e9-b380-7000-8000-000000000000",
    type: "LOG_OPENED",
    occurredAt: "2026-11-22T11:00:00.000001Z",
    recordedAt: "2026-11-22T11:00:00.000001Z",
    outcome: "success",
    sd: { actor: digest },
  };

  test("nothing of a good one", () => {
    expect(leafData(good)).toContain(`"sd":{"actor":"${digest}"}`);
  });

  test.each<[string, Partial<LeafFields>]>([
    ["a type that closes its text", { type: 'A","v":2,"x":"' }],
    ["a backslash", { log: "a\\u0022" }],
    ["a newline in an id", { id: "01\n" }],
    ["U+0000", { outcome: "success\0" }],
    ["a letter outside ASCII", { log: "café" }],
    ["a lone surrogate", { log: "\ud800" }],
    ["a negative seq", { seq: -1n }],
    ["a seq of 2^53", { seq: 2n ** 53n }],
    ["a slot name that is empty", { sd: { "": digest } }],
    ["a slot name that is a number", { sd: { actor: digest, 1: digest } }],
    ["a slot name in capitals", { sd: { Actor: digest } }],
    ["a slot named __proto__", { sd: JSON.parse(`{"__proto__":"${digest}"}`) as Record<string, string> }],
    ["a digest of 42 characters", { sd: { actor: digest.slice(1) } }],
    ["a digest with padding", { sd: { actor: `${digest}=` } }],
    ["a digest with a newline", { sd: { actor: `${digest}\n` } }],
    ["a digest whose spare bits are not 0", { sd: { actor: `${digest.slice(0, -1)}p` } }],
    ["a digest in the other alphabet", { sd: { actor: digest.replace("_", "/") } }],
  ])("%s", (_, change) => {
    expect(() => leafData({ ...good, ...change })).toThrow(
      expect.objectContaining({ code: "proof-invalid" }),
    );
  });
});
