/** Reads the query of a download and computes its window. */

import {
  oneOf,
  type Query,
  type QueryParameters,
  readParameters,
  refuseParameter,
} from "../query-string/index.ts";
import { type EventsQuery, eventsParameters, eventsQueryOf } from "../search/index.ts";
import type { Filter } from "../store/contract/pages.ts";
import type { ExportFormat } from "./formats/format.ts";

/** The parameters of a download in this format. */
export const downloadParameters = ({ options }: ExportFormat): readonly string[] => [
  ...eventsParameters,
  "by",
  ...options.map(({ name }) => name),
  "context",
];

/** The default window: 90 days, in microseconds. */
const defaultWindow = 90n * 86_400n * 1_000_000n;

export interface DownloadRequest extends EventsQuery {
  readonly format: ExportFormat;
  /** The time that decides window and order. */
  readonly by: "occurred" | "recorded";
  /** The options of the format, with their defaults. */
  readonly options: Readonly<Record<string, string>>;
  /** Whether to write the context of each event too, for callers who may see it. */
  readonly context: boolean;
}

/**
 * The download in this format for a query.
 * @throws DaybookError `query-invalid`
 */
export function parseDownload(format: ExportFormat, query: Query): DownloadRequest {
  const parameters = readParameters(query, downloadParameters(format));
  return {
    ...eventsQueryOf(parameters),
    format,
    by: oneOf(parameters, "by", ["occurred", "recorded"]) ?? "occurred",
    options: optionsOf(format, parameters),
    context: oneOf(parameters, "context", ["true", "false"]) === "true",
  };
}

function optionsOf({ options }: ExportFormat, parameters: QueryParameters): Record<string, string> {
  const chosen: Record<string, string> = {};
  for (const { name, values, fallback } of options) {
    const value = oneOf(parameters, name, values) ?? fallback;
    if (value !== undefined) chosen[name] = value;
  }
  return chosen;
}

/**
 * The filter with its window: by default the 90 days up to and including the time of the request.
 * @throws DaybookError `query-invalid` if only `to` was given and is before that window
 */
export function windowed(filter: Filter, requestedAt: bigint): Filter & { from: bigint; to: bigint } {
  const from = filter.from ?? (requestedAt > defaultWindow ? requestedAt - defaultWindow : 0n);
  const to = filter.to ?? requestedAt + 1n;
  if (filter.from === undefined && to < from) {
    throw refuseParameter("to", "is before the last 90 days.", "Give 'from' too.");
  }
  return { ...filter, from, to: to < from ? from : to };
}
