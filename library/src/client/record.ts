/** Sends batches of events and reads their receipts. */
import { DaybookError, type Issue } from "../error/index.ts";
import type { Receipt, Unrecorded } from "../event/index.ts";
import type { Batch } from "./batches.ts";
import type { Settings } from "./options.ts";
import { request } from "./request.ts";

/** The options of one `record`. */
export interface RecordOptions {
  /** Aborting it ends the call, which throws the signal's reason. Events that were sent may be recorded all the same. */
  readonly signal?: AbortSignal | undefined;
  /** `full`: receipts with the leaf data and the disclosures of its slots, so that you can check the leaf hash. */
  readonly receipt?: "full" | undefined;
}

function isReceipt(value: unknown): value is Receipt | Unrecorded {
  if (value === null || typeof value !== "object") return false;
  const { id, recorded, log, seq, recordedAt, leafHash } = value as Record<string, unknown>;
  if (typeof id !== "string") return false;
  if (recorded === false) return true;
  return [log, recordedAt, leafHash].every((text) => typeof text === "string") && typeof seq === "number";
}

/** Changes `/3/actor` in the second batch to `/1003/actor`, the place in the caller's own list. */
function shift(issue: Issue, batch: Batch): Issue {
  const match = /^\/(\d+)(\/.*)?$/s.exec(issue.pointer);
  if (batch.single || !match) return issue;
  return { ...issue, pointer: `/${Number(match[1]) + batch.offset}${match[2] ?? ""}` };
}

function explain(error: DaybookError, batch: Batch): DaybookError {
  if (batch.offset === 0) return error;
  return new DaybookError(error.code, {
    detail: `${error.message} (The first ${batch.offset} events are recorded.)`,
    remedy: error.remedy,
    issues: error.issues.map((issue) => shift(issue, batch)),
    ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
    cause: error,
  });
}

/** Records one batch, as a whole or not at all. The receipts are in the order of the events. */
export async function recordBatch(
  settings: Settings,
  batch: Batch,
  options: RecordOptions,
): Promise<(Receipt | Unrecorded)[]> {
  const call = {
    method: "POST" as const,
    path: options.receipt === "full" ? "/events?receipt=full" : "/events",
    headers: { "content-type": batch.mediaType },
    body: batch.body,
    signal: options.signal,
  };
  try {
    return await request(settings, call, ({ receipts }) => {
      const whole =
        Array.isArray(receipts) && receipts.length === batch.ids.length && receipts.every(isReceipt);
      if (!whole || receipts.some((receipt, i) => receipt.id !== batch.ids[i]))
        throw new DaybookError("answer-unreadable", { detail: "The receipts don't match the events sent." });
      return receipts;
    });
  } catch (error) {
    throw error instanceof DaybookError ? explain(error, batch) : error;
  }
}
