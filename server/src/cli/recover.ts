/** `daybook-server recover`: repairs that an operator starts by hand after something went wrong. */

import { Command } from "commander";
import { DaybookError } from "daybook/internal";
import { withServices } from "../open-services.ts";
import { notice, print, withConfig } from "./output.ts";

interface RecoverFlags {
  readonly clock?: boolean;
  readonly reason?: string;
}

const examples = `
If a log's newest event is more than 60 seconds ahead of the database's clock, Daybook refuses new events with
'clock-behind'. If the clock is right and the log's time was wrong, --clock appends the event LOG_CLOCK_CORRECTED, the
only event whose recordedAt may go back. Everyone who verifies the log can see it.

Example:
  daybook-server recover --clock --reason "NTP was off on db-2 until 14:10, ticket 871"`;

export function recoverCommand(): Command {
  return new Command("recover")
    .description("Recover logs that were recorded with a clock that ran ahead.")
    .option("--clock", "append LOG_CLOCK_CORRECTED to each log that is ahead of the clock")
    .option("--reason <sentence>", "the reason, recorded in the event")
    .addHelpText("after", examples)
    .action(({ clock, reason }: RecoverFlags) =>
      withConfig(async (config) => {
        if (!clock)
          throw new DaybookError("usage-invalid", {
            detail: "The command needs an option.",
            remedy: "Add --clock; see 'daybook-server recover --help'.",
          });
        await withServices(config, { notice }, async ({ log }) => {
          const corrected = await log.recoverClock(reason);
          for (const found of corrected)
            print(
              JSON.stringify(found, (_, member: unknown) =>
                typeof member === "bigint" ? String(member) : member,
              ),
            );
          notice(
            corrected.length === 0 ? "No log is ahead of the clock." : `${corrected.length} logs corrected.`,
          );
        });
      }),
    );
}
