/** The line in a file of each event, so that an error can name the line. */
import { DaybookError } from "../error/index.ts";

/** The maximum number of runs; an error is always about events that were read recently. */
const most = 10_000;

/** From one event on, how many lines its line is ahead of its number, from 0; undefined if lines don't apply. */
interface Run {
  readonly from: number;
  readonly ahead: number | undefined;
}

export class EventLines {
  #runs: Run[] = [];
  #events = 0;
  readonly #placed = new WeakSet<DaybookError>();

  /** Adds the next events, which are on that line. Several events on one line are a list, for which lines don't apply. */
  note(events: number, line: number): void {
    const ahead = events === 1 ? line - this.#events : undefined;
    const last = this.#runs.at(-1);
    if (last === undefined || last.ahead !== ahead) this.#runs.push({ from: this.#events, ahead });
    if (this.#runs.length > 2 * most) this.#runs = this.#runs.slice(-most);
    this.#events += events;
  }

  /** Marks an error of the reader itself, which already names its place. */
  placed(error: DaybookError): DaybookError {
    this.#placed.add(error);
    return error;
  }

  /** The error with lines in place of event numbers: `/3/actor` becomes `line 4, /actor`. */
  named(error: DaybookError): DaybookError {
    if (this.#placed.has(error)) return error;
    const issues = error.issues.map((issue) => ({ ...issue, pointer: this.#place(issue.pointer) }));
    return new DaybookError(error.code, {
      detail: error.message,
      remedy: error.remedy,
      issues,
      cause: error,
    });
  }

  #place(pointer: string): string {
    const [, number, rest = ""] = /^\/(\d+)(\/.*)?$/s.exec(pointer) ?? [];
    if (number === undefined) return pointer;
    const ahead = this.#runs.findLast(({ from }) => from <= Number(number))?.ahead;
    if (ahead === undefined) return pointer;
    return `line ${Number(number) + ahead}${rest && `, ${rest}`}`;
  }
}
