/** `daybook-server migrate`: brings the schema up to date, without serving. */
import { Command } from "commander";
import { withDatabase } from "../open-services.ts";
import { notice, print, withConfig } from "./output.ts";

const examples = `
'serve' does the same when it starts. Use this command to migrate at a time of your choice.

With --print-sql, it changes nothing, and prints what a superuser runs if the user of DATABASE_URL may not migrate, or may not
make roles: the roles, the missing migrations and the rights. The user needs no rights in the database for that.

Examples:
  DATABASE_URL=postgresql://daybook@db/daybook daybook-server migrate
  DATABASE_URL=postgresql://app@db/daybook daybook-server migrate --print-sql | psql -h db -U postgres -d daybook`;

export function migrateCommand(): Command {
  return new Command("migrate")
    .description(
      "Update the database schema to this version. Does nothing if the schema is up to date; never goes back.",
    )
    .option("--print-sql", "print the SQL for a superuser, and change nothing")
    .addHelpText("after", examples)
    .action(({ printSql = false }: { printSql?: boolean }) =>
      withConfig((config) =>
        withDatabase(config, { notice }, async (database) => {
          if (printSql) return print((await database.printSql()).trimEnd());
          const applied = await database.migrate();
          notice(applied.length === 0 ? "The schema is up to date." : `Applied: ${applied.join(", ")}.`);
        }),
      ),
    );
}
