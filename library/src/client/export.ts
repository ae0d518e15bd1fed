/** Downloads the audit log as CSV: bytes as they come, never all in memory. It refuses to know what a cell holds. */
import type { Settings } from "./options.ts";
import { queryOf } from "./query.ts";
import { retrying } from "./request.ts";
import type { EventFilter } from "./search.ts";
import { piecesOf } from "./stream.ts";

/** What to download. Without `from` and `to`: the last 90 days; `from` may reach further back. */
export interface ExportOptions extends EventFilter {
  /** By which time the window counts; default `occurred`. */
  readonly by?: "occurred" | "recorded";
  /** `json`: the DATA column is plain JSON instead of the form with single quotes. */
  readonly data?: "json";
  /**
   * `spreadsheet`: to be opened in Excel or another spreadsheet: no cell runs as a formula, none is longer than they take. Without it the
   * file is exact, for programs.
   */
  readonly safe?: "spreadsheet";
  /** Whether DATA also says where each event came from (`$event.context`), in so far as the token may read it. */
  readonly context?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * The bytes of the CSV file. What breaks once the answer has begun is not repeated, for the file would differ: the stream fails (`unreachable`, `timeout`) rather than ending early: a file is whole only
 * if the stream ended without an error. Cancelling it ends the download.
 */
export async function openExport(
  settings: Settings,
  options: ExportOptions,
): Promise<ReadableStream<Uint8Array>> {
  const { signal, context, ...query } = options;
  const asked = { ...query, ...(context ? { context: "true" } : {}) };
  const call = { path: `/audit-log.csv${queryOf(asked)}`, headers: { accept: "text/csv" }, signal };
  const answer = await retrying(settings, call, (begun) => begun);
  answer.begun();
  const pieces = piecesOf(answer, settings.timeout, signal);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel(reason) {
        answer.abort(reason);
        await pieces.return().catch(() => undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
