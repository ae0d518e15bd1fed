/**
 * Writes the DATA of a row from bytes, like data-text.ts does from texts. Slots are copied; one with personal members, or with JSON that
 * can't be copied (json-bytes.ts), is written from its text.
 */
import type { EventBytes } from "../../../store/contract/walks.ts";
import { DataSlot } from "./data-slot.ts";
import { EventMemberBytes } from "./event-member-bytes.ts";
import type { CsvForm } from "./form.ts";
import type { JsonBytes } from "./json-bytes.ts";
import { KnownBySlots } from "./known-bytes.ts";
import { contextPlace } from "./slots.ts";
import { dataSlot, StoredMembers } from "./stored-members.ts";

const changes = new DataSlot("changes", "changesPersonal");
const reason = new DataSlot("reason");
const targets = new DataSlot("targets", "targetsPersonal");
/** The places of what is copied. */
const copied: readonly number[] = [dataSlot.place, changes.place, reason.place, targets.place, contextPlace];

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

export class DataBytes {
  readonly #json: JsonBytes;
  readonly #eventMember: EventMemberBytes;
  readonly #texts: ReturnType<typeof textsOf>;
  readonly #stored: StoredMembers;
  /** Targets with personal members: few people are the target of most events about people. */
  readonly #targets: KnownBySlots<Buffer>;
  #isFirst = true;

  constructor(form: CsvForm, json: JsonBytes) {
    this.#json = json;
    this.#eventMember = new EventMemberBytes(form, json);
    this.#texts = textsOf(json);
    this.#stored = new StoredMembers(json, () => this.#separate());
    this.#targets = new KnownBySlots([targets.place, targets.personalPlace], (text = "", personal = "") =>
      json.quoted(targets.joined(text, personal)),
    );
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
    this.#isFirst = true;
    json.put(texts.opening);
    this.#stored.begin(events);
    if (!this.#before(texts.event)) return false;
    this.#eventMember.write(events, actor);
    const isWritten =
      this.#slot(events, changes, texts.changes) &&
      this.#outcome(events) &&
      this.#slot(events, reason, texts.reason) &&
      this.#slot(events, targets, texts.targets) &&
      this.#stored.copyRest();
    json.put(texts.closing);
    return isWritten;
  }

  /** Writes a slot as a member; false if the members before it can't be copied. */
  #slot(events: EventBytes, slot: DataSlot, { name, start }: AddedBytes): boolean {
    const { bytes, slots } = events;
    const from = slots[slot.place]!;
    if (from === -1) return true;
    if (!this.#before(name)) return false;
    const json = this.#json;
    json.put(start);
    const isCopied = !slot.hasPersonal(events) && json.copy(bytes, from, slots[slot.place + 1]!);
    if (isCopied) return true;
    if (slot === targets && slot.hasPersonal(events)) json.putMore(this.#targets.of(events));
    else json.text(slot.json(events));
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
    if (!this.#stored.copyBefore(name)) return false;
    this.#separate();
    return true;
  }

  #separate(): void {
    if (!this.#isFirst) this.#json.put(this.#texts.comma);
    this.#isFirst = false;
  }
}
