/** The formats of the download, in the order in which they are offered. Everything else about formats follows from this list. */
import { csv } from "./csv.ts";
import type { ExportFormat } from "./format.ts";
import { ndjson } from "./ndjson.ts";

export const exportFormats: readonly [ExportFormat, ...ExportFormat[]] = [csv, ndjson];
