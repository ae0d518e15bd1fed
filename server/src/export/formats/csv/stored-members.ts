/** Copies the members of an event's `data` from bytes, in their order, with personal members in their places. */
import type { EventBytes } from "../../../store/contract/walks.ts";
import { DataSlot } from "./data-slot.ts";
import { isBefore, isNamed, type JsonBytes } from "./json-bytes.ts";
import { type PersonalMember, personalMembers } from "./personal-members.ts";

export const dataSlot: DataSlot = new DataSlot("data", "dataPersonal");
const none: readonly PersonalMember[] = [];
const noBytes: Buffer = Buffer.alloc(0);

export class StoredMembers {
  readonly #json: JsonBytes;
  /** Writes what stands between two members. */
  readonly #separate: () => void;
  /** What is left of `data`: the bytes that it is in, the start of a member, and the end. */
  #source: Buffer = noBytes;
  #from = 0;
  #to = 0;
  /** What is left of the personal members, which are in the bytes of the event. */
  #personal: readonly PersonalMember[] = none;
  #nextPersonal = 0;
  #personalSource: Buffer = noBytes;

  constructor(json: JsonBytes, separate: () => void) {
    this.#json = json;
    this.#separate = separate;
  }

  /** Begins with the members of the current event. */
  begin(events: EventBytes): void {
    const { bytes, slots } = events;
    this.#source = bytes;
    this.#from = slots[dataSlot.place]! + 1;
    this.#to = slots[dataSlot.place + 1]! - 1;
    this.#personal = none;
    this.#nextPersonal = 0;
    if (slots[dataSlot.place] === -1 || !dataSlot.hasPersonal(events)) return;
    const [start, end] = [slots[dataSlot.personalPlace]!, slots[dataSlot.personalPlace + 1]!];
    const found = personalMembers(bytes, start, end);
    if (found === undefined) this.#beginJoined(dataSlot.json(events));
    else {
      this.#personal = found;
      this.#personalSource = bytes;
      this.#json.makeRoom(this.#json.mostBytes(end - start));
    }
  }

  /** Copies the members that come before this name; false if that is impossible. */
  copyBefore(name: Buffer): boolean {
    return this.#copyPersonalBefore(name) && this.#copyDataBefore(name);
  }

  /** Copies the other members; false if that is impossible. */
  copyRest(): boolean {
    if (!this.#copyPersonalBefore()) return false;
    if (this.#from >= this.#to) return true;
    this.#separate();
    return this.#json.copy(this.#source, this.#from, this.#to);
  }

  #beginJoined(joined: string): void {
    this.#source = Buffer.from(joined, "utf8");
    this.#from = 1;
    this.#to = this.#source.length - 1;
    this.#json.makeRoom(this.#json.mostBytes(this.#source.length));
  }

  #copyDataBefore(name: Buffer): boolean {
    while (this.#from < this.#to && isBefore(this.#source, this.#from, name)) {
      this.#separate();
      const end = this.#json.copyMember(this.#source, this.#from, this.#to);
      if (end === -1) return false;
      this.#from = end + 1;
    }
    return true;
  }

  /** Copies personal members, and those of `data` between them; without a name, all personal ones. */
  #copyPersonalBefore(before?: Buffer): boolean {
    for (; this.#nextPersonal < this.#personal.length; this.#nextPersonal++) {
      const { name, from, to } = this.#personal[this.#nextPersonal]!;
      if (before !== undefined && name.compare(before) > 0) break;
      // a name that both have is left to the other writer, which throws
      if (!this.#copyDataBefore(name) || isNamed(this.#source, this.#from, name)) return false;
      this.#separate();
      this.#json.quote();
      if (!this.#json.copy(this.#personalSource, from, to)) return false;
    }
    return true;
  }
}
