/** `daybook-server fsck`: reads every row and reports differences. */
import { Command } from "commander";
import { fsck } from "../integrity/index.ts";
import { withServices } from "../open-services.ts";
import { endProgress, notice, print, progress, withConfig } from "./output.ts";

interface FsckFlags {
  readonly organization?: string[];
  readonly json?: boolean;
}

const examples = `
Exit code: 0 if nothing differs, 1 if something differs.

Examples:
  daybook-server fsck
  daybook-server fsck --organization acme --json`;

export function fsckCommand(): Command {
  return new Command("fsck")
    .description("Read every row, rebuild every leaf and root, and report differences. Changes nothing.")
    .option("--organization <slug...>", "check only these organizations")
    .option("--json", "print each finding as a line of JSON")
    .addHelpText("after", examples)
    .action(({ organization, json }: FsckFlags) =>
      withConfig((config) =>
        withServices(config, { notice }, async ({ store }) => {
          let events = 0;
          let findings = 0;
          const onProgress = (at: { organization: string; events: number }): void => {
            events = at.events;
            progress(`${at.events} events read, now ${at.organization}`);
          };
          const onNote = (sentence: string): void => {
            endProgress();
            notice(sentence);
          };
          for await (const finding of fsck(store, {
            onProgress,
            onNote,
            ...(organization && { only: organization }),
          })) {
            findings++;
            endProgress();
            print(json ? asJson(finding) : finding.sentence);
          }
          endProgress();
          notice(
            findings === 0
              ? `${events} events read, no differences found.`
              : `${events} events read, ${findings} findings.`,
          );
          if (findings > 0) process.exitCode = 1;
        }),
      ),
    );
}

const asJson = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) => (typeof member === "bigint" ? Number(member) : member));
