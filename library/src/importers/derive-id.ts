/**
 * Event ids that an importer derives, so that importing the same thing twice records it once. A bare hash of content would let
 * anyone test a guess against an id, which is public for ever: hence a keyed hash, with a secret of the importer's own.
 */
import { createHmac } from "node:crypto";
import { DaybookError } from "../error/index.ts";
import { canonicalize, type Json } from "../event/index.ts";

/** The least that counts as a secret, in bytes. */
const shortestSecret = 16;

/** From what an id is derived: `time` in microseconds since 1970 UTC; `index` counts the events of one content from 0. */
export interface IdSource {
  readonly secret: string | Uint8Array;
  readonly content: Json;
  readonly index: number;
  readonly time: bigint;
}

/** Throws `config-invalid` for a secret of under 16 bytes. */
export function checkSecret(secret: string | Uint8Array): void {
  if (Buffer.byteLength(secret) < shortestSecret)
    throw new DaybookError("config-invalid", {
      detail: `The secret must have at least ${shortestSecret} bytes.`,
    });
}

/**
 * A UUIDv7 (RFC 9562 section 5.7): the time in milliseconds, and for its 74 random bits the first ones of
 * HMAC-SHA-256(secret, UTF8(JCS(content)) || 0x0A || decimal index).
 */
export function deriveId({ secret, content, index, time }: IdSource): string {
  checkSecret(secret);
  const hmac = createHmac("sha256", secret)
    .update(`${canonicalize(content)}\n${index}`, "utf8")
    .digest();
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(Number(time / 1000n), 0, 6);
  hmac.copy(bytes, 6, 0, 10);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
