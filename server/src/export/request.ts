/** What a download is asked for: reads its query and works out its window. It doesn't know where the events are. */

import {
  oneOf,
  type Query,
  type QueryParameters,
  readParameters,
  refuseParameter,
} from "../query-string/index.ts";
import { filterOf, filterParameters } from "../search/index.ts";
import type { Filter } from "../store/contract/pages.ts";
import type { ExportFormat } from "./formats/format.ts";

/** The parameters of a download in this format. */
export const downloadParameters = ({ options }: ExportFormat): readonly string[] => [
  ...filterParameters,
  "by",
  ...options.map(({ name }) => name),
  "context",
];

/** The window where nobody asks for another: 90 days, in microseconds. */
const defaultWindow = 90n * 86_400n * 1_000_000n;

export interface DownloadRequest {
  readonly format: ExportFormat;
  readonly filter: Filter;
  /** Which time the window and the order go by. */
  readonly by: "occurred" | "recorded";
  /** The options of the format, with their fallbacks. */
  readonly options: Readonly<Record<string, string>>;
  /** Whether where each event came from is written too, for callers who may see it. */
  readonly context: boolean;
}

/**
 * The download in this format that a query asks for.
 * @throws DaybookError `query-invalid`
 */
export function parseDownload(format: ExportFormat, query: Query): DownloadRequest {
  const parameters = readParameters(query, downloadParameters(format));
  return {
    format,
    filter: filterOf(parameters),
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
 * The filter with its window: from 90 days before the moment of asking, up to and with that moment, unless asked otherwise.
 * @throws DaybookError `query-invalid` if `to` alone was given and lies before that window
 */
export function windowed(filter: Filter, requestedAt: bigint): Filter & { from: bigint; to: bigint } {
  const from = filter.from ?? (requestedAt > defaultWindow ? requestedAt - defaultWindow : 0n);
  const to = filter.to ?? requestedAt + 1n;
  if (filter.from === undefined && to < from) {
    throw refuseParameter("to", "lies before the last 90 days.", "Give 'from' too.");
  }
  return { ...filter, from, to: to < from ? from : to };
}
