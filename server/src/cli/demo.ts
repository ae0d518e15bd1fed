/** `daybook-server demo`: loads the demo's organizations, without serving. */
import { Command } from "commander";
import { loadDemo } from "../demo/index.ts";
import { withRooms } from "../rooms.ts";
import { reachOf } from "./reach.ts";
import { say, withConfig } from "./say.ts";

export function demoCommand(): Command {
  return new Command("demo")
    .description(
      "Load the demo: organizations made of real webhook payloads and API definitions. Again adds nothing.",
    )
    .addHelpText("after", "\nExample:\n  daybook-server demo && daybook-server serve")
    .action(() =>
      withConfig((config) =>
        withRooms(config, { say }, (rooms) => loadDemo(rooms, { say, reach: reachOf(config) })),
      ),
    );
}
