/** The output of commands: data to stdout, everything else to stderr, and after a failure one clear sentence and exit code 1. */
import { DaybookError, forTerminal } from "daybook/internal";
import { type Config, type ConfigFlags, readConfig } from "../config/index.ts";
import { openLogger, standardError } from "../logger.ts";
import { endAfterBugs, endAtSignals, wasInterrupted } from "./ending.ts";
import { lostOutput } from "./lost-output.ts";

/** Prints a line about progress, for the person who watches, and those that belong to it. */
export function notice(...lines: readonly [string, ...string[]]): void {
  for (const line of lines) process.stderr.write(`${process.stderr.isTTY ? forTerminal(line) : line}\n`);
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
  /** Reports progress in a line, with those that belong to it. */
  readonly notice: (...lines: readonly [string, ...string[]]) => void;
  /** Reports why the command failed. */
  readonly failure: (error: unknown) => void;
  /** The exit code if the command fails; default 1. */
  readonly failureCode?: number;
  /** Whether the command handles SIGINT and SIGTERM itself; default: no. */
  readonly handlesSignals?: boolean;
}

/** For the person who runs a command. Off a terminal, an error that nobody expected is an entry of the log, with its stack trace. */
export const forPeople: Reporter = {
  notice,
  failure(error) {
    endProgress();
    const { sentence, remedy, cause, stack } = explained(error);
    if (stack !== undefined && !process.stderr.isTTY) return logFailure(error);
    notice(`daybook-server: ${sentence}`, remedy);
    if (cause !== undefined) notice(cause);
    if (stack !== undefined && process.env.LOG_LEVEL === "debug") notice(...linesOf(stack));
  },
};

/** For a server: on a terminal as for people, elsewhere entries of the log (../logger.ts), at whatever level the log is. */
export function forServer(): Reporter {
  if (process.stderr.isTTY) return { ...forPeople, handlesSignals: true };
  const logger = openLogger("info", standardError());
  return {
    notice: (line, ...more) =>
      logger.info(more.length === 0 ? {} : { more: more.map((each) => each.trim()) }, line.trim()),
    failure: logFailure,
    handlesSignals: true,
  };
}

function logFailure(error: unknown): void {
  const { sentence, ...others } = explained(error);
  openLogger("info", standardError()).fatal(others, sentence);
}

const linesOf = (text: string): [string, ...string[]] => {
  const [first = "", ...others] = text.split("\n");
  return [first, ...others];
};

interface Explained {
  readonly sentence: string;
  readonly remedy: string;
  readonly cause?: string;
  /** Of an error that nobody expected. */
  readonly stack?: string;
}

/** What to do about a bug. On a terminal, its stack trace is only printed if it is asked for. */
const report = (): string =>
  process.stderr.isTTY && process.env.LOG_LEVEL !== "debug"
    ? "This is a bug in Daybook. Please report it, with the stack trace that LOG_LEVEL=debug prints."
    : "This is a bug in Daybook. Please report it, with its stack trace.";

function explained(thrown: unknown): Explained {
  const error = lostOutput(thrown) ?? thrown;
  if (error instanceof DaybookError) {
    const { message: sentence, remedy } = error;
    return error.code === "internal" && error.cause
      ? { sentence, remedy, cause: String(error.cause) }
      : { sentence, remedy };
  }
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const [first] = linesOf(message);
  return { sentence: `An unexpected error (${name}): ${first}`, remedy: report(), stack: stack ?? message };
}

/**
 * Runs a command with the configuration of the environment and the flags; the exit code says whether it failed, unless it has set another.
 */
export async function withConfig(
  work: (config: Config) => Promise<void>,
  flags: ConfigFlags = {},
  { failure, failureCode = 1, handlesSignals = false }: Reporter = forPeople,
): Promise<void> {
  endAfterBugs(failure);
  if (!handlesSignals) endAtSignals();
  try {
    await work(readConfig(process.env, flags));
  } catch (error) {
    if (wasInterrupted()) return;
    failure(error);
    process.exitCode ??= failureCode;
  }
}
