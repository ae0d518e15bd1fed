/** Names of logs and places in them: origin, log id, position. Source: spec/ledger.md. */
import { toHex } from "./bytes.ts";
import { type Hash, randomBytes } from "./crypto.ts";

/** Base 32 of RFC 4648 section 6, in lower case, unpadded. */
const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
const logIdBytes = 16;
const prefixBytes = 8;

/** 26 characters of base32; the last has two spare bits, which are 0. */
const logIdForm = /^[a-z2-7]{25}[aeimquy4]$/;
const positionForm = /^([a-z2-7]{25}[aeimquy4]):(0|[1-9][0-9]{0,15}):([0-9a-f]{16})$/;
/** Printable ASCII without the characters that key names (`+`, space) or JSON text (`"`, `\`) can't contain. */
const logNameForm = /^[!#-*,-[\]-~]{1,200}$/;
const separator = "/o/";

/** 16 bytes as 26 characters of lower-case base32. Throws RangeError for another length. */
export function formatLogId(bytes: Uint8Array): string {
  if (bytes.length !== logIdBytes) throw new RangeError("A log id is 16 bytes.");
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += alphabet[(held >> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return text + alphabet[(held << (5 - bits)) & 31];
}

/** Whether a text is a log id in its canonical form. */
export const isLogId = (text: string): boolean => logIdForm.test(text);

/** Whether a text is valid as the `<name>` of origins: 1-200 printable ASCII characters without space, `+`, `"` and `\`. */
export const isLogName = (text: string): boolean => logNameForm.test(text);

/** The name of a deployment without a configured one: `<26 random base32>.invalid`. */
export const newLogName = (): string => `${formatLogId(randomBytes(logIdBytes))}.invalid`;

/** A new log's origin: `<name>/o/<26 random base32>`. Throws RangeError if `isLogName` is false. */
export const newLogOrigin = (name: string): string => formatOrigin(name, randomBytes(logIdBytes));

/** The origin of the log with these 16 id bytes. Throws RangeError if `isLogName` is false. */
export function formatOrigin(name: string, idBytes: Uint8Array): string {
  if (!isLogName(name)) throw new RangeError(`'${name}' can't be the name of logs.`);
  return `${name}${separator}${formatLogId(idBytes)}`;
}

/** The two parts of an origin. */
export interface Origin {
  readonly name: string;
  readonly logId: string;
}

/** Reads an origin; undefined if the text isn't one. */
export function parseOrigin(text: string): Origin | undefined {
  const at = text.lastIndexOf(separator);
  if (at < 0) return undefined;
  const name = text.slice(0, at);
  const logId = text.slice(at + separator.length);
  return isLogName(name) && isLogId(logId) ? { name, logId } : undefined;
}

/** A place in a log, with the hash that shows whether it is still the same log. */
export interface Position {
  /** The 26 characters that end the log's origin. */
  readonly logId: string;
  readonly seq: bigint;
  /** The first 8 bytes of the leaf hash, in lower-case hex. */
  readonly leafHashPrefix: string;
}

/** The event of a position. */
export interface LogEntry {
  /** The log's origin. */
  readonly log: string;
  readonly seq: bigint;
  readonly leafHash: Hash;
}

/** The position of an event: `<the 26 characters>:<seq>:<first 8 bytes of leafHash, hex>`. */
export const formatPosition = ({ log, seq, leafHash }: LogEntry): string =>
  `${log.slice(-26)}:${seq}:${toHex(leafHash.subarray(0, prefixBytes))}`;

/** Reads a position; undefined if the text isn't one in its canonical form, or its seq is over 2^53-1. */
export function parsePosition(text: string): Position | undefined {
  const match = positionForm.exec(text);
  if (match === null) return undefined;
  const [, logId, seqText, leafHashPrefix] = match as unknown as [string, string, string, string];
  const seq = BigInt(seqText);
  return seq > Number.MAX_SAFE_INTEGER ? undefined : { logId, seq, leafHashPrefix };
}

/** Whether a position names this event of this log. */
export const isPositionOf = (position: Position, place: LogEntry): boolean =>
  position.seq === place.seq &&
  place.log.endsWith(separator + position.logId) &&
  toHex(place.leafHash.subarray(0, prefixBytes)) === position.leafHashPrefix;
