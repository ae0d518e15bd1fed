/** CSV, byte for byte as defined in spec/csv.md. */
import { formatTime } from "daybook/internal";
import type { WalkedEvent } from "../../store/contract/pages.ts";
import { actorOf } from "./csv/actor.ts";
import { byteRowWriter } from "./csv/byte-row.ts";
import { cell, safeCell } from "./csv/cell.ts";
import { dataJson, singleQuoted } from "./csv/data-text.ts";
import { eventMemberWriter } from "./csv/event-member.ts";
import type { CsvForm } from "./csv/form.ts";
import { csvSlots } from "./csv/slots.ts";
import type { ExportedFile, ExportFormat } from "./format.ts";

export const csv: ExportFormat = {
  name: "csv",
  title: "CSV",
  mediaType: "text/csv",
  contentType: "text/csv; charset=utf-8; header=present",
  extension: "csv",
  description: "AUTHOR,ORGANIZATION,EVENT_TYPE,DATA,TIME; spec/csv.md has it to the byte.",
  options: [
    {
      name: "data",
      values: ["quotes", "json"],
      fallback: "quotes",
      description: "DATA with single quotes, or as plain JSON.",
    },
    {
      name: "safe",
      values: ["spreadsheet"],
      description:
        "For a file that people open in a spreadsheet: with a byte order mark, without cells that run as formulas or have more than 32,767 characters. Without this option, the file is exact.",
    },
  ],
  choices: [
    {
      value: "spreadsheet",
      text: "CSV for spreadsheets",
      hint: "For Excel, LibreOffice, Numbers or Sheets: no cell runs as a formula, and text that is too long for a cell is cut.",
      options: { safe: "spreadsheet" },
    },
    {
      value: "quotes",
      text: "Exact CSV",
      hint: "For archives and programs: every value exactly as stored. DATA is JSON with single quotes. Do not open this file in a spreadsheet.",
      options: {},
    },
    {
      value: "json",
      text: "Exact CSV, with plain JSON",
      hint: "The same file with plain JSON in DATA, so that programs need not replace quotes. Do not open this file in a spreadsheet.",
      options: { data: "json" },
    },
  ],
  lines: { header: 1, quoted: true },
  slots: csvSlots,
  header: (file) => csvHeader(formOf(file)),
  row: (file) => rowWriter(formOf(file)),
  byteRow: (file, row) => byteRowWriter(formOf(file), row),
  footer: () => "",
};

const formOf = ({ organization, logs, context, options }: ExportedFile): CsvForm => ({
  organization: organization.name,
  logs,
  context,
  data: options.data === "json" ? "json" : "quotes",
  safe: options.safe === "spreadsheet",
});

const header = "AUTHOR,ORGANIZATION,EVENT_TYPE,DATA,TIME\r\n";

/** The header row; in the safe form, after the byte order mark with which spreadsheets recognize UTF-8. */
export const csvHeader = ({ safe }: Pick<CsvForm, "safe">): string => (safe ? `\ufeff${header}` : header);

/** A function that writes the row of an event, ending in CRLF. */
export function rowWriter(form: CsvForm): (event: WalkedEvent) => string {
  const eventMember = eventMemberWriter(form);
  return (event) => {
    const write = form.safe ? (text: string): string => safeCell(text, event.id) : cell;
    // types and times contain no characters that need quotes
    const plain = form.safe ? write : (text: string): string => text;
    const json = dataJson(event, eventMember(event));
    const data = form.data === "json" ? json : singleQuoted(json);
    return `${write(actorOf(event).author)},${write(form.organization)},${plain(event.type)},${write(data)},${plain(csvTime(event.occurredAt))}\r\n`;
  };
}

/** `YYYY-MM-DD HH:MM:SS.ffffff`, UTC, of microseconds since 1970. */
export const csvTime = (micros: bigint): string => formatTime(micros).slice(0, -1).replace("T", " ");
