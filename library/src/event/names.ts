/** The forms of event ids (UUIDv7, RFC 9562 section 5.7) and of names of event types. */
import { limits } from "./limits.ts";

const eventId = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const ourType = /^[A-Z][A-Z0-9_]{1,63}$/;
/**
 * Starts with a letter, ends with a letter or digit, and has at least one lower-case letter, no `//`, and no segment
 * `.` or `..`.
 */
const customType = /^(?=.*[a-z])(?!.*\/\.{0,2}\/)[A-Za-z](?:[A-Za-z0-9._:/-]*[A-Za-z0-9])?$/;
const partyType = /^[a-z][a-z0-9_]*$/;

/** True for a lower-case UUIDv7. */
export const isEventId = (text: string): boolean => text.length === 36 && eventId.test(text);

/** True for the form of Daybook's own types, `API_CLIENT_ADDED`. */
export const isOurType = (text: string): boolean => ourType.test(text);

/** True for the form of custom types: `invoice.paid`, `s3.amazonaws.com/PutObject`, `google.iam.admin.v1.SetIAMPolicy`. */
export const isCustomType = (text: string): boolean =>
  text.length <= limits.eventTypeBytes && customType.test(text);

/** A type's name without the differences that people overlook: case and `._:/-`. */
export const foldedTypeName = (name: string): string => name.replace(/[._:/-]/g, "").toLowerCase();

/** True for the form of a target's type, `api_client`. */
export const isTargetType = (text: string): boolean =>
  text.length <= limits.partyTypeBytes && partyType.test(text);

/** `type:id`, the key of an actor or target in searches; `type:` for an actor without an id. */
export const partyKey = ({ type, id = "" }: { readonly type: string; readonly id?: string }): string =>
  `${type}:${id}`;

/** Random bytes are fetched for many ids together. */
const pool = new Uint8Array(10 * 256);
let used = pool.length;
const hex: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function randomByte(): number {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const byte = pool[used]!;
  pool[used++] = 0;
  return byte;
}

/**
 * A new UUIDv7: 48 bits of milliseconds since 1970, 74 bits from the system's secure source. Throws RangeError if `now`
 * isn't a whole number of at most 48 bits.
 */
export function newEventId(now: number = Date.now()): string {
  if (!(Number.isInteger(now) && now >= 0 && now < 2 ** 48))
    throw new RangeError("now must be whole milliseconds in 48 bits");
  const time = now.toString(16).padStart(12, "0");
  const a = hex[0x70 | (randomByte() & 0x0f)]! + hex[randomByte()]!;
  const b = hex[0x80 | (randomByte() & 0x3f)]! + hex[randomByte()]!;
  let tail = "";
  for (let i = 0; i < 6; i++) tail += hex[randomByte()]!;
  return `${time.slice(0, 8)}-${time.slice(8)}-${a}-${b}-${tail}`;
}

/** Microseconds since 1970 UTC that a UUIDv7 contains (to the millisecond). */
export const eventIdTime = (id: string): bigint =>
  BigInt(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)) * 1000n;
