/** What a command is: a word, its help, its options, and what it does. It refuses to know any of them. */
import type { Io, Output } from "./io.ts";
import type { OptionTable, ReadOptions } from "./options.ts";

/** What a command is given. */
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
  /** Resolves with the exit code: 0, or 1 where something failed that it has already said. */
  readonly run: (running: Running) => Promise<number>;
}
