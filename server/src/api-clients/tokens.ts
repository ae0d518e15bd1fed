/** The tokens of API clients: what of them reaches the store, and what doesn't. Keeps none. */
import { hash } from "node:crypto";
import { credentialOf, isWellFormedToken, newToken } from "../secrets/index.ts";

/** What their tokens begin with; the door for them is found by it. */
export const apiClientPrefix = "dbk_live_";

/** Characters after the prefix that are kept, to trace a leaked token by. */
const traced = 6;

/** A new token, shown once, and what the store keeps of it. */
export interface IssuedToken {
  readonly token: string;
  /** SHA-256, 32 bytes. */
  readonly tokenHash: Uint8Array;
  /** `dbk_live_` and 6 characters. */
  readonly prefix: string;
}

/** What the event that hands it out says of it. */
export const issuedData = ({
  tokenHash,
  prefix,
}: IssuedToken): { tokenPrefix: string; credential: string } => ({
  tokenPrefix: prefix,
  credential: credentialOf(tokenHash),
});

export const hashOf = (token: string): Uint8Array => hash("sha256", token, "buffer");

export function issueToken(): IssuedToken {
  const token = newToken(apiClientPrefix);
  return { token, tokenHash: hashOf(token), prefix: token.slice(0, apiClientPrefix.length + traced) };
}

/** Whether it is as long as a token, of its characters, and with the checksum that they make. */
export const isTokenLike = (text: string): boolean => isWellFormedToken(text, apiClientPrefix);
