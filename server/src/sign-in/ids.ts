/** Ids of what this room makes, and the hash by which tokens and codes are kept. */
import { hash, randomBytes } from "node:crypto";
import { formatLogId } from "daybook/internal";

/** A new id, never given before: the prefix, such as `user_`, and 26 characters of lower-case base32 (16 random bytes). */
export const newId = (prefix: string): string => `${prefix}${formatLogId(randomBytes(16))}`;

/** What is kept of a token or code of 256 random bits: a slow hash would add nothing. */
export const hashOf = (token: string): Uint8Array => hash("sha256", token, "buffer");
