/** PostgreSQL's own log file: limits its size, and finds the reason for an exit in its last lines. */
import { closeSync, copyFileSync, openSync, readSync, statSync, truncateSync } from "node:fs";

/** The log is rotated when it is longer; `….1` has the older part until the next rotation. */
const longest = 10 * 1024 * 1024;

/** Keeps the log below its size. PostgreSQL opens it for appending, so it continues at the new end. */
export const trimServerLog = (path: string): void => {
  try {
    if (statSync(path).size <= longest) return;
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
  } catch {
    // no log yet, or a full disk: PostgreSQL continues without it
  }
};

/** The length of the log in bytes. */
export const serverLogEnd = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/**
 * The reason that the postmaster `pid` gave for its end, in the log after byte `from`: its own last message, else the last message of one
 * of its processes, else the last line, such as that a library is missing.
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

/** The message about the end of a connection, which is not a failure. */
const ofClients =
  /the database system is (starting|shutting)|terminating connection|connection to client lost/;
