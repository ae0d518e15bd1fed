/** `daybook-server fsck`: reads every row and reports differences. */
import { Command } from "commander";
import { DaybookError } from "daybook/internal";
import { withServices } from "../open-services.ts";
import { check, noticeResult } from "./check.ts";
import { forPeople, notice, withConfig } from "./output.ts";
import { type PositionFile, positionFile, type StoppedCheck } from "./position-file.ts";

interface FsckFlags {
  readonly organization?: string[];
  readonly resume?: boolean;
  readonly json?: boolean;
}

const examples = `
It recomputes every leaf and root, and folds Daybook's own events into API clients, tokens, members, teams, accounts and
the rest: a row without its events, or with other values, is a difference. It runs beside a serving process.
Ctrl-C stops it after the present part; --resume continues there, and needs the same data folder.

Exit code: 0 if nothing differs, 1 if something differs, 2 if it can't check, 130 or 143 if a signal stopped it.

Examples:
  daybook-server fsck
  daybook-server fsck --organization acme --json
  daybook-server fsck --resume`;

const differs = 1;
const cannotCheck = 2;
const signalCodes = { SIGINT: 130, SIGTERM: 143 } as const;

export function fsckCommand(): Command {
  return new Command("fsck")
    .description("Read every row, rebuild what is derived from it, and report differences. Changes nothing.")
    .option("--organization <slug...>", "check only these organizations")
    .option("--resume", "continue the check that was stopped before its end")
    .option("--json", "print each finding as a line of JSON")
    .addHelpText("after", examples)
    .action((flags: FsckFlags) =>
      withConfig(
        (config) =>
          withServices(config, { notice }, async ({ store }) => {
            const file = positionFile(config.dataFolder);
            const started = startOf(flags, file);
            const { only } = started;
            let last = started.position;
            const result = await check(store, {
              ...{ only, from: started.position, json: flags.json },
              onPosition: (position) => {
                last = position;
                file.keep({ only, position });
              },
            });
            if (result.stoppedBy !== undefined) {
              if (last !== undefined) file.keep({ only, position: last }, true);
              notice(
                `Stopped after ${result.events} events, ${result.findings} findings so far. --resume continues.`,
              );
              process.exitCode = signalCodes[result.stoppedBy];
              return;
            }
            file.remove();
            noticeResult(result, "");
            if (result.findings > 0) process.exitCode = differs;
          }),
        {},
        { ...forPeople, failureCode: cannotCheck },
      ),
    );
}

/** Which organizations to check, and from where. */
function startOf({ organization, resume }: FsckFlags, file: PositionFile): Partial<StoppedCheck> {
  if (!resume) return { only: organization };
  if (organization !== undefined)
    throw new DaybookError("usage-invalid", {
      detail: "--resume continues with the organizations of the check that was stopped.",
      remedy: "Leave out --organization.",
    });
  const stopped = file.read();
  if (stopped === undefined)
    throw new DaybookError("usage-invalid", {
      detail: `There is no check to continue: ${file.path} is not there.`,
      remedy: "Run fsck without --resume.",
    });
  const { events, findings } = stopped.position;
  notice(`Continuing after ${events} events. ${findings} findings were printed before.`);
  return stopped;
}
