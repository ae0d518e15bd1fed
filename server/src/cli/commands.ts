/** The list of the subcommands, each in its own file; runs the one that the arguments name. */
import { Command } from "commander";
import { serveCommand } from "./serve.ts";

export async function run(): Promise<void> {
  const program = new Command("daybook-server")
    .description("The audit log for API platforms: the server and its maintenance commands.")
    .addHelpText(
      "after",
      "\nEnvironment variables configure the server; 'daybook-server serve --help' lists them.",
    )
    .showHelpAfterError("(see --help)")
    .addCommand(serveCommand());
  // a server starts PostgreSQL before it loads the rest
  if (process.argv[2] !== "serve") {
    const { maintenanceCommands } = await import("./maintenance.ts");
    for (const command of maintenanceCommands()) program.addCommand(command);
  }
  await program.parseAsync();
}
