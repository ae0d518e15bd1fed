/** Recovery codes: their form, and how they are read. */
import { expect, test } from "vitest";
import { newRecoveryCodes, recoveryCodeHash } from "./recovery-codes.ts";

test("there are ten, all different, in four groups of four letters that can't be mistaken", () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes)
    expect(code).toMatch(/^([acdefghjkmnpqrstuvwxyz2-7]{4}-){3}[acdefghjkmnpqrstuvwxyz2-7]{4}$/);
});

test("every letter comes up", () => {
  const seen = new Set(Array.from({ length: 40 }, newRecoveryCodes).flat().join("").replaceAll("-", ""));
  expect(seen.size).toBe(28);
});

test("a code is the same with or without dashes, in whichever case", () => {
  const hash = recoveryCodeHash("acde-fghj-kmnp-qrst");
  expect(hash).toHaveLength(32);
  expect(recoveryCodeHash(" ACDEFGHJ kmnpqrst ")).toEqual(hash);
});

test.each(["", "123456", "acde-fghj-kmnp", "acde-fghj-kmnp-qrs1", "acde-fghj-kmnp-qrst-u"])(
  "'%s' is none",
  (text) => expect(recoveryCodeHash(text)).toBeUndefined(),
);
