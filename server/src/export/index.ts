/** What other rooms may use of `export`. */
export { type Exports, openExports } from "./download.ts";
export { downloadParameters, parseDownload } from "./request.ts";
