/** Cuts a text to a number of bytes, between characters, and never within a placeholder of a hidden token. */
import { fitsUtf8 } from "./utf8.ts";

/** The placeholder of a hidden token: `[token ` and twelve hexadecimal digits. */
const placeholder = /\[token [0-9a-f]{12}\]/g;
const longestPlaceholder = 20;

/**
 * The longest prefix of whole code points that has at most `limit` bytes of UTF-8. If the prefix would end within a
 * placeholder, it ends before it. Returns the text itself if it fits.
 */
export function cutText(text: string, limit: number): string {
  if (fitsUtf8(text, limit)) return text;
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (bytes > limit) break;
    end += character.length;
  }
  const from = Math.max(0, end - longestPlaceholder + 1);
  for (const { index } of text.slice(from, end + longestPlaceholder).matchAll(placeholder)) {
    const start = from + index;
    if (start < end && start + longestPlaceholder > end) return text.slice(0, start);
  }
  return text.slice(0, end);
}
