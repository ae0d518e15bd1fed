/** Codes of authenticator apps, against RFC 6238 and a second implementation. */
import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { newTotpSecret, stepOf, totpCodeIn, totpUri } from "./totp.ts";

/** The secret of RFC 6238's appendix B, "12345678901234567890". */
const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const seconds = (n: number): bigint => BigInt(n) * 1_000_000n;
const never = -1n;

/** A minimal implementation of RFC 4226 with HMAC. */
function codeAt(step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", "12345678901234567890").update(counter).digest();
  const at = mac[19]! & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

// the last six of the eight digits in appendix B
test.each([
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
])("the code of RFC 6238 at %i seconds counts", (at, code) => {
  expect(codeAt(Math.floor(at / 30))).toBe(code);
  expect(stepOf(code, { secret, now: seconds(at), lastStep: never })).toBe(BigInt(Math.floor(at / 30)));
});

test("codes of one step before and after count, of two they don't", () => {
  const now = seconds(1_000 * 30 + 15);
  const counts = (step: number) => stepOf(codeAt(step), { secret, now, lastStep: never });
  expect([998, 999, 1_000, 1_001, 1_002].map(counts)).toEqual([undefined, 999n, 1_000n, 1_001n, undefined]);
});

test("no code of a step that was taken, or of one before it, counts again", () => {
  const now = seconds(1_000 * 30);
  const counts = (step: number, lastStep: bigint) => stepOf(codeAt(step), { secret, now, lastStep });
  expect(counts(1_000, 1_000n)).toBeUndefined();
  expect(counts(999, 1_000n)).toBeUndefined();
  expect(counts(1_001, 1_000n)).toBe(1_001n);
});

test("a step that was taken while the clock was ahead locks nobody out", () => {
  const now = seconds(1_000 * 30);
  const counts = (step: number, lastStep: bigint) => stepOf(codeAt(step), { secret, now, lastStep });
  expect(counts(1_000, 1_004n)).toBe(1_000n);
  expect(counts(1_000, 1_051_200n)).toBe(1_000n);
  // another process's clock may be a minute ahead
  expect(counts(1_000, 1_003n)).toBeUndefined();
});

test.each([
  ["123456", "123456"],
  [" 123 456 ", "123456"],
  ["12345", undefined],
  ["1234567", undefined],
  ["12345a", undefined],
  ["١٢٣٤٥٦", undefined],
  ["", undefined],
])("'%s' is read as the code %s", (text, code) => expect(totpCodeIn(text)).toBe(code));

test("a new secret has 160 bits, and its address is what apps read", () => {
  const made = newTotpSecret();
  expect(made).toMatch(/^[A-Z2-7]{32}$/);
  expect(newTotpSecret()).not.toBe(made);
  const uri = new URL(totpUri(made, { issuer: "Daybook", account: "anne@acme.example" }));
  expect(`${uri.protocol}//${uri.host}${uri.pathname}`).toBe("otpauth://totp/Daybook:anne%40acme.example");
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    issuer: "Daybook",
    secret: made,
    algorithm: "SHA1",
    digits: "6",
    period: "30",
  });
});
