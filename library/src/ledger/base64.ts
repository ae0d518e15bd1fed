/**
 * Bytes as text: base64 and base64url (RFC 4648), read canonically only, so that equal bytes have one spelling. The only
 * file of the room that uses Buffer for it. It refuses to know what the bytes mean.
 */

/** The bytes of a view without copying them. */
const bufferOf = (bytes: Uint8Array): Buffer =>
  bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Padded base64 (RFC 4648 section 4), as C2SP notes, leafHash and root have it. */
export const toBase64 = (bytes: Uint8Array): string => bufferOf(bytes).toString("base64");

/** Unpadded base64url (RFC 4648 section 5), as salts, disclosures and digests have it. */
export const toBase64url = (bytes: Uint8Array): string =>
  bytes.length <= maxShort ? shortToBase64url(bytes) : bufferOf(bytes).toString("base64url");

/** Up to this many bytes, a table is quicker than making a Buffer; every event has a salt for each of its slots. */
const maxShort = 32;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** Two characters for each 12 bits. */
const pairs: readonly string[] = [...alphabet].flatMap((first) =>
  [...alphabet].map((second) => first + second),
);

function shortToBase64url(bytes: Uint8Array): string {
  const whole = bytes.length - (bytes.length % 3);
  let text = "";
  for (let i = 0; i < whole; i += 3) {
    const bits = ((bytes[i] as number) << 16) | ((bytes[i + 1] as number) << 8) | (bytes[i + 2] as number);
    text += (pairs[bits >> 12] as string) + (pairs[bits & 0xfff] as string);
  }
  const rest = bytes.length - whole;
  if (rest === 1) text += pairs[(bytes[whole] as number) << 4];
  if (rest === 2) {
    const bits = ((bytes[whole] as number) << 8) | (bytes[whole + 1] as number);
    text += (pairs[bits >> 4] as string) + alphabet[(bits & 0xf) << 2];
  }
  return text;
}

/** Unpadded base64url of a text's UTF-8 bytes. */
export function textToBase64url(text: string): string {
  // Most slots are small: writing them into one block that stays saves allocating a buffer for each.
  if (text.length > maxScratchText) return Buffer.from(text).toString("base64url");
  return scratch.toString("base64url", 0, scratch.write(text));
}

const maxScratchText = 8192;
/** UTF-8 takes at most three bytes for each UTF-16 code unit. */
const scratch = Buffer.alloc(maxScratchText * 3);

/** The bytes of padded base64; undefined unless it is the one canonical spelling of them. */
export const fromBase64 = (text: string): Uint8Array | undefined => decode(text, "base64");

/** The bytes of unpadded base64url; undefined unless it is the one canonical spelling of them. */
export const fromBase64url = (text: string): Uint8Array | undefined => decode(text, "base64url");

function decode(text: string, encoding: "base64" | "base64url"): Uint8Array | undefined {
  // Node's decoder skips what it doesn't know and takes either alphabet; encoding again shows whether it did.
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === text ? Uint8Array.from(bytes) : undefined;
}
