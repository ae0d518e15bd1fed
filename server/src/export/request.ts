/** What a download is asked for: reads its query and works out its window. It refuses to know where the events lie. */

import { oneOf, type Query, readParameters, refuseParameter } from "../query-string/index.ts";
import { filterOf, filterParameters } from "../search/index.ts";
import type { Filter } from "../store/contract/pages.ts";

/** The parameters of a download. */
export const downloadParameters: readonly string[] = [...filterParameters, "by", "data", "safe", "context"];

/** The window where nobody asks for another: 90 days, in microseconds. */
const defaultWindow = 90n * 86_400n * 1_000_000n;

export interface DownloadRequest {
  readonly filter: Filter;
  /** Which time the window and the order go by. */
  readonly by: "occurred" | "recorded";
  readonly data: "quotes" | "json";
  readonly safe: boolean;
  /** Whether where each event came from is written too, for who may see it. */
  readonly context: boolean;
}

/**
 * The download that a query asks for.
 * @throws DaybookError `query-invalid`
 */
export function parseDownload(query: Query): DownloadRequest {
  const parameters = readParameters(query, downloadParameters);
  return {
    filter: filterOf(parameters),
    by: oneOf(parameters, "by", ["occurred", "recorded"]) ?? "occurred",
    data: oneOf(parameters, "data", ["quotes", "json"]) ?? "quotes",
    safe: oneOf(parameters, "safe", ["spreadsheet"]) !== undefined,
    context: oneOf(parameters, "context", ["true", "false"]) === "true",
  };
}

/**
 * The filter with its window: from 90 days before the moment of asking, up to and with that moment, unless asked otherwise.
 * @throws DaybookError `query-invalid` if `to` alone was given and lies before that window
 */
export function windowed(filter: Filter, asked: bigint): Filter & { from: bigint; to: bigint } {
  const from = filter.from ?? (asked > defaultWindow ? asked - defaultWindow : 0n);
  const to = filter.to ?? asked + 1n;
  if (filter.from === undefined && to < from) {
    throw refuseParameter("to", "lies before the last 90 days.", "Give 'from' too.");
  }
  return { ...filter, from, to: to < from ? from : to };
}
