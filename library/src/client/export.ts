/** Downloads the audit log: bytes as they arrive, never all in memory. */
import { exportFormats, type FormatOptions } from "../catalogue/index.ts";
import { DaybookError, either } from "../error/index.ts";
import type { Settings } from "./options.ts";
import { queryOf } from "./query.ts";
import { retrying } from "./request.ts";
import type { EventFilter } from "./search.ts";
import { piecesOf } from "./stream.ts";

/**
 * What a download in any format can be asked for.
 * @inline
 */
interface InEveryFormat extends EventFilter {
  /** The time to which `from` and `to` apply; default `occurred`. */
  readonly by?: "occurred" | "recorded" | undefined;
  /** Whether the file includes the context of each event (IP address, browser), if the token may read it. */
  readonly context?: boolean | undefined;
  /** Aborting it ends the download: the stream fails with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The options of a download. Without `from` and `to`: the last 90 days; `from` can be earlier. Without `format`: CSV. Each format has
 * options of its own.
 */
export type ExportOptions = InEveryFormat & FormatOptions;

/**
 * The bytes of the file. A failure after the response has begun isn't retried, because the file would differ. Instead, the stream fails
 * (`unreachable`, `timeout`): the file is complete only if the stream ended without an error. Canceling it ends the download.
 */
export async function openExport(
  settings: Settings,
  options: ExportOptions,
): Promise<ReadableStream<Uint8Array>> {
  const { signal, context, format = exportFormats[0].name, ...query } = options;
  const listed = exportFormats.find(({ name }) => name === format);
  if (listed === undefined)
    throw new DaybookError("request-invalid", {
      detail: `'${format}' is not a download format.`,
      remedy: `Name ${either(exportFormats.map(({ name }) => name))}.`,
    });
  const parameters = { ...query, ...(context ? { context: "true" } : {}) };
  const call = {
    path: `/audit-log.${listed.name}${queryOf(parameters)}`,
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
