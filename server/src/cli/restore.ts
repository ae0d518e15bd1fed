/** `daybook-server restore`: restores a backup into an empty database, then checks it like fsck. */
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { Command } from "commander";
import { fileError } from "../backups/index.ts";
import { withDatabase, withServices } from "../open-services.ts";
import { check, noticeResult } from "./check.ts";
import { endProgress, notice, progress, withConfig } from "./output.ts";

const examples = `
The database must be empty: a new data folder or a new database. A damaged or incomplete file restores nothing.

Examples:
  DAYBOOK_DATA=./new daybook-server restore daybook.backup
  DATABASE_URL=postgresql://daybook@db/daybook daybook-server restore daybook.backup`;

export function restoreCommand(): Command {
  return new Command("restore")
    .description("Restore a backup into an empty database and check it.")
    .argument("<file>", "the backup file; - for standard input")
    .addHelpText("after", examples)
    .action((file: string) =>
      withConfig(async (config) => {
        // before the database: without a file, nothing is started
        const from = file === "-" ? process.stdin : await opened(file);
        await withDatabase(config, { notice, isRestoring: true }, async (database) => {
          await database.restore(from, (at) => progress(`${at.table}: ${at.rows} rows`));
          endProgress();
        });
        await withServices(config, { notice }, async ({ store }) => {
          const result = await check(store, {});
          if (result.stoppedBy === undefined) noticeResult(result, "Restored and checked: ");
          else notice("The backup is restored completely, but not checked. 'daybook-server fsck' checks it.");
          if (result.stoppedBy !== undefined || result.findings > 0) process.exitCode = 1;
        });
      }),
    );
}

async function opened(file: string): Promise<Readable> {
  try {
    return (await open(file)).createReadStream();
  } catch (error) {
    throw fileError(error, `read from ${file}`);
  }
}
