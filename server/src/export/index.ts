/** What other rooms may use of `export`. */
export { type Download, type Downloader, type Exports, openExports } from "./download.ts";
export { type DownloadRequest, downloadParameters, parseDownload } from "./request.ts";
