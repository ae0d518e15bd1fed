/** `daybook-server demo`: loads the demo's organizations, without serving. */
import { Command } from "commander";
import type { ConfigFlags } from "../config/index.ts";
import { loadDemo } from "../demo/index.ts";
import { withServices } from "../open-services.ts";
import { apart, type DemoFlags, demoFlags, intoDatabase } from "./demo-place.ts";
import { reachOf } from "./reach.ts";
import { say, withConfig } from "./say.ts";

const examples = `
Examples:
  daybook-server demo && daybook-server serve --demo
  DATABASE_URL=postgresql://daybook@db/playground daybook-server demo --into-database`;

export function demoCommand(): Command {
  return new Command("demo")
    .description(
      "Load the demo, in a data folder of its own (./data-demo): organizations made of real webhook payloads and API definitions. Again adds nothing.",
    )
    .addOption(intoDatabase())
    .option("--data <folder>", "goes before DAYBOOK_DATA; the demo's is beside it, with -demo at its end")
    .addHelpText("after", examples)
    .action((flags: ConfigFlags & DemoFlags) =>
      withConfig(async (config) => {
        apart(config, flags);
        const start = flags.intoDatabase ? "daybook-server serve" : "daybook-server serve --demo";
        const reach = { ...reachOf(config), start };
        // said after what stopping says: the page to open comes last
        const lines: string[] = [];
        await withServices(config, { say }, (services) =>
          loadDemo(services, { say: (line) => lines.push(line), reach }),
        );
        for (const line of lines) say(line);
      }, demoFlags(flags)),
    );
}
