/** Tokens that programs show: what of one reaches the store, and what doesn't. Keeps none. */
import { hash } from "node:crypto";
import { credentialOf, newToken } from "../secrets/index.ts";

/** Characters after the prefix that are kept, to trace a leaked token by. */
const traced = 6;

/** A new token, shown once, and what the store keeps of it. */
export interface IssuedToken {
  readonly token: string;
  /** SHA-256, 32 bytes. */
  readonly tokenHash: Uint8Array;
  /** Of its kind, such as `dbk_live_`, and 6 characters. */
  readonly prefix: string;
}

/** What the event that hands it out says of it. */
export const issuedData = ({
  tokenHash,
  prefix,
}: Pick<IssuedToken, "tokenHash" | "prefix">): { tokenPrefix: string; credential: string } => ({
  tokenPrefix: prefix,
  credential: credentialOf(tokenHash),
});

export const hashOf = (token: string): Uint8Array => hash("sha256", token, "buffer");

/** `kind` is what it begins with, by which its authenticator is found. */
export function issueToken(kind: string): IssuedToken {
  const token = newToken(kind);
  return { token, tokenHash: hashOf(token), prefix: token.slice(0, kind.length + traced) };
}
