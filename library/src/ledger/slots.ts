/** Slots: each value that may later be erased or withheld, with its own salted digest. Source: spec/ledger.md, RFC 9901 section 4.2.3. */
import { DaybookError } from "../error/index.ts";
import { canonicalize, type Json, limits, readJson } from "../event/index.ts";
import { fromBase64url, textToBase64url, toBase64url } from "./base64.ts";
import { randomBytes, sha256Base64url } from "./crypto.ts";

/** The bytes of a salt, and the characters of its base64url. */
export const saltBytes = 16;
const saltCharacters = 22;
const poolBytes = 1024 * saltBytes;
let pool = new Uint8Array(0);
let poolAt = 0;

/** A new random salt, 16 bytes, used only once. The system's generator provides 1,024 salts at a time. */
export function newSalt(): Uint8Array {
  if (poolAt === pool.length) {
    pool = randomBytes(poolBytes) as Uint8Array<ArrayBuffer>;
    poolAt = 0;
  }
  const salt = pool.slice(poolAt, poolAt + saltBytes);
  poolAt += saltBytes;
  return salt;
}

/** Whether a text is a valid slot name. */
export const isSlotName = (text: string): boolean => /^[a-z][A-Za-z0-9]{0,31}$/.test(text);

/**
 * The disclosure of a slot: base64url of the UTF-8 of JCS([salt, slot, value]). `valueJcs` is the value's RFC 8785 text, which is not
 * checked. Throws RangeError for a salt that isn't 16 bytes.
 */
export function disclosure(salt: Uint8Array, slot: string, valueJcs: string): string {
  if (salt.length !== saltBytes) throw new RangeError("A salt is 16 bytes.");
  return textToBase64url(`["${toBase64url(salt)}","${slot}",${valueJcs}]`);
}

/** The digest of a disclosure: base64url of the SHA-256 of its ASCII, 43 characters. */
export const disclosureDigest = (disclosed: string): string => sha256Base64url(disclosed);

/** The digest of a slot, as in the leaf: that of its disclosure. */
export const slotDigest = (salt: Uint8Array, slot: string, valueJcs: string): string =>
  sha256Base64url(disclosure(salt, slot, valueJcs));

/** The content of a disclosure. `valueJcs` is the value's RFC 8785 text. */
export interface Disclosed {
  readonly salt: Uint8Array;
  readonly slot: string;
  readonly value: Json;
  readonly valueJcs: string;
}

/**
 * Reads a disclosure from someone else. Throws `proof-invalid` unless it is the canonical form of [salt, slot, value]: canonical base64url,
 * UTF-8, strict JSON in RFC 8785 form, a salt of exactly 22 characters, a well-formed slot name.
 */
export function readDisclosure(text: string): Disclosed {
  const bytes = fromBase64url(text);
  if (bytes === undefined) throw invalid("it is not canonical base64url");
  const parts = parse(bytes);
  if (!Array.isArray(parts) || parts.length !== 3)
    throw invalid("it is not an array of salt, slot and value");
  const [saltText, slot, value] = parts as [Json, Json, Json];
  if (typeof saltText !== "string" || saltText.length !== saltCharacters) {
    throw invalid(`its salt is not a text of ${saltCharacters} characters`);
  }
  const salt = fromBase64url(saltText);
  if (salt === undefined) throw invalid("its salt is not canonical base64url");
  if (typeof slot !== "string" || !isSlotName(slot)) throw invalid("its slot name is not well-formed");
  const valueJcs = canonicalize(value);
  if (disclosure(salt, slot, valueJcs) !== text) throw invalid("its JSON is not in RFC 8785 form");
  return { salt, slot, value, valueJcs };
}

function parse(bytes: Uint8Array): Json {
  try {
    return readJson(bytes, { maxDepth: limits.keptDepth });
  } catch (cause) {
    if (!(cause instanceof DaybookError)) throw cause;
    throw new DaybookError("proof-invalid", {
      detail: `A disclosure can't be read: ${cause.message}`,
      cause,
    });
  }
}

const invalid = (why: string): DaybookError =>
  new DaybookError("proof-invalid", { detail: `A disclosure can't be read: ${why}.` });
