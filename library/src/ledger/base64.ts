/**
 * Bytes as text: base64 and base64url (RFC 4648). Reading is strict, so that equal bytes have exactly one text. Only this file of the
 * ledger uses Buffer for base64.
 */

/** The bytes of a view without copying them. */
const bufferOf = (bytes: Uint8Array): Buffer =>
  bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Padded base64 (RFC 4648 section 4), for C2SP notes, leafHash and root. */
export const toBase64 = (bytes: Uint8Array): string => bufferOf(bytes).toString("base64");

/** Unpadded base64url (RFC 4648 section 5), for salts, disclosures and digests. */
export const toBase64url = (bytes: Uint8Array): string =>
  bytes.length <= maxShort ? shortToBase64url(bytes) : bufferOf(bytes).toString("base64url");

/** Up to this number of bytes, a table is faster than creating a Buffer; every event has a salt for each of its slots. */
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
  // Most slots are small: one reused block saves an allocation for each.
  if (text.length > maxScratchText) return Buffer.from(text).toString("base64url");
  return scratch.toString("base64url", 0, scratch.write(text));
}

const maxScratchText = 8192;
/** UTF-8 has at most three bytes for each UTF-16 code unit. */
const scratch = Buffer.alloc(maxScratchText * 3);

/** The bytes of padded base64; undefined if the text is not canonical. */
export const fromBase64 = (text: string): Uint8Array | undefined => decode(text, "base64");

/** The bytes of unpadded base64url; undefined if the text is not canonical. */
export const fromBase64url = (text: string): Uint8Array | undefined => decode(text, "base64url");

function decode(text: string, encoding: "base64" | "base64url"): Uint8Array | undefined {
  // Node's decoder ignores unknown characters and accepts either alphabet; encoding again reveals this.
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === text ? Uint8Array.from(bytes) : undefined;
}
