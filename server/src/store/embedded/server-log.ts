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

/**
 * What the postmaster `pid` gave as the reason for its end since the log was `from` bytes long: its own last word, else the
 * last of one of its processes, else the last line of all, such as that a library is missing.
 */
export const lastFailure = (path: string, from: number, pid: number): string => {
  const handle = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(16_384);
    const start = Math.max(from, serverLogEnd(path) - bytes.length);
    const text = bytes.toString("utf8", 0, readSync(handle, bytes, 0, bytes.length, start));
    const failures = text.split("\n").filter((line) => /\b(FATAL|PANIC): {2}/.test(line));
    const own = failures.findLast((line) => line.includes(` [${pid}] `));
    const last = own ?? failures.findLast((line) => !ofClients.test(line)) ?? text.trim().split("\n").at(-1);
    return last?.replace(/^.*?\b(FATAL|PANIC): +/, "") || "it ended without a word";
  } finally {
    closeSync(handle);
  }
};

/** What the end of a connection is called, which is nobody's failure. */
const ofClients =
  /the database system is (starting|shutting)|terminating connection|connection to client lost/;
