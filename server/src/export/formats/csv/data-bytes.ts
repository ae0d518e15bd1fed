/**
 * Writes the DATA of a row from bytes, like data-text.ts does from texts. Slots are copied; one with personal members, or with JSON that
 * can't be copied (json-bytes.ts), is written from its text.
 */
import type { EventBytes } from "../../../store/contract/walks.ts";
import { DataSlot } from "./data-slot.ts";
import { EventMemberBytes } from "./event-bytes.ts";
import type { CsvForm } from "./form.ts";
import { isBefore, type JsonBytes } from "./json-bytes.ts";
import { contextPlace } from "./slots.ts";

const data = new DataSlot("data", "dataPersonal");
const changes = new DataSlot("changes", "changesPersonal");
const reason = new DataSlot("reason");
const targets = new DataSlot("targets", "targetsPersonal");
/** The places of what is copied. */
const copied: readonly number[] = [data.place, changes.place, reason.place, targets.place, contextPlace];

/** A member that DATA adds: its name, and its start in the file. */
interface AddedBytes {
  readonly name: Buffer;
  readonly start: Buffer;
}

const added = (name: string, { quoted }: JsonBytes): AddedBytes => ({
  name: Buffer.from(name, "latin1"),
  start: quoted(`"${name}":`),
});

const textsOf = (json: JsonBytes) => ({
  event: Buffer.from("$event", "latin1"),
  changes: added("changes", json),
  outcome: added("outcome", json),
  reason: added("reason", json),
  targets: added("targets", json),
  denied: json.quoted('"denied"'),
  failed: json.quoted('"failed"'),
  opening: json.quoted("{"),
  comma: json.quoted(","),
  closing: json.quoted("}"),
});

const noBytes = Buffer.alloc(0);

export class DataBytes {
  readonly #json: JsonBytes;
  readonly #eventMember: EventMemberBytes;
  readonly #texts: ReturnType<typeof textsOf>;
  /** What is left of the members of the event's `data`: the bytes that it is in, the start of a member, and the end. */
  #source: Buffer = noBytes;
  #from = 0;
  #to = 0;
  #isFirst = true;

  constructor(form: CsvForm, json: JsonBytes) {
    this.#json = json;
    this.#eventMember = new EventMemberBytes(form, json);
    this.#texts = textsOf(json);
  }

  /** At most how many bytes the slots of an event take if they are copied. */
  mostBytes({ slots }: EventBytes): number {
    let bytes = 0;
    for (const place of copied) if (place < slots.length) bytes += slots[place + 1]! - slots[place]!;
    return this.#json.mostBytes(bytes);
  }

  /** Writes the DATA of the current event, with these bytes of its actor; false if the members of its `data` can't be copied. */
  write(events: EventBytes, actor: Buffer): boolean {
    const [json, texts] = [this.#json, this.#texts];
    this.#begin(events);
    json.put(texts.opening);
    if (!this.#before(texts.event)) return false;
    this.#eventMember.write(events, actor);
    const isWritten =
      this.#slot(events, changes, texts.changes) &&
      this.#outcome(events) &&
      this.#slot(events, reason, texts.reason) &&
      this.#slot(events, targets, texts.targets) &&
      this.#rest();
    json.put(texts.closing);
    return isWritten;
  }

  #begin(events: EventBytes): void {
    this.#isFirst = true;
    if (data.hasPersonal(events)) {
      this.#source = Buffer.from(data.json(events), "utf8");
      this.#from = 1;
      this.#to = this.#source.length - 1;
      this.#json.makeRoom(this.#json.mostBytes(this.#source.length));
    } else {
      this.#source = events.bytes;
      this.#from = events.slots[data.place]! + 1;
      this.#to = events.slots[data.place + 1]! - 1;
    }
  }

  /** Writes a slot as a member; false if the members before it can't be copied. */
  #slot(events: EventBytes, slot: DataSlot, { name, start }: AddedBytes): boolean {
    const { bytes, slots } = events;
    const from = slots[slot.place]!;
    if (from === -1) return true;
    if (!this.#before(name)) return false;
    const json = this.#json;
    json.put(start);
    if (slot.hasPersonal(events) || !json.copy(bytes, from, slots[slot.place + 1]!))
      json.text(slot.json(events));
    return true;
  }

  #outcome({ outcome }: EventBytes): boolean {
    if (outcome === "success") return true;
    const { outcome: member, denied, failed } = this.#texts;
    if (!this.#before(member.name)) return false;
    this.#json.put(member.start);
    this.#json.put(outcome === "denied" ? denied : failed);
    return true;
  }

  /** Copies the members of `data` that come before this name, and puts a comma after a member. */
  #before(name: Buffer): boolean {
    while (this.#from < this.#to && isBefore(this.#source, this.#from, name)) {
      this.#separate();
      const end = this.#json.copyMember(this.#source, this.#from, this.#to);
      if (end === -1) return false;
      this.#from = end + 1;
    }
    this.#separate();
    return true;
  }

  #rest(): boolean {
    if (this.#from >= this.#to) return true;
    this.#separate();
    return this.#json.copy(this.#source, this.#from, this.#to);
  }

  #separate(): void {
    if (!this.#isFirst) this.#json.put(this.#texts.comma);
    this.#isFirst = false;
  }
}
