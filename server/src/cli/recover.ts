/** `daybook-server recover`: what an operator does by hand, once, after something went wrong. */

import { Command } from "commander";
import { DaybookError } from "daybook/internal";
import { withServices } from "../open-services.ts";
import { print, say, withConfig } from "./say.ts";

interface Flags {
  readonly clock?: boolean;
  readonly reason?: string;
}

const examples = `
Where a log's newest event is over 60 seconds ahead of the database's clock, recording into it answers 'clock-behind'. If the
clock is right and the log's time was wrong, --clock appends LOG_CLOCK_CORRECTED there: the only event where recordedAt may
fall. Whoever verifies the log sees it.

Example:
  daybook-server recover --clock --reason "NTP was off on db-2 until 14:10, ticket 871"`;

export function recoverCommand(): Command {
  return new Command("recover")
    .description("Recover from a clock that once ran ahead.")
    .option("--clock", "append LOG_CLOCK_CORRECTED to each log that is ahead of the clock")
    .option("--reason <sentence>", "why, for the event")
    .addHelpText("after", examples)
    .action(({ clock, reason }: Flags) =>
      withConfig(async (config) => {
        if (!clock)
          throw new DaybookError("usage-invalid", {
            detail: "Say what to recover from.",
            remedy: "Add --clock; see 'daybook-server recover --help'.",
          });
        await withServices(config, { say }, async ({ log }) => {
          const corrected = await log.recoverClock(reason);
          for (const found of corrected)
            print(
              JSON.stringify(found, (_, member: unknown) =>
                typeof member === "bigint" ? String(member) : member,
              ),
            );
          say(
            corrected.length === 0 ? "No log is ahead of the clock." : `${corrected.length} logs corrected.`,
          );
        });
      }),
    );
}
