/** The file with the position of a check that was stopped, for `fsck --resume`. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DaybookError } from "daybook/internal";
import { type FsckPosition, readPosition } from "../integrity/index.ts";
import { endProgress, notice } from "./output.ts";

/** A check that was stopped: which organizations it is for, all if undefined, and where it is. */
export interface StoppedCheck {
  readonly only?: readonly string[] | undefined;
  readonly position: FsckPosition;
}

export interface PositionFile {
  readonly path: string;
  /** The check that was stopped; undefined if there is none. */
  read(): StoppedCheck | undefined;
  /** Keeps a position, at most every few seconds unless `now`. Never throws: without the file, a check only can't be resumed. */
  keep(stopped: StoppedCheck, now?: boolean): void;
  remove(): void;
}

const keepEveryMs = 5_000;

export function positionFile(dataFolder: string): PositionFile {
  const path = join(dataFolder, "fsck-position.json");
  let kept = Number.NEGATIVE_INFINITY;
  let isRefused = false;
  return {
    path,
    read: () => {
      const text = textOf(path);
      return text === undefined ? undefined : readStopped(text, path);
    },
    keep(stopped, now = false) {
      if (isRefused || (!now && performance.now() - kept < keepEveryMs)) return;
      kept = performance.now();
      try {
        mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
        writeFileSync(`${path}.part`, JSON.stringify(stopped), { mode: 0o600 });
        renameSync(`${path}.part`, path);
      } catch (error) {
        isRefused = true;
        endProgress();
        notice(`The check can't be resumed: ${path} can't be written (${(error as Error).message}).`);
      }
    },
    remove: () => rmSync(path, { force: true }),
  };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function readStopped(text: string, path: string): StoppedCheck {
  try {
    const { only, position } = JSON.parse(text) as { only?: readonly string[]; position: unknown };
    const read = readPosition(JSON.stringify(position));
    if (read !== undefined) return { only, position: read };
  } catch {}
  throw new DaybookError("usage-invalid", {
    detail: `The file ${path} has no position of a check.`,
    remedy: "Remove it, and run fsck without --resume.",
  });
}
