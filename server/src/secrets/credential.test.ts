/** The credential of a token in events, against values from Python's hashlib. */
import { describe, expect, it } from "vitest";
import { credentialOf } from "./credential.ts";

describe("a credential", () => {
  // base64.urlsafe_b64encode(hashlib.sha256(b"daybook credential\n" + token_hash).digest()).rstrip(b"=")
  it.each([
    [new Uint8Array(32), "acsOUT5r4x0sbIk3rm4esOSeQ_uqd8JxhsfsGhtFfrA"],
    [
      Uint8Array.from({ length: 32 }, (_, index) => 255 - index),
      "oZ8kEMM4ssDOQA9U9-vjq2R-BAi6Yk17UB72Q6OfIZk",
    ],
  ])("of %s is the same everywhere", (tokenHash, expected) => {
    expect(credentialOf(tokenHash)).toBe(expected);
  });
});
