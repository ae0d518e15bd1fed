/** Reads one JSON text strictly, with the scanner of `json-reader.ts`. */
import { DaybookError } from "../error/index.ts";
import type { Json } from "./event.ts";
import { JsonReader } from "./json-reader.ts";
import { limits } from "./limits.ts";
import {
  type ByteOrderMark,
  byteOrderMark,
  compressionOf,
  decodeUtf8,
  isWellFormed,
  notUtf8At,
} from "./utf8.ts";

/** The text of a body. Throws `json-unreadable` if it is not UTF-8, or starts with a byte order mark. */
export function decodeBody(body: Uint8Array): string {
  const mark = byteOrderMark(body);
  if (mark !== undefined) throw markRefused("The body", mark);
  const text = decodeUtf8(body);
  if (text === undefined) throw notUtf8("The body", body);
  return text;
}

/** `what` names the text: a body, a file. */
export function markRefused(what: string, mark: ByteOrderMark): DaybookError {
  const [detail, remedy] =
    mark === "UTF-8"
      ? [
          `${what} starts with a byte order mark, which JSON does not allow.`,
          "Write UTF-8 without a byte order mark.",
        ]
      : [`${what} is ${mark}.`, "Write UTF-8 without a byte order mark."];
  return new DaybookError("json-unreadable", { detail, remedy });
}

/** The error for bytes that `decodeUtf8` refuses. `what` names the text; the bytes start on its line `first`. */
export function notUtf8(what: string, bytes: Uint8Array, first = 1): DaybookError {
  const compression = compressionOf(bytes);
  if (compression !== undefined)
    return new DaybookError("json-unreadable", {
      detail: `${what} is compressed with ${compression}.`,
      remedy: "Send it uncompressed.",
    });
  const { line, column, byte } = notUtf8At(bytes);
  const code = byte.toString(16).toUpperCase().padStart(2, "0");
  return new DaybookError("json-unreadable", {
    detail: `${what} is not UTF-8: line ${first + line - 1}, column ${column} has the byte 0x${code}.`,
    remedy:
      "Send UTF-8. Text in ISO-8859-1 or Windows-1252, in which Windows PowerShell sends strings, is converted first.",
  });
}

/**
 * The value of a JSON text (RFC 8259), read strictly: what can't be stored exactly is refused. Objects have no
 * prototype. Throws `json-unreadable` (400) for text that isn't JSON or UTF-8. Throws `json-refused` (422), with the
 * pointer of each place, for a duplicate name, `__proto__`, U+0000, half a surrogate pair, a number beyond 2^53-1 or
 * one that would become 0, and for nesting over `maxDepth` (default 32; the outermost object or array is 1). `line`:
 * the text is this line of a file, from 0.
 */
export function readJson(
  text: string | Uint8Array,
  options: { maxDepth?: number; line?: number } = {},
): Json {
  const isText = typeof text === "string";
  const source = isText ? text : decodeBody(text);
  return new JsonReader(source, {
    maxDepth: options.maxDepth ?? limits.depth,
    suspect: isText && !isWellFormed(source),
    ...(options.line === undefined ? {} : { line: options.line }),
  }).read();
}
