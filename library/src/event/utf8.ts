/** Text as UTF-8: strict decoding, and sizes in bytes. */

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of UTF-8 bytes (RFC 3629), including a byte order mark; undefined if they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** An encoding that a body declares. */
export type ByteOrderMark = "UTF-8" | "UTF-16" | "UTF-32";

/**
 * The encoding that the start of the bytes shows, usually by a byte order mark; undefined if they can be UTF-8 without
 * one.
 */
export function byteOrderMark(bytes: Uint8Array): ByteOrderMark | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return "UTF-8";
  // without a mark: an ASCII character of two or four bytes, which is neither UTF-8 text nor JSON
  const isMarked = first === 0xff && second === 0xfe;
  if ((isMarked || (first !== 0 && second === 0)) && third === 0 && fourth === 0) return "UTF-32";
  if (first === 0 && second === 0 && (third === 0xfe || third === 0) && fourth !== 0) return "UTF-32";
  if (isMarked || (first === 0xfe && second === 0xff)) return "UTF-16";
  const isWide = bytes.length > 1 && (first === 0) !== (second === 0);
  return isWide ? "UTF-16" : undefined;
}

/** The compression that the start of the bytes shows. */
export function compressionOf([first, second, third, fourth]: Uint8Array): string | undefined {
  if (first === 0x1f && second === 0x8b) return "gzip";
  if (first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd) return "zstd";
  // a window of 32 KiB, and a check of both bytes
  if (first === 0x78 && ((first << 8) | second!) % 31 === 0) return "zlib (deflate)";
  return undefined;
}

const lenient = new TextDecoder("utf-8", { ignoreBOM: true });
const replacement = "\ufffd";

/** Where the bytes stop being UTF-8; lines and columns start at 1. */
export function notUtf8At(bytes: Uint8Array): { line: number; column: number; byte: number } {
  const text = lenient.decode(bytes);
  let at = -1;
  let offset = 0;
  for (;;) {
    const next = text.indexOf(replacement, at + 1);
    if (next < 0) break;
    offset += utf8Length(text, at + 1, next);
    at = next;
    // a replacement character that was sent as such has three bytes
    if (!(bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd)) break;
    offset += 3;
  }
  const before = text.slice(0, Math.max(at, 0));
  const line = before.split("\n").length;
  return { line, column: before.length - before.lastIndexOf("\n"), byte: bytes[offset] ?? 0 };
}

/** False if the text has a surrogate without its other half. */
export const isWellFormed = (text: string): boolean =>
  (text as string & { isWellFormed(): boolean }).isWellFormed();

/** The number of bytes that `text` from `start` to `end` has in UTF-8. */
export function utf8Length(text: string, start = 0, end: number = text.length): number {
  let bytes = end - start;
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    // a surrogate pair has 2 units and 4 bytes: each half counts as 2
    bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}

/** True if `text` has at most `limit` bytes in UTF-8. It counts only if the length doesn't already decide. */
export const fitsUtf8 = (text: string, limit: number): boolean =>
  text.length * 3 <= limit || (text.length <= limit && utf8Length(text) <= limit);
