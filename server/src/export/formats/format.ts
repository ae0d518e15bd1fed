/** The shape of an export format: how requests name it, how pages offer it, and how its file is written. Types only. */
import type { OrganizationName, SlotName } from "daybook/internal";
import type { WalkedEvent } from "../../store/contract/pages.ts";
import type { EventBytes } from "../../store/contract/walks.ts";
import type { Piece } from "./piece.ts";

/** An option of a format: a parameter of its address, a flag of the CLI, an option of the client. */
interface FormatOption {
  /** A lower-case word. */
  readonly name: string;
  /** The possible values. An option with one value is a switch: a flag of the CLI without a value. */
  readonly values: readonly [string, ...string[]];
  /** The default value; if absent, the option is off. */
  readonly fallback?: string;
  /** One or two sentences for OpenAPI, the client's types and the help of the CLI. */
  readonly description: string;
}

/** A choice in the download form: the format with some of its options. */
interface FormatChoice {
  /** The value that the form sends; unique among the choices of all formats. */
  readonly value: string;
  /** The name of the file, for a label and within a sentence: "CSV for spreadsheets". */
  readonly text: string;
  /** The audience of the file, and what they must know before they use it. */
  readonly hint: string;
  /** The options of the choice. */
  readonly options: Readonly<Record<string, string>>;
}

/** The file: what each part of a format may need. */
export interface ExportedFile {
  /** The organization at the time of the request. */
  readonly organization: OrganizationName;
  /** The origin of each of the organization's logs, by its number. */
  readonly logs: ReadonlyMap<number, string>;
  /** Whether to write the context of each event; the caller then may see it. */
  readonly context: boolean;
  /** The format's options, with their defaults. */
  readonly options: Readonly<Record<string, string>>;
}

/** A format of the download. `name` and `extension` are parts of addresses and file names: lower-case letters and digits. */
export interface ExportFormat {
  /** The end of the address (`audit-log.csv`), the value of `--format`, and `data.format` of the download's event. */
  readonly name: string;
  /** Its name for people. */
  readonly title: string;
  /** The media type that a caller must accept, without parameters. */
  readonly mediaType: string;
  /** The Content-Type: the media type with its parameters. */
  readonly contentType: string;
  readonly extension: string;
  /** The content of the file, for OpenAPI. */
  readonly description: string;
  readonly options: readonly FormatOption[];
  /** At least one choice. Links to a file use the first, and the first choice of the first format is the form's default. */
  readonly choices: readonly [FormatChoice, ...FormatChoice[]];
  /**
   * How to count the events of the file while it arrives: one a line, after a number of header lines. If lines can be `quoted`, a line feed
   * within `"` doesn't end a line. If absent, only the size is shown.
   */
  readonly lines?: { readonly header: number; readonly quoted: boolean };
  /** The slots of an event to read, besides the context. */
  readonly slots: readonly SlotName[];
  /** Whether rows need the leaf hash. */
  readonly leafHash?: boolean;
  /** The text before the first event. */
  header(file: ExportedFile): string;
  /** Makes a function that writes one event; it is called once for each file. */
  row(file: ExportedFile): (event: WalkedEvent) => string;
  /**
   * The same for events as bytes, if the format has such a writer: it writes the current event, and calls `row` for one that it can't copy.
   * Without it, events are read as objects.
   */
  byteRow?(
    file: ExportedFile,
    row: (event: WalkedEvent) => string,
  ): (events: EventBytes, piece: Piece) => void;
  /** The text after the last event. */
  footer(file: ExportedFile): string;
}
