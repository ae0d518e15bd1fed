/** The CSV, byte for byte as spec/csv.md has it: header and rows. Pure functions; where the rows come from is not known here. */
import { formatTime, type Json, type SlotName } from "daybook/event";
import type { WalkedEvent } from "../store/store.ts";
import { cell, safeCell } from "./cell.ts";
import { dataJson, singleQuoted } from "./data-text.ts";

/** The header row. */
export const csvHeader = "AUTHOR,ORGANIZATION,EVENT_TYPE,DATA,TIME\r\n";

/** The slots that a row is made of. */
export const writtenSlots: readonly SlotName[] = [
  "actor",
  "actorPersonal",
  "changes",
  "changesPersonal",
  "data",
  "dataPersonal",
  "reason",
  "targets",
  "targetsPersonal",
];

export interface CsvForm {
  /** The organization's name when asked. */
  readonly organization: string;
  /** How DATA is written: `quotes` with single quotes, as the founding format has it, or as plain `json`. */
  readonly data: "quotes" | "json";
  /** Cells that no spreadsheet runs as formulas, at the price of not being byte-faithful. */
  readonly safe: boolean;
}

/** A function that writes the row of an event, ending in CRLF. */
export function rowWriter(form: CsvForm): (event: WalkedEvent) => string {
  const write = form.safe ? safeCell : cell;
  // types and times hold nothing that a cell would quote
  const plain = form.safe ? safeCell : (text: string): string => text;
  const organization = write(form.organization);
  return (event) => {
    const json = dataJson(event);
    const data = form.data === "json" ? json : singleQuoted(json);
    return `${write(author(event))},${organization},${plain(event.type)},${write(data)},${plain(csvTime(event.occurredAt))}\r\n`;
  };
}

/** `YYYY-MM-DD HH:MM:SS.ffffff`, UTC, of microseconds since 1970. */
export const csvTime = (micros: bigint): string => formatTime(micros).slice(0, -1).replace("T", " ");

/** First non-empty of the actor's name, email, id and type; `[erased]` once the actor, or what is personal of it, was. */
export function author({ slots }: WalkedEvent): string {
  const { actor, actorPersonal: personal } = slots;
  if (actor === undefined || "digest" in actor) return "[erased]";
  if (personal !== undefined && "digest" in personal) return "[erased]";
  const known = authors.get(personal?.json ?? actor.json);
  if (known !== undefined) return known;
  return personal === undefined ? keep(actor.json, idOf(actor.json)) : nameOf(personal.json, actor.json);
}

/** Few people do most of what is in a log: a slot that was read lately is not read again. */
const authors = new Map<string, string>();
const mostAuthors = 1_000;

function keep(json: string, text: string): string {
  if (authors.size >= mostAuthors) authors.clear();
  authors.set(json, text);
  return text;
}

function nameOf(personal: string, actor: string): string {
  const members = JSON.parse(personal) as Record<string, Json>;
  const name = members["/name"] || members["/email"];
  return typeof name === "string" ? keep(personal, name) : idOf(actor);
}

function idOf(actor: string): string {
  const { id, type } = JSON.parse(actor) as { id: string; type: string };
  return id || type;
}
