/** Downloads the audit log: bytes as they come, never all in memory. It does not know what a file holds. */
import { exportFormats, type FormatOptions } from "../catalogue/index.ts";
import { DaybookError } from "../error/index.ts";
import type { Settings } from "./options.ts";
import { queryOf } from "./query.ts";
import { retrying } from "./request.ts";
import type { EventFilter } from "./search.ts";
import { piecesOf } from "./stream.ts";

interface InEveryFormat extends EventFilter {
  /** By which time the window counts; default `occurred`. */
  readonly by?: "occurred" | "recorded";
  /** Whether the file also says where each event came from (its context), in so far as the token may read it. */
  readonly context?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * What to download. Without `from` and `to`: the last 90 days; `from` may reach further back. Without `format`: CSV. Each format has
 * options of its own.
 */
export type ExportOptions = InEveryFormat & FormatOptions;

/**
 * The bytes of the file. What breaks once the answer has begun is not repeated, for the file would differ: the stream fails (`unreachable`, `timeout`) rather than ending early: a file is whole only
 * if the stream ended without an error. Cancelling it ends the download.
 */
export async function openExport(
  settings: Settings,
  options: ExportOptions,
): Promise<ReadableStream<Uint8Array>> {
  const { signal, context, format = exportFormats[0].name, ...query } = options;
  const listed = exportFormats.find(({ name }) => name === format);
  if (listed === undefined)
    throw new DaybookError("request-invalid", {
      detail: `'${format}' is no format of the download.`,
      remedy: `Name ${exportFormats.map(({ name }) => name).join(" or ")}.`,
    });
  const asked = { ...query, ...(context ? { context: "true" } : {}) };
  const call = {
    path: `/audit-log.${listed.name}${queryOf(asked)}`,
    headers: { accept: listed.mediaType },
    signal,
  };
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
