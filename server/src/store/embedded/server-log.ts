/** The file that PostgreSQL writes its own log to, kept below a size, and what its last lines say. */
import { closeSync, copyFileSync, openSync, readSync, statSync, truncateSync } from "node:fs";

/** The log is cut when it is longer; what was in it stays in `….1` until the next cut. */
const longest = 10 * 1024 * 1024;

/** Keeps the log below its size. PostgreSQL appends, so that it goes on at the new end. */
export const trimServerLog = (path: string): void => {
  try {
    if (statSync(path).size <= longest) return;
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
  } catch {
    // no log yet, or a full disk: PostgreSQL goes on without
  }
};

/** How long the log is, in bytes. */
export const serverLogEnd = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** What PostgreSQL gave as the reason for its end since the log was `from` bytes long; the text after `FATAL:`. */
export const lastFailure = (path: string, from: number): string | undefined => {
  const handle = openSync(path, "r");
  try {
    const text = Buffer.alloc(16_384);
    const length = readSync(handle, text, 0, text.length, Math.max(from, serverLogEnd(path) - text.length));
    const failures = text.toString("utf8", 0, length).match(/(?:FATAL|PANIC): {2}.*$/gm);
    return failures?.at(-1)?.replace(/^\w+: +/, "");
  } finally {
    closeSync(handle);
  }
};
