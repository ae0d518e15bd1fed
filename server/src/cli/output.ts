/** The output of commands: data to stdout, everything else to stderr, and after a failure one clear sentence and exit code 1. */
import { DaybookError, forTerminal } from "daybook/internal";
import { type Config, type ConfigFlags, readConfig } from "../config/index.ts";
import { openLogger, standardError } from "../logger.ts";
import { endTidily, wasInterrupted } from "./ending.ts";

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

/** Where a command reports about itself. */
export interface Reporter {
  /** Reports progress in a line. */
  readonly notice: (line: string) => void;
  /** Reports why the command failed. */
  readonly failure: (error: unknown) => void;
  /** The exit code if the command fails; default 1. */
  readonly failureCode?: number;
}

/** For the person who runs a command. */
export const forPeople: Reporter = {
  notice,
  failure(error) {
    endProgress();
    const { sentence, remedy, cause } = explained(error);
    notice(`daybook-server: ${sentence}`);
    notice(remedy);
    if (cause !== undefined) notice(cause);
  },
};

/** For a server: on a terminal as for people, elsewhere entries of the log (../logger.ts), at whatever level the log is. */
export function forServer(): Reporter {
  if (process.stderr.isTTY) return forPeople;
  const logger = openLogger("info", standardError());
  return {
    notice: (line) => logger.info(line.trim()),
    failure(error) {
      const { sentence, ...others } = explained(error);
      logger.fatal(others, sentence);
    },
  };
}

interface Explained {
  readonly sentence: string;
  readonly remedy: string;
  readonly cause?: string;
}

function explained(error: unknown): Explained {
  if (error instanceof DaybookError) {
    const { message: sentence, remedy } = error;
    return error.code === "internal" && error.cause
      ? { sentence, remedy, cause: String(error.cause) }
      : { sentence, remedy };
  }
  const sentence = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { sentence, remedy: "This is a bug in Daybook. Please report it." };
}

/**
 * Runs a command with the configuration of the environment and the flags; the exit code says whether it failed, unless it has set another. A server, which
 * has a reporter of its own, also handles signals itself.
 */
export async function withConfig(
  work: (config: Config) => Promise<void>,
  flags: ConfigFlags = {},
  { failure, failureCode = 1 }: Reporter = forPeople,
): Promise<void> {
  if (failure === forPeople.failure) endTidily(failure);
  try {
    await work(readConfig(process.env, flags));
  } catch (error) {
    if (wasInterrupted()) return;
    failure(error);
    process.exitCode ??= failureCode;
  }
}
