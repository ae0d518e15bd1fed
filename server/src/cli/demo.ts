/** `daybook-server demo`: loads the demo's organizations, without serving. */
import { Command } from "commander";
import type { ConfigFlags } from "../config/index.ts";
import { loadDemo } from "../demo/index.ts";
import { withServices } from "../open-services.ts";
import { apart, type DemoFlags, demoFlags, intoDatabase } from "./demo-place.ts";
import { notice, withConfig } from "./output.ts";
import { reachOf } from "./reach.ts";

const examples = `
Examples:
  daybook-server demo && daybook-server serve --demo
  DATABASE_URL=postgresql://daybook@db/playground daybook-server demo --into-database`;

export function demoCommand(): Command {
  return new Command("demo")
    .description(
      "Load the demo into its own data folder (./data-demo): organizations made from real webhook payloads and API definitions. A second run adds nothing.",
    )
    .addOption(intoDatabase())
    .option(
      "--data <folder>",
      "overrides DAYBOOK_DATA; the demo uses the folder next to it, with the suffix -demo",
    )
    .addHelpText("after", examples)
    .action((flags: ConfigFlags & DemoFlags) =>
      withConfig(async (config) => {
        apart(config, flags);
        const start = flags.intoDatabase ? "daybook-server serve" : "daybook-server serve --demo";
        const reach = { ...reachOf(config), start };
        // printed after the messages about stopping, so that the page to open comes last
        const lines: string[] = [];
        await withServices(config, { notice }, (services) =>
          loadDemo(services, { notice: (...more) => void lines.push(...more), reach }),
        );
        for (const line of lines) notice(line);
      }, demoFlags(flags)),
    );
}
