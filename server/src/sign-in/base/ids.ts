/** Ids of this service's resources, and the hash of tokens and codes. */
import { hash, randomBytes } from "node:crypto";
import { formatLogId } from "daybook/internal";

/** A new unique id: the prefix, such as `user_`, and 26 characters of lower-case base32 (16 random bytes). */
export const newId = (prefix: string): string => `${prefix}${formatLogId(randomBytes(16))}`;

/** The stored form of a token or code of 256 random bits: a slow hash would add nothing. */
export const hashOf = (token: string): Uint8Array => hash("sha256", token, "buffer");
