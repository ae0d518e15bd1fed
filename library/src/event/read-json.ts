/** Reading one JSON text strictly. The scanner itself is `json-reader.ts`. */
import { DaybookError } from "../error/index.ts";
import type { Json } from "./event.ts";
import { JsonReader } from "./json-reader.ts";
import { limits } from "./limits.ts";
import { byteOrderMark, decodeUtf8, isWellFormed } from "./utf8.ts";

/** The text of a body. Throws `json-unreadable` if it is not UTF-8, or starts with a byte order mark. */
export function decodeBody(body: Uint8Array): string {
  const mark = byteOrderMark(body);
  if (mark !== undefined) throw markRefused("The body", mark);
  const text = decodeUtf8(body);
  if (text === undefined) {
    if (body[0] === 0x1f && body[1] === 0x8b)
      throw new DaybookError("json-unreadable", {
        detail: "The body is compressed with gzip.",
        remedy: "Send it uncompressed.",
      });
    throw new DaybookError("json-unreadable", { detail: "The body is not readable JSON: it is not UTF-8." });
  }
  return text;
}

/** `what` is what begins with it: a body, a file. */
export function markRefused(what: string, mark: "UTF-8" | "UTF-16"): DaybookError {
  const [detail, remedy] =
    mark === "UTF-8"
      ? [
          `${what} starts with a byte order mark, which JSON has none of.`,
          "Write UTF-8 without a byte order mark.",
        ]
      : [`${what} is UTF-16.`, "Write UTF-8 without a byte order mark."];
  return new DaybookError("json-unreadable", { detail, remedy });
}

/**
 * The value of a JSON text (RFC 8259), read strictly: what can't be kept exactly is refused. Objects have no prototype.
 * Throws `json-unreadable` (400) for what isn't JSON or UTF-8, and `json-refused` (422), with the pointer of each place,
 * for a name that occurs twice, `__proto__`, U+0000, half a surrogate pair, a number beyond 2^53-1 or one that would
 * become 0, and for nesting over `maxDepth` (default 32; the outermost object or array is 1). `line`: the text is a line of a file, that
 * one, from 0.
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
