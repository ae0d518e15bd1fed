/** Downloads the audit log as CSV: bytes as they come, never all in memory. It refuses to know what a cell holds. */
import type { Settings } from "./options.ts";
import { queryOf } from "./query.ts";
import { retrying } from "./request.ts";
import { piecesOf } from "./stream.ts";

/** What to download. Without `from` and `to`: the last 90 days. */
export interface ExportOptions {
  readonly type?: string | readonly string[];
  /** Inclusive, on occurredAt; may reach further back than 90 days. */
  readonly from?: string | Date;
  /** Exclusive, on occurredAt. */
  readonly to?: string | Date;
  /** By which time the window counts; default `occurred`. */
  readonly by?: "occurred" | "recorded";
  /** `json`: the DATA column is plain JSON instead of the form with single quotes. */
  readonly data?: "json";
  /** `spreadsheet`: cells that a spreadsheet would run as formulas are neutralised. */
  readonly safe?: "spreadsheet";
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
  const { signal, ...query } = options;
  const call = { path: `/audit-log.csv${queryOf(query)}`, headers: { accept: "text/csv" }, signal };
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
