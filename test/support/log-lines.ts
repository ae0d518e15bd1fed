/** The log of a server that doesn't write to a terminal: one JSON object a line. */

/** A line of the log. */
export interface LogLine {
  /** RFC 3339, UTC. */
  readonly time: string;
  readonly level: string;
  readonly msg?: string;
  readonly route?: string;
  /** The further lines of a message. */
  readonly more?: readonly string[];
}

/** What a server has printed so far; throws if a line is something else than an object with its time and level. */
export const logLines = (printed: string): readonly LogLine[] =>
  printed
    .split("\n")
    .slice(0, -1)
    .map((line) => {
      const entry = JSON.parse(line) as LogLine;
      if (new Date(entry.time).toISOString() !== entry.time || !/^[a-z]+$/.test(entry.level)) {
        throw new Error(`a line without its time and level: ${line}`);
      }
      return entry;
    });

/** The messages among the lines. */
export const logMessages = (printed: string): readonly string[] =>
  logLines(printed).flatMap(({ msg }) => msg ?? []);
