/** Reads JSON from a file or from stdin: one document, or one value a line (NDJSON), without holding the latter in memory. */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { DaybookError } from "../error/index.ts";
import type { Io } from "./io.ts";

/** The most that a single document may have, in characters; NDJSON has no such limit. */
const longestDocument = 256 * 1024 * 1024;

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

/** One JSON text and the line it begins on, from 1. */
export interface JsonText {
  readonly text: string;
  readonly line: number;
}

async function* linesOf(stream: NodeJS.ReadableStream): AsyncGenerator<JsonText, void, undefined> {
  // whether an error of the stream comes out of readline's loop, or only ends it, depends on Node's version
  let failure: unknown;
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  stream.on("error", (error) => {
    failure = error;
    lines.close();
  });
  let line = 0;
  try {
    for await (const text of lines) yield { text, line: ++line };
  } catch (error) {
    failure ??= error;
  }
  if (failure === undefined) return;
  throw new DaybookError("config-invalid", {
    detail: failure instanceof Error ? failure.message : String(failure),
    remedy: "Name a file that can be read, or - for stdin.",
    cause: failure,
  });
}

/**
 * The JSON texts of a stream: if its first line is a whole JSON value, every line is one; else all of it is one document.
 * What isn't JSON comes through as it is: whoever reads it says so.
 */
export async function* jsonTexts(stream: NodeJS.ReadableStream): AsyncGenerator<JsonText, void, undefined> {
  let document: string[] | undefined;
  let length = 0;
  let started = false;
  for await (const { text, line } of linesOf(stream)) {
    if (document) {
      document.push(text);
      length += text.length;
      if (length > longestDocument)
        throw new DaybookError("body-too-large", {
          detail: "A single JSON document may have 256 MiB.",
          remedy: "Write one JSON value a line (NDJSON).",
        });
      continue;
    }
    if (text.trim() === "") continue;
    if (!started && !isWhole(text)) document = [text];
    else yield { text, line };
    started = true;
  }
  if (document) yield { text: document.join("\n"), line: 1 };
}
