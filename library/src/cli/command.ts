/** The shape of a command: its words, its help, its options, and its function. */
import type { Io, Output } from "./io.ts";
import type { OptionTable, ReadOptions } from "./options.ts";

/** The input of a command. */
export interface Running extends ReadOptions {
  readonly io: Io;
  readonly out: Output;
}

export interface Command {
  /** "search", or "import github". */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Usage, options, examples. */
  readonly help: string;
  readonly options: OptionTable;
  /** Resolves with the exit code: 0, or 1 if something failed and the command has reported it. */
  readonly run: (running: Running) => Promise<number>;
}
