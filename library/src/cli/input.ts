/** Reads JSON from a file or from stdin: one document, or one value a line (NDJSON), which is not held in memory as a whole. */
import { createReadStream } from "node:fs";
import { DaybookError } from "../error/index.ts";
import { byteOrderMark, decodeUtf8, markRefused, notUtf8 } from "../event/index.ts";
import type { Io } from "./io.ts";

/** The maximum size of one document or line, in bytes; NDJSON as a whole has no limit. */
const longestDocument = 256 * 1024 * 1024;

const tooLong = (): DaybookError =>
  new DaybookError("body-too-large", {
    detail: "A single JSON document may have up to 256 MiB.",
    remedy: "Write one JSON value a line (NDJSON).",
  });

/** Opens a file, or stdin for `-`. */
export const open = (path: string, io: Io): NodeJS.ReadableStream =>
  path === "-" ? io.stdin : createReadStream(path);

const isWhole = (line: string): boolean => {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
};

/** One JSON text and its first line, from 1. */
export interface JsonText {
  readonly text: string;
  readonly line: number;
}

function decode(pieces: readonly Uint8Array[], line: number): JsonText {
  const bytes = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
  // every line is checked: joined files have byte order marks in the middle
  const mark = byteOrderMark(bytes);
  if (mark !== undefined) throw markRefused(line === 1 ? "The file" : `Line ${line}`, mark);
  const text = decodeUtf8(bytes);
  if (text === undefined) throw notUtf8("The file", bytes, line);
  return { text: text.endsWith("\r") ? text.slice(0, -1) : text, line };
}

/** The bytes of a stream, as they arrive. Throws `config-invalid` if it can't be read. */
async function* piecesOf(stream: NodeJS.ReadableStream): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const piece of stream) yield typeof piece === "string" ? Buffer.from(piece) : piece;
  } catch (cause) {
    throw new DaybookError("config-invalid", {
      detail: cause instanceof Error ? cause.message : String(cause),
      remedy: "Name a file that can be read, or - for stdin.",
      cause,
    });
  }
}

/** The lines of a stream. They end only in LF or CRLF: Node's readline also splits at U+2028, which JSON strings can contain. */
async function* linesOf(stream: NodeJS.ReadableStream): AsyncGenerator<JsonText, void, undefined> {
  let line = 1;
  let pending: Uint8Array[] = [];
  let length = 0;
  for await (const piece of piecesOf(stream)) {
    let start = 0;
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, start)) {
      pending.push(piece.subarray(start, end));
      yield decode(pending, line++);
      pending = [];
      length = 0;
      start = end + 1;
    }
    pending.push(piece.subarray(start));
    length += piece.length - start;
    if (length > longestDocument) throw tooLong();
  }
  if (length > 0) yield decode(pending, line);
}

/**
 * The JSON texts of a stream. If its first line is a complete JSON value, every line is one; otherwise the whole stream is one document.
 * Texts that aren't JSON are returned as they are, and the reader reports them.
 */
export async function* jsonTexts(stream: NodeJS.ReadableStream): AsyncGenerator<JsonText, void, undefined> {
  let document: string[] | undefined;
  let length = 0;
  let started = false;
  for await (const { text, line } of linesOf(stream)) {
    if (document) {
      document.push(text);
      length += text.length;
      if (length > longestDocument) throw tooLong();
      continue;
    }
    if (text.trim() === "") continue;
    if (!started && !isWhole(text)) document = [text];
    else yield { text, line };
    started = true;
  }
  if (document) yield { text: document.join("\n"), line: 1 };
}
