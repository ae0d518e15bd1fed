/** The CSV, byte for byte as spec/csv.md has it: header and rows. Pure functions; where the rows come from is not known here. */
import { formatTime, type SlotName } from "daybook/internal";
import type { WalkedEvent } from "../store/contract/pages.ts";
import { actorOf } from "./actor.ts";
import { cell, safeCell } from "./cell.ts";
import { dataJson, singleQuoted } from "./data-text.ts";
import { type EventMemberForm, eventMemberWriter } from "./event-member.ts";

const header = "AUTHOR,ORGANIZATION,EVENT_TYPE,DATA,TIME\r\n";

/** The header row; before it in the safe form the mark by which spreadsheets know UTF-8. */
export const csvHeader = ({ safe }: Pick<CsvForm, "safe">): string => (safe ? `\ufeff${header}` : header);

/** The slots that a row is made of. */
export const writtenSlots = ({ context }: Pick<CsvForm, "context">): readonly SlotName[] =>
  context ? [...always, "context"] : always;

const always: readonly SlotName[] = [
  "actor",
  "actorPersonal",
  "changes",
  "changesPersonal",
  "data",
  "dataPersonal",
  "reason",
  "recordedBy",
  "targets",
  "targetsPersonal",
];

export interface CsvForm extends EventMemberForm {
  /** The organization's name when asked. */
  readonly organization: string;
  /** How DATA is written: `quotes` with single quotes, as the founding format has it, or as plain `json`. */
  readonly data: "quotes" | "json";
  /** Cells that no spreadsheet runs as formulas, at the price of not being byte-faithful. */
  readonly safe: boolean;
}

/** A function that writes the row of an event, ending in CRLF. */
export function rowWriter(form: CsvForm): (event: WalkedEvent) => string {
  const eventMember = eventMemberWriter(form);
  return (event) => {
    const write = form.safe ? (text: string): string => safeCell(text, event.id) : cell;
    // types and times hold nothing that a cell would quote
    const plain = form.safe ? write : (text: string): string => text;
    const json = dataJson(event, eventMember(event));
    const data = form.data === "json" ? json : singleQuoted(json);
    return `${write(actorOf(event).author)},${write(form.organization)},${plain(event.type)},${write(data)},${plain(csvTime(event.occurredAt))}\r\n`;
  };
}

/** `YYYY-MM-DD HH:MM:SS.ffffff`, UTC, of microseconds since 1970. */
export const csvTime = (micros: bigint): string => formatTime(micros).slice(0, -1).replace("T", " ");
