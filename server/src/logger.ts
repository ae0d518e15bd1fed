/** The server's own log: a JSON object a line, with RFC 3339 times and levels in words, as log collectors read them. */
import { type DestinationStream, type Logger, pino } from "pino";

/** Logs at a level and above to a stream; default: standard output, in batches. */
export function openLogger(level: string, output?: DestinationStream): Logger {
  return pino(
    {
      level,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    output ?? pino.destination({ dest: 1, sync: false }),
  );
}

/** Standard error, written immediately: for the last line before a process ends. */
export const standardError = (): DestinationStream => pino.destination({ dest: 2, sync: true });
