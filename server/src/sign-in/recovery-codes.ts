/** Recovery codes: for who lost their authenticator app. Shown once, kept as their hash, each works once. Keeps none. */
import { randomBytes } from "node:crypto";
import { hashOf } from "./ids.ts";

const howMany = 10;
/** Without 0, 1, 8, 9, b, i, l, o, which are taken for each other on paper. */
const letters = "acdefghjkmnpqrstuvwxyz234567";
/** Four groups of four: 76 bits, so that a fast hash is enough. */
const form = /^[acdefghjkmnpqrstuvwxyz2-7]{16}$/;
const length = 16;

/** Ten new codes, as they are shown: `abcd-efgh-jkmn-pqrs`. */
export const newRecoveryCodes = (): string[] => Array.from({ length: howMany }, newRecoveryCode);

function newRecoveryCode(): string {
  let code = "";
  while (code.length < length) {
    // what is over a multiple of the letters is thrown away, so that all are as likely
    for (const byte of randomBytes(length)) {
      if (byte < 256 - (256 % letters.length) && code.length < length) code += letters[byte % letters.length];
    }
  }
  return code.match(/.{4}/g)!.join("-");
}

/** What is kept of the code that was typed, with or without dashes, in whichever case; undefined if it can't be one. */
export function recoveryCodeHash(text: string): Uint8Array | undefined {
  const code = text.toLowerCase().replaceAll(/[\s-]/g, "");
  return form.test(code) ? hashOf(code) : undefined;
}
