/** The form of a CSV file: what the request and the organization decide about its rows. Types only. */

/** What `$event` depends on. */
export interface EventMemberForm {
  /** The origin of each of the organization's logs, by its number. */
  readonly logs: ReadonlyMap<number, string>;
  /** Whether to write the context too; the caller of this function checks the permission. */
  readonly context: boolean;
}

export interface CsvForm extends EventMemberForm {
  /** The organization's name at the time of the request. */
  readonly organization: string;
  /** The form of DATA: `quotes` with single quotes, as in the founding format, or plain `json`. */
  readonly data: "quotes" | "json";
  /** Cells that no spreadsheet runs as formulas, but that are not exact. */
  readonly safe: boolean;
}
