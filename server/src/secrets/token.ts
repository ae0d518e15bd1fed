/**
 * Daybook's tokens: a prefix that shows the kind, 32 random bytes, and a checksum. With the checksum, a scanner for leaked secrets can
 * distinguish real tokens, and typing errors are found without the database.
 */
import { randomBytes } from "node:crypto";

/** Digits in the order of their values, which is also the order of ASCII. */
const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

const secretBytes = 32;
const secretLength = 43;
const checksumLength = 6;

const inBase62 = (value: bigint, length: number): string => {
  let text = "";
  for (let rest = value; text.length < length; rest /= 62n) text = digits[Number(rest % 62n)] + text;
  return text;
};

/** CRC-32 as in ISO-HDLC (zip, PNG): polynomial 0xEDB88320 reflected, initial value and final XOR all ones. */
const crc32 = (text: string): number => {
  let crc = 0xffffffff;
  for (const byte of Buffer.from(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
};

const checksum = (text: string): string => inBase62(BigInt(crc32(text)), checksumLength);

/**
 * A new token: `prefix`, 43 base62 characters (32 random bytes as one number, most significant first), and 6 base62 characters of CRC-32
 * over everything before them. `random` is for tests.
 */
export const newToken = (prefix: string, random: (size: number) => Uint8Array = randomBytes): string => {
  const secret = BigInt(`0x${Buffer.from(random(secretBytes)).toString("hex")}`);
  const body = prefix + inBase62(secret, secretLength);
  return body + checksum(body);
};

/** Whether a text has the form of a token with this prefix, and the right checksum. It doesn't say whether the token is valid. */
export const isWellFormedToken = (text: string, prefix: string): boolean => {
  if (text.length !== prefix.length + secretLength + checksumLength || !text.startsWith(prefix)) return false;
  const body = text.slice(0, -checksumLength);
  return /^[0-9A-Za-z]+$/.test(text.slice(prefix.length)) && checksum(body) === text.slice(-checksumLength);
};
