/** Text as UTF-8: decoding without mercy, and sizes in bytes. It refuses to know JSON. */

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of UTF-8 bytes (RFC 3629), a byte order mark kept; undefined if they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** What the start of bytes, mostly a byte order mark, says that they are; undefined where they may be UTF-8 without one. */
export function byteOrderMark(bytes: Uint8Array): "UTF-8" | "UTF-16" | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return "UTF-8";
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return "UTF-16";
  // without a mark: an ASCII character of two bytes, which is neither UTF-8 text nor JSON
  const isWide = bytes.length > 1 && (first === 0) !== (second === 0);
  return isWide ? "UTF-16" : undefined;
}

/** False if the text holds a surrogate without its other half. */
export const isWellFormed = (text: string): boolean =>
  (text as string & { isWellFormed(): boolean }).isWellFormed();

/** How many bytes `text` from `start` to `end` takes in UTF-8. */
export function utf8Length(text: string, start = 0, end: number = text.length): number {
  let bytes = end - start;
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    // a surrogate pair is 2 units and 4 bytes: each half counts 2
    bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}

/** True if `text` takes at most `limit` bytes in UTF-8; counts only where the length leaves it open. */
export const fitsUtf8 = (text: string, limit: number): boolean =>
  text.length * 3 <= limit || (text.length <= limit && utf8Length(text) <= limit);
