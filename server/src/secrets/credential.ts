/**
 * The credential in events about a token or a code: a digest of the hash in the database. A reader can neither use nor find the token with
 * it, and a hash that was swapped in the database no longer matches its event.
 */
import { hash } from "node:crypto";

/** Separates this digest from every other digest of a token. */
const domain = "daybook credential\n";

/** base64url(SHA-256("daybook credential\n" || token hash)), 43 characters; `tokenHash` is the SHA-256 of the token, 32 bytes. */
export const credentialOf = (tokenHash: Uint8Array): string =>
  hash("sha256", Buffer.concat([Buffer.from(domain), tokenHash]), "base64url");
