/** How commands speak: data to stdout, everything else to stderr, one clear sentence and exit code 1 when it fails. */
import { DaybookError, forTerminal } from "daybook/internal";
import { type Config, type ConfigFlags, readConfig } from "../config/index.ts";

/** A line about what is going on, for the person who watches; never data. */
export function say(line: string): void {
  process.stderr.write(`${process.stderr.isTTY ? forTerminal(line) : line}\n`);
}

/** A line of data. */
export function print(line: string): void {
  process.stdout.write(`${process.stdout.isTTY ? forTerminal(line) : line}\n`);
}

/** A line that is written over by the next one, where a person watches; nothing where none does. */
export function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
}

/** Ends the line that `progress` wrote. */
export function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
}

function explain(error: unknown): void {
  endProgress();
  if (error instanceof DaybookError) {
    say(`daybook-server: ${error.message}`);
    say(error.remedy);
    if (error.code === "internal" && error.cause) say(String(error.cause));
    return;
  }
  say(`daybook-server: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  say("This is a bug in Daybook. Please report it.");
}

/** Runs a command's work with the configuration of the environment and the flags; exit code 1 where it fails. */
export async function withConfig(
  work: (config: Config) => Promise<void>,
  flags: ConfigFlags = {},
): Promise<void> {
  try {
    await work(readConfig(process.env, flags));
  } catch (error) {
    explain(error);
    process.exitCode = 1;
  }
}
