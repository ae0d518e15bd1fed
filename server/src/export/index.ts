/** The public names of `export`, for other folders. */
export { type Exports, openExports } from "./download.ts";
export type { ExportFormat } from "./formats/format.ts";
export { exportFormats } from "./formats/formats.ts";
export { downloadParameters, parseDownload } from "./request.ts";
