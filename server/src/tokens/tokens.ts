/** Tokens for programs: which part of one reaches the store. */
import { hash } from "node:crypto";
import { credentialOf, newToken } from "../secrets/index.ts";

/** The stored number of characters after the prefix, to trace a leaked token. */
const traced = 6;

/** A new token, shown once, with what the store keeps of it. */
export interface IssuedToken {
  readonly token: string;
  /** SHA-256, 32 bytes. */
  readonly tokenHash: Uint8Array;
  /** The prefix of its kind, such as `dbk_live_`, and 6 characters. */
  readonly prefix: string;
}

/** The credential for the event that issues it. */
export const issuedData = ({
  tokenHash,
  prefix,
}: Pick<IssuedToken, "tokenHash" | "prefix">): { tokenPrefix: string; credential: string } => ({
  tokenPrefix: prefix,
  credential: credentialOf(tokenHash),
});

export const hashOf = (token: string): Uint8Array => hash("sha256", token, "buffer");

/** `kind` is the prefix, which selects its authenticator. */
export function issueToken(kind: string): IssuedToken {
  const token = newToken(kind);
  return { token, tokenHash: hashOf(token), prefix: token.slice(0, kind.length + traced) };
}
