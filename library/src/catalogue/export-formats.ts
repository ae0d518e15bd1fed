/**
 * The formats of the download, as the client, the command line and the events of downloads know them. Written from
 * `server/src/export/formats`: `UPDATE_SPEC=1 npx vitest run server/src/export/formats` writes it anew; don't edit it.
 */

/** What a download as CSV can be asked for. */
interface CsvOptions {
  readonly format?: "csv";
  /** DATA with single quotes, or as plain JSON. */
  readonly data?: "quotes" | "json";
  /** For a file that people open in a spreadsheet: a byte order mark, no cell that runs as a formula, none longer than 32,767 characters. Without it the file is exact. */
  readonly safe?: "spreadsheet";
}

/** What a download as NDJSON can be asked for. */
interface NdjsonOptions {
  readonly format: "ndjson";
}

export type ExportFormatName = "csv" | "ndjson";

/** A format and its options; the first of the list is the one where none is named. */
export type FormatOptions = CsvOptions | NdjsonOptions;

/** A format as programs ask for it. */
export interface ListedFormat {
  readonly name: ExportFormatName;
  readonly title: string;
  readonly mediaType: string;
  /** What can be chosen. An option of one value is a switch. */
  readonly options: readonly {
    readonly name: string;
    readonly values: readonly string[];
    readonly description: string;
  }[];
}

/** All formats, in the order in which they are offered. */
export const exportFormats: readonly [ListedFormat, ...ListedFormat[]] = [
  {
    name: "csv",
    title: "CSV",
    mediaType: "text/csv",
    options: [
      { name: "data", values: ["quotes", "json"], description: "DATA with single quotes, or as plain JSON." },
      {
        name: "safe",
        values: ["spreadsheet"],
        description:
          "For a file that people open in a spreadsheet: a byte order mark, no cell that runs as a formula, none longer than 32,767 characters. Without it the file is exact.",
      },
    ],
  },
  { name: "ndjson", title: "NDJSON", mediaType: "application/x-ndjson", options: [] },
];
