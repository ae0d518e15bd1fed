/** `daybook-server migrate`: brings the schema up to date, without serving. */
import { Command } from "commander";
import { withDatabase } from "../open-services.ts";
import { say, withConfig } from "./say.ts";

const examples = `
'serve' does the same at its start; this is for whoever wants to do it at a time of their own.

Example:
  DATABASE_URL=postgresql://daybook@db/daybook daybook-server migrate`;

export function migrateCommand(): Command {
  return new Command("migrate")
    .description("Bring the database's schema up to date. Forward only; does nothing where it is.")
    .addHelpText("after", examples)
    .action(() =>
      withConfig((config) =>
        withDatabase(config, { say }, async (database) => {
          const applied = await database.migrate();
          say(applied.length === 0 ? "The schema is up to date." : `Applied: ${applied.join(", ")}.`);
        }),
      ),
    );
}
