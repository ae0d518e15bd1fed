/**
 * The file of a backup while it is written: beside its place, under a name with host and process, and renamed when it is complete and on the
 * disk. What a killed process left is recognized, and removed by the next run.
 */
import { readdirSync, rmSync, statSync } from "node:fs";
import { type FileHandle, open, rename, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { Writable } from "node:stream";
import { DaybookError } from "daybook/internal";
import { fileTrouble, syncFolder } from "../files/index.ts";
import type { BackupTarget } from "./target.ts";

/** An open file; exactly one of `complete` and `discard` ends it. */
export interface PartFile {
  readonly stream: Writable;
  /** Flushes it to the disk and renames it into its place, durably; returns its bytes. */
  complete(): Promise<number>;
  /** Removes it; can be called at any time, also while the process exits. */
  discard(): void;
}

/** How often a living process touches its file, and after how long without a touch it is dead, in milliseconds. */
const touchMs = 10_000;
const deadMs = 60_000;

/** Turns failures of the file system into a sentence; `how` is the end of it, such as `written to /backups/x`. */
export function fileError(error: unknown, how: string): unknown {
  const trouble = fileTrouble(error);
  if (error instanceof DaybookError || trouble === undefined) return error;
  const { why, remedy } = trouble;
  return new DaybookError("usage-invalid", {
    detail: `The backup can't be ${how}: ${why}.`,
    remedy,
    cause: error,
  });
}

/**
 * Opens the file for a backup; `notice` gets a line about each leftover of a killed run. Throws `usage-invalid`, and `running` if another
 * process writes a backup to the same place now.
 */
export async function openPart(target: BackupTarget, notice: (line: string) => void): Promise<PartFile> {
  const { path } = target;
  try {
    removeDead(target, notice);
    const part = `${path}${partMark}${process.pid}@${hostname()}`;
    return partFile(part, path, await open(part, "wx", 0o600));
  } catch (error) {
    throw fileError(error, `written to ${path}`);
  }
}

/** Stands between the name of a backup and who writes it. */
const partMark = ".part-";

function removeDead({ folder, series }: BackupTarget, notice: (line: string) => void): void {
  for (const name of readdirSync(folder)) {
    const at = name.lastIndexOf(partMark);
    if (at === -1 || !series.test(name.slice(0, at))) continue;
    const left = join(folder, name);
    if (isWritten(left, name.slice(at + partMark.length))) throw new BackupRuns(left);
    notice(`Removing ${left}, which an interrupted backup left.`);
    rmSync(left, { force: true });
  }
}

/** Another process writes a backup to the same place. */
export class BackupRuns extends DaybookError {
  constructor(path: string) {
    super("usage-invalid", {
      detail: `Another backup to this place is running: it writes ${path}.`,
      remedy: "Wait until it is complete. If its machine is gone, this works a minute after its last write.",
    });
  }
}

/** Whether a living process writes the file: on another machine, by its last write alone. */
function isWritten(path: string, writer: string): boolean {
  const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  // a time in the future is of a clock that ran ahead, and no living process has touched it since
  if (Math.abs(Date.now() - changed) > deadMs) return false;
  const [pid, host] = writer.split("@");
  // a container's process often gets the id of the one before
  return host !== hostname() || (Number(pid) !== process.pid && isAlive(Number(pid)));
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // it belongs to another user
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function partFile(part: string, path: string, handle: FileHandle): PartFile {
  // a stream of its own, because the handle outlives it: the file is flushed after its last byte
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => void handle.appendFile(chunk).then(() => done(), done),
  });
  const touching = setInterval(() => {
    const now = new Date();
    utimes(part, now, now).catch(() => {});
  }, touchMs).unref();
  return {
    stream,
    async complete() {
      try {
        const { size } = await handle.stat();
        await handle.sync();
        await handle.close();
        await rename(part, path);
        syncFolder(dirname(path));
        return size;
      } catch (error) {
        throw fileError(error, `written to ${path}`);
      } finally {
        clearInterval(touching);
      }
    },
    discard() {
      clearInterval(touching);
      stream.destroy();
      // it is closed already if the backup is complete
      handle.close().catch(() => {});
      rmSync(part, { force: true });
    },
  };
}
