/**
 * The formats of the download, for the client, the command line and the events of downloads. This file is generated
 * from `server/src/export/formats` (`UPDATE_SPEC=1 npx vitest run server/src/export/formats`); don't edit it.
 */

/**
 * The options of a download as CSV.
 * @inline
 */
interface CsvOptions {
  /** The default. */
  readonly format?: "csv" | undefined;
  /** DATA with single quotes, or as plain JSON. */
  readonly data?: "quotes" | "json" | undefined;
  /** For a file that people open in a spreadsheet: with a byte order mark, without cells that run as formulas or have more than 32,767 characters. Without this option, the file is exact. */
  readonly safe?: "spreadsheet" | undefined;
}

/**
 * The options of a download as NDJSON.
 * @inline
 */
interface NdjsonOptions {
  /** The format. */
  readonly format: "ndjson";
}

/** The name of a format of the download. */
export type ExportFormatName = "csv" | "ndjson";

/** A format and its options; the first is the default. */
export type FormatOptions = CsvOptions | NdjsonOptions;

/**
 * A format as requests name it.
 * @inline
 */
export interface ListedFormat {
  /** The end of the address, and the value of `format`. */
  readonly name: ExportFormatName;
  /** What people call it. */
  readonly title: string;
  /** The media type of the file, without parameters. */
  readonly mediaType: string;
  /** The options of the format. An option with one value is a switch. */
  readonly options: readonly {
    /** A lower-case word. */
    readonly name: string;
    /** What it may be. */
    readonly values: readonly string[];
    /** What it does, in a sentence or two. */
    readonly description: string;
  }[];
}

/** All formats, in the order of the pages. */
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
          "For a file that people open in a spreadsheet: with a byte order mark, without cells that run as formulas or have more than 32,767 characters. Without this option, the file is exact.",
      },
    ],
  },
  { name: "ndjson", title: "NDJSON", mediaType: "application/x-ndjson", options: [] },
];
