/**
 * Writes rows from bytes: stored texts are copied into the file, and no event becomes an object. A row that needs more than copying is
 * written from its event, as csv.ts does it: if something was erased, if `data` has a backslash or an apostrophe, or if a cell is too long
 * for a spreadsheet. Both ways give the same bytes.
 */
import type { WalkedEvent } from "../../../store/contract/pages.ts";
import type { EventBytes } from "../../../store/contract/walks.ts";
import type { Piece } from "../piece.ts";
import { actorOf } from "./actor.ts";
import { cell, mostUnits, safeCell } from "./cell.ts";
import { DataBytes } from "./data-bytes.ts";
import type { CsvForm } from "./form.ts";
import { JsonBytes } from "./json-bytes.ts";
import { KnownBySlots } from "./known-bytes.ts";
import { placeOf } from "./slots.ts";
import { TimeBytes } from "./time-bytes.ts";

/** A function that writes the row of the current event; `row` writes it from the event. */
export function byteRowWriter(
  form: CsvForm,
  row: (event: WalkedEvent) => string,
): (events: EventBytes, piece: Piece) => void {
  const rows = new ByteRows(form);
  return (events, piece) => {
    if (!rows.write(events, piece)) piece.text(row(events.event()));
  };
}

/** What differs by event and is not copied takes fewer bytes than this. */
const mostBetween = 512;

/** What a row has of its actor: the cells AUTHOR and ORGANIZATION, and the member of `$event`, each with a comma. */
interface ActorBytes {
  readonly cells: Buffer;
  readonly member: Buffer;
}

/** No cell is cut: the note in its place would name the event. */
const isShort = (text: string): boolean => text.length < mostUnits;

/** Undefined if the cells can't be the same for all events of the actor. */
function actorBytes(form: CsvForm, json: JsonBytes, texts: readonly string[]): ActorBytes | undefined {
  const [actor = "", actorPersonal = ""] = texts;
  const personalSlot = actorPersonal === "" ? {} : { actorPersonal: { json: actorPersonal } };
  const { author, json: member } = actorOf({ slots: { actor: { json: actor }, ...personalSlot } });
  const { organization, safe } = form;
  if (safe && !(isShort(author) && isShort(organization))) return undefined;
  const write = safe ? (text: string): string => safeCell(text, "") : cell;
  return {
    cells: Buffer.from(`${write(author)},${write(organization)},`, "utf8"),
    member: json.quoted(`"actor":${member},`),
  };
}

class ByteRows {
  readonly #json: JsonBytes;
  readonly #data: DataBytes;
  readonly #actor: KnownBySlots<ActorBytes | undefined>;
  readonly #time: TimeBytes = new TimeBytes(" ");
  readonly #isSafe: boolean;
  /** From the start of EVENT_TYPE, the end of EVENT_TYPE, the end of DATA and the end of TIME. */
  readonly #texts: { readonly [Place in "type" | "data" | "time" | "end"]: Buffer };

  constructor(form: CsvForm) {
    const json = new JsonBytes(form.data);
    this.#json = json;
    this.#data = new DataBytes(form, json);
    this.#isSafe = form.safe;
    this.#actor = new KnownBySlots([placeOf("actor"), placeOf("actorPersonal")], (...texts) =>
      actorBytes(form, json, texts),
    );
    const quote = form.safe ? '"' : "";
    this.#texts = {
      type: Buffer.from(quote),
      data: Buffer.from(`${quote},"`),
      time: Buffer.from(`",${quote}`),
      end: Buffer.from(`${quote}\r\n`),
    };
  }

  /** Writes a row; false, and nothing is written, if its event needs more than copying. */
  write(events: EventBytes, piece: Piece): boolean {
    if (events.isErased) return false;
    const actor = this.#actor.of(events);
    if (actor === undefined) return false;
    const { cells, member } = actor;
    const begin = piece.at;
    const typeBytes = events.typeEnd - events.type;
    const json = this.#json;
    json.begin(piece, cells.length + member.length + typeBytes + this.#data.mostBytes(events) + mostBetween);
    json.put(cells);
    json.put(this.#texts.type);
    json.raw(events.bytes, events.type, events.typeEnd);
    json.put(this.#texts.data);
    const start = json.at;
    if (!this.#data.write(events, member) || (this.#isSafe && json.at - start > mostUnits)) {
      piece.at = begin;
      return false;
    }
    json.put(this.#texts.time);
    json.time(this.#time, events.occurredAt);
    json.put(this.#texts.end);
    piece.at = json.at;
    return true;
  }
}
