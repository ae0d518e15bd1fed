/** The shape of an export format: how it is asked for, offered and described, and how its file is written. Types only. */
import type { OrganizationName, SlotName } from "daybook/internal";
import type { WalkedEvent } from "../../store/contract/pages.ts";

/** Something that a format lets its caller choose: a parameter of its address, a flag of the CLI, an option of the client. */
interface FormatOption {
  /** A lower-case word. */
  readonly name: string;
  /** What it may be. An option of one value is a switch: a flag of the CLI without a value. */
  readonly values: readonly [string, ...string[]];
  /** The value where none is given; absent: the option is off. */
  readonly fallback?: string;
  /** One or two sentences for OpenAPI, the client's types and the help of the CLI. */
  readonly description: string;
}

/** A choice of the download form: the format with some of its options. */
interface FormatChoice {
  /** What the form sends; unique among the choices of all formats. */
  readonly value: string;
  /** What people call the file, for a label and within a sentence: "CSV for spreadsheets". */
  readonly text: string;
  /** Whom the file is for, and what they must know before they use it. */
  readonly hint: string;
  /** The options that it stands for. */
  readonly options: Readonly<Record<string, string>>;
}

/** The file that is written: what each part of a format may need to know. */
export interface ExportedFile {
  /** The organization when the download was asked for. */
  readonly organization: OrganizationName;
  /** The origin of each of the organization's logs, by its number. */
  readonly logs: ReadonlyMap<number, string>;
  /** Whether the context of each event is written; the caller may see it, then. */
  readonly context: boolean;
  /** The format's options, with their fallbacks. */
  readonly options: Readonly<Record<string, string>>;
}

/** A format of the download. `name` and `extension` are parts of addresses and file names: lower-case letters and digits. */
export interface ExportFormat {
  /** The end of the address (`audit-log.csv`), the value of `--format`, and `data.format` of the download's event. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  /** What a caller must accept, without parameters. */
  readonly mediaType: string;
  /** The Content-Type: the media type with its parameters. */
  readonly contentType: string;
  readonly extension: string;
  /** What is in the file, for OpenAPI. */
  readonly description: string;
  readonly options: readonly FormatOption[];
  /** At least one. The first is the one that links to a file take, and the first of the first format is the form's default. */
  readonly choices: readonly [FormatChoice, ...FormatChoice[]];
  /**
   * How the events of the file are counted while it comes: a line each, after so many lines of a header; where lines may be `quoted`, a
   * line feed within `"` ends none. Absent: they can't be counted, and the size is shown alone.
   */
  readonly lines?: { readonly header: number; readonly quoted: boolean };
  /** The slots of an event that are read, besides the context. */
  readonly slots: readonly SlotName[];
  /** Whether rows need the leaf hash. */
  readonly leafHash?: boolean;
  /** What comes before the first event. */
  header(file: ExportedFile): string;
  /** A function that writes one event; it is made once a file. */
  row(file: ExportedFile): (event: WalkedEvent) => string;
  /** What comes after the last event. */
  footer(file: ExportedFile): string;
}
