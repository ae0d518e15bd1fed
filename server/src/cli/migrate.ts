/** `daybook-server migrate`: brings the schema up to date, without serving. */
import { Command } from "commander";
import { withDatabase } from "../open-services.ts";
import { notice, withConfig } from "./output.ts";

const examples = `
'serve' does the same when it starts. Use this command to migrate at a time of your choice.

Example:
  DATABASE_URL=postgresql://daybook@db/daybook daybook-server migrate`;

export function migrateCommand(): Command {
  return new Command("migrate")
    .description(
      "Update the database schema to this version. Does nothing if the schema is up to date; never goes back.",
    )
    .addHelpText("after", examples)
    .action(() =>
      withConfig((config) =>
        withDatabase(config, { notice }, async (database) => {
          const applied = await database.migrate();
          notice(applied.length === 0 ? "The schema is up to date." : `Applied: ${applied.join(", ")}.`);
        }),
      ),
    );
}
