/** The output of commands: data to stdout, everything else to stderr, and after a failure one clear sentence and exit code 1. */
import { DaybookError, forTerminal } from "daybook/internal";
import { type Config, type ConfigFlags, readConfig } from "../config/index.ts";

/** Prints a line about progress, for the person who watches. */
export function notice(line: string): void {
  process.stderr.write(`${process.stderr.isTTY ? forTerminal(line) : line}\n`);
}

/** Prints a line of data. */
export function print(line: string): void {
  process.stdout.write(`${process.stdout.isTTY ? forTerminal(line) : line}\n`);
}

/** Prints a line that the next one overwrites on a terminal; prints nothing elsewhere. */
export function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
}

/** Ends the line of `progress`. */
export function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
}

function explain(error: unknown): void {
  endProgress();
  if (error instanceof DaybookError) {
    notice(`daybook-server: ${error.message}`);
    notice(error.remedy);
    if (error.code === "internal" && error.cause) notice(String(error.cause));
    return;
  }
  notice(`daybook-server: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  notice("This is a bug in Daybook. Please report it.");
}

/** Runs a command with the configuration of the environment and the flags; exit code 1 if it fails. */
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
