/** `daybook-server backup`: everything in the database as one file, while the server runs. */
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Command } from "commander";
import { DaybookError } from "daybook/internal";
import { withDatabase } from "../open-services.ts";
import { endProgress, notice, progress, withConfig } from "./output.ts";

const examples = `
The file does not depend on the PostgreSQL version. Use it to move from the embedded PostgreSQL to a server, or to the
next major version. It does not contain the operator token, the signing key or the secrets key.

Examples:
  daybook-server backup daybook.backup
  daybook-server backup - | ssh vault 'cat > daybook.backup'`;

export function backupCommand(): Command {
  return new Command("backup")
    .description("Write a consistent snapshot of everything in the database to a file.")
    .argument("<file>", "the file to write; - for standard output")
    .addHelpText("after", examples)
    .action((file: string) =>
      withConfig((config) =>
        withDatabase(config, { notice }, async (database) => {
          const onProgress = (at: { table: string; rows: number }): void =>
            progress(`${at.table}: ${at.rows} rows`);
          if (file === "-") {
            await database.backup(process.stdout, onProgress);
          } else {
            await database
              .backup(createWriteStream(`${file}.part`, { mode: 0o600, flags: "wx" }), onProgress)
              .catch(async (error: unknown) => {
                if ((error as { code?: string }).code === "EEXIST") throw inTheWay(`${file}.part`);
                await rm(`${file}.part`, { force: true });
                throw error;
              });
            await rename(`${file}.part`, file);
          }
          endProgress();
          notice(file === "-" ? "The backup is complete." : `The backup is complete: ${file}`);
        }),
      ),
    );
}

const inTheWay = (path: string): DaybookError =>
  new DaybookError("usage-invalid", {
    detail: `'${path}' already exists: another backup is running, or an earlier one was interrupted.`,
    remedy: "If no other backup is running, remove the file.",
  });
