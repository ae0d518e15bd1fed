/** `daybook-server backup`: everything in the database as one file, while the server runs; fit for a nightly job. */
import { Command, InvalidArgumentError } from "commander";
import {
  BackupRuns,
  type BackupTarget,
  fileError,
  openPart,
  readTarget,
  removeOld,
} from "../backups/index.ts";
import type { Config } from "../config/index.ts";
import { type Database, withDatabase } from "../open-services.ts";
import { undoAtExit } from "./ending.ts";
import { endProgress, notice, progress, withConfig } from "./output.ts";

interface BackupFlags {
  readonly keep?: number;
  readonly quiet?: boolean;
}

const examples = `
The file does not depend on the PostgreSQL version. Use it to move from the embedded PostgreSQL to a server, or to the
next major version. It does not contain the operator token, the signing key or the secrets key.

If <file> is a folder, each run writes daybook-{time}.backup in it. A name can have {time} itself. With --keep, the oldest
files of these names are removed when a new one is complete.

Exit codes: 0 the backup is complete and on the disk; 1 it failed, and left no file; 2 it is complete, but old ones could
not be removed; 3 another backup to the same place is running; 130 and 143 a signal ended it, and it left no file.

Examples:
  daybook-server backup daybook.backup
  daybook-server backup /var/backups/daybook/ --keep 14 --quiet
  daybook-server backup - | ssh vault 'cat > daybook.backup'`;

const exitCodes = { incompleteRotation: 2, anotherRuns: 3 } as const;

function readKeep(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text))
    throw new InvalidArgumentError("It must be a whole number from 1 to 99999.");
  return Number(text);
}

export function backupCommand(): Command {
  return new Command("backup")
    .description("Write a consistent snapshot of everything in the database to a file.")
    .argument("<file>", "the file or folder to write; - for standard output")
    .option("--keep <number>", "remove all but the newest backups of a name with {time}", readKeep)
    .option("--quiet", "print nothing unless something fails")
    .addHelpText("after", examples)
    .action((file: string, { keep, quiet = false }: BackupFlags) => {
      const report = quiet ? () => {} : notice;
      return withConfig(async (config) => {
        if (file === "-") return toOutput(config, report);
        const target = readTarget(file, new Date(), keep);
        await toFile(config, target, report);
        if (keep !== undefined) rotate(target, keep, report);
      });
    });
}

type Report = (line: string) => void;

const onProgress = (at: { table: string; rows: number }): void => progress(`${at.table}: ${at.rows} rows`);

async function toOutput(config: Config, report: Report): Promise<void> {
  await withDatabase(config, { notice: report }, async (database) => {
    await database.backup(process.stdout, onProgress);
    endProgress();
  });
  report("The backup is complete.");
}

/** The file is opened before the database: without a place to write to, nothing is started. */
async function toFile(config: Config, target: BackupTarget, report: Report): Promise<void> {
  const { path } = target;
  const part = await openPart(target, report).catch((error: unknown) => {
    if (error instanceof BackupRuns) process.exitCode = exitCodes.anotherRuns;
    throw error;
  });
  const isDone = undoAtExit(() => part.discard());
  try {
    await withDatabase(config, { notice: report }, async (database) => {
      try {
        await database.backup(part.stream, onProgress);
        endProgress();
        const bytes = await part.complete();
        isDone();
        await note(database, bytes);
      } catch (error) {
        part.discard();
        await note(database, undefined);
        throw fileError(error, `written to ${path}`);
      }
    });
  } finally {
    part.discard();
    isDone();
  }
  report(`The backup is complete: ${path}`);
}

/** For the metrics. A backup stands, even if the database can't note it. */
async function note(database: Pick<Database, "noteBackup">, bytes: number | undefined): Promise<void> {
  await database.noteBackup(bytes).catch((error: unknown) => {
    // a failed run has a reason of its own
    if (bytes !== undefined) notice(`The metrics will not show this backup: ${(error as Error).message}`);
  });
}

function rotate(target: BackupTarget, keep: number, report: Report): void {
  try {
    for (const path of removeOld(target, keep)) report(`Removed ${path}`);
  } catch (error) {
    process.exitCode = exitCodes.incompleteRotation;
    notice(`Old backups could not be removed: ${(error as Error).message}`);
  }
}
