/**
 * What an event says of a token or a code: a digest of the hash that the database keeps of it. Whoever reads it can neither use
 * nor find the token, and a hash that was put in another's place no longer fits its event. Knows no token.
 */
import { hash } from "node:crypto";

/** Keeps this digest apart from every other that is made of a token. */
const domain = "daybook credential\n";

/** base64url(SHA-256("daybook credential\n" || token hash)), 43 characters; `tokenHash` is the SHA-256 of the token, 32 bytes. */
export const credentialOf = (tokenHash: Uint8Array): string =>
  hash("sha256", Buffer.concat([Buffer.from(domain), tokenHash]), "base64url");
