/** Tokens, against an independent reading of their digits and checksum. */
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isWellFormedToken, newToken } from "./token.ts";

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const number = (text: string): bigint =>
  [...text].reduce((value, digit) => value * 62n + BigInt(digits.indexOf(digit)), 0n);
const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe("a token", () => {
  it("is its prefix, 43 characters that hold the 32 bytes, and 6 of CRC-32 over all before", () => {
    const property = fc.property(bytes, (random) => {
      const token = newToken("dbk_operator_", () => random);
      expect(token).toMatch(/^dbk_operator_[0-9A-Za-z]{49}$/);
      expect(number(token.slice(13, 56))).toBe(BigInt(`0x${Buffer.from(random).toString("hex")}`));
      expect(number(token.slice(56))).toBe(BigInt(crc32(token.slice(0, 56))));
      expect(isWellFormedToken(token, "dbk_operator_")).toBe(true);
    });
    fc.assert(property);
  });

  it("holds the smallest and the largest secret", () => {
    for (const byte of [0, 255]) {
      const token = newToken("dbk_live_", () => new Uint8Array(32).fill(byte));
      expect(isWellFormedToken(token, "dbk_live_")).toBe(true);
    }
    expect(newToken("x_", () => new Uint8Array(32))).toMatch(/^x_0{43}/);
  });

  it("is another one each time", () => {
    expect(new Set(Array.from({ length: 1_000 }, () => newToken("dbk_live_"))).size).toBe(1_000);
  });

  it("is not well-formed with one character changed, two swapped, or another prefix", () => {
    const property = fc.property(bytes, fc.nat(48), fc.constantFrom(...digits), (random, at, digit) => {
      const token = newToken("dbk_live_", () => random);
      const place = 9 + at;
      const changed = token.slice(0, place) + digit + token.slice(place + 1);
      expect(isWellFormedToken(changed, "dbk_live_")).toBe(changed === token);
      const swapped =
        token.slice(0, place) + (token[place + 1] ?? "") + token[place] + token.slice(place + 2);
      expect(isWellFormedToken(swapped, "dbk_live_")).toBe(swapped === token);
      expect(isWellFormedToken(token, "dbk_test_")).toBe(false);
    });
    fc.assert(property);
  });

  it.each([
    "",
    "dbk_live_",
    `dbk_live_${"é".repeat(49)}`,
    `${newToken("dbk_live_")}\n`,
    ` ${newToken("dbk_live_")}`,
  ])("is not %j", (text) => {
    expect(isWellFormedToken(text, "dbk_live_")).toBe(false);
  });
});
