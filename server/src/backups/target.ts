/** Where a backup goes: one file, or a file for each run, with its time in the name. */
import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { DaybookError } from "daybook/internal";

/** A place for backups. */
export interface BackupTarget {
  readonly folder: string;
  /** The file of this run. */
  readonly path: string;
  /** Matches the names of the files of all runs: only the one, if each run replaces it. */
  readonly series: RegExp;
}

const time = "{time}";
/** UTC, so that names sort by time and need no escape: 20261130T020000Z. */
const timeForm = String.raw`\d{8}T\d{6}Z`;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

const usage = (detail: string, remedy: string): DaybookError =>
  new DaybookError("usage-invalid", { detail, remedy });

/**
 * Reads the argument: a file, a name with `{time}`, or a folder, which stands for `daybook-{time}.backup` in it. Throws `usage-invalid` if
 * old backups are to be removed, but the name has no time.
 */
export function readTarget(argument: string, now: Date, keep: number | undefined): BackupTarget {
  const isFolder = argument.endsWith("/") || (existsSync(argument) && statSync(argument).isDirectory());
  const pattern = resolve(isFolder ? join(argument, `daybook-${time}.backup`) : argument);
  const folder = dirname(pattern);
  const name = basename(pattern);
  if (folder.includes(time))
    throw usage(`${time} stands in a folder's name.`, "Put it into the file's name.");
  if (!name.includes(time)) {
    if (keep !== undefined)
      throw usage(
        "--keep removes old backups, but each run would replace the same file.",
        `Name a folder, or put ${time} into the name: backups/daybook-${time}.backup.`,
      );
    return { folder, path: pattern, series: new RegExp(`^${escaped(name)}$`) };
  }
  const stamp = `${now.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const parts = name.split(time).map(escaped);
  return {
    folder,
    path: join(folder, name.replaceAll(time, stamp)),
    series: new RegExp(`^${parts.join(timeForm)}$`),
  };
}
