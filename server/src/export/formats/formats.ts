/** The formats of the download, in the order of the pages. Everything else about formats is derived from this list. */
import { csv } from "./csv.ts";
import type { ExportFormat } from "./format.ts";
import { ndjson } from "./ndjson.ts";

export const exportFormats: readonly [ExportFormat, ...ExportFormat[]] = [csv, ndjson];
