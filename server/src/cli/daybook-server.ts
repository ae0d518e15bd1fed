/** The command `daybook-server`: the list of its subcommands, each in its own file. */
import { Command } from "commander";
import { backupCommand } from "./backup.ts";
import { demoCommand } from "./demo.ts";
import { fsckCommand } from "./fsck.ts";
import { migrateCommand } from "./migrate.ts";
import { operatorTokenCommand } from "./operator-token.ts";
import { recoverCommand } from "./recover.ts";
import { restoreCommand } from "./restore.ts";
import { secretsCommand } from "./secrets.ts";
import { serveCommand } from "./serve.ts";
import { usersCommand } from "./users.ts";

const program = new Command("daybook-server")
  .description("The audit log for API platforms: the server and its maintenance commands.")
  .addHelpText(
    "after",
    "\nEnvironment variables configure the server; 'daybook-server serve --help' lists them.",
  )
  .showHelpAfterError("(see --help)")
  .addCommand(serveCommand())
  .addCommand(migrateCommand())
  .addCommand(fsckCommand())
  .addCommand(demoCommand())
  .addCommand(backupCommand())
  .addCommand(restoreCommand())
  .addCommand(recoverCommand())
  .addCommand(usersCommand())
  .addCommand(secretsCommand())
  .addCommand(operatorTokenCommand());

await program.parseAsync();
