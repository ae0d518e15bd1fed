/** Recovery codes, for people who lost their authenticator app. They are returned once and stored as hashes, and each works once. */
import { randomBytes } from "node:crypto";
import { hashOf } from "../base/ids.ts";

const howMany = 10;
/** Without 0, 1, 8, 9, b, i, l, o, which are easily confused on paper. */
const letters = "acdefghjkmnpqrstuvwxyz234567";
/** Four groups of four: 76 bits, so a fast hash is enough. */
const form = /^[acdefghjkmnpqrstuvwxyz2-7]{16}$/;
const length = 16;

/** Ten new codes in their readable form: `abcd-efgh-jkmn-pqrs`. */
export const newRecoveryCodes = (): string[] => Array.from({ length: howMany }, newRecoveryCode);

function newRecoveryCode(): string {
  let code = "";
  while (code.length < length) {
    // bytes beyond a multiple of the letters are dropped, so that all letters are equally likely
    for (const byte of randomBytes(length)) {
      if (byte < 256 - (256 % letters.length) && code.length < length) code += letters[byte % letters.length];
    }
  }
  return code.match(/.{4}/g)!.join("-");
}

/** The stored form of a typed code, with or without dashes, in any case; undefined if it can't be one. */
export function recoveryCodeHash(text: string): Uint8Array | undefined {
  const code = text.toLowerCase().replaceAll(/[\s-]/g, "");
  return form.test(code) ? hashOf(code) : undefined;
}
