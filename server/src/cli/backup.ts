/** `daybook-server backup`: everything in the database as one file, while the server runs. */
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Command } from "commander";
import { DaybookError } from "daybook/internal";
import { withDatabase } from "../open-services.ts";
import { endProgress, progress, say, withConfig } from "./say.ts";

const examples = `
The file doesn't depend on PostgreSQL's version, so this is also the way from the embedded PostgreSQL to a server, and
to the next major version. It holds neither the operator token, nor the signing key, nor the secrets key.

Examples:
  daybook-server backup daybook.backup
  daybook-server backup - | ssh vault 'cat > daybook.backup'`;

export function backupCommand(): Command {
  return new Command("backup")
    .description("Write a consistent snapshot of everything in the database to a file.")
    .argument("<file>", "where to; - for standard output")
    .addHelpText("after", examples)
    .action((file: string) =>
      withConfig((config) =>
        withDatabase(config, { say }, async (database) => {
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
          say(file === "-" ? "The backup is complete." : `The backup is complete: ${file}`);
        }),
      ),
    );
}

const inTheWay = (path: string): DaybookError =>
  new DaybookError("usage-invalid", {
    detail: `'${path}' is there already: another backup runs, or one was broken off.`,
    remedy: "Remove it if no other backup runs.",
  });
