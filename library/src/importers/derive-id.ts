/**
 * Derives event ids for importers, so that importing the same payload twice records it once. The hash needs a secret of the importer: with
 * a bare hash, anyone could test a guess about the content against an id, which is public permanently.
 */
import { createHmac } from "node:crypto";
import { DaybookError } from "../error/index.ts";
import { canonicalize, type Json } from "../event/index.ts";

/** The minimum length of a secret, in bytes. */
const shortestSecret = 16;

/** The input of an id: `time` in microseconds since 1970 UTC; `index` counts the events of one content from 0. */
export interface IdSource {
  /** The importer's own secret, at least 16 bytes; the same secret gives the same ids. */
  readonly secret: string | Uint8Array;
  /** The payload, as JSON. */
  readonly content: Json;
  /** Counts the events of one payload, from 0. */
  readonly index: number;
  /** Microseconds since 1970 UTC. */
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
 * A UUIDv7 (RFC 9562 section 5.7): the time in milliseconds, and as its 74 random bits the first bits of HMAC-SHA-256(secret,
 * UTF8(JCS(content)) || 0x0A || decimal index).
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
