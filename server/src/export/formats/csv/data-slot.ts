/** A slot in the DATA of a row, read from bytes with its personal members in their places. */
import type { SlotName } from "daybook/internal";
import type { EventBytes } from "../../../store/contract/walks.ts";
import { slotJson } from "./data-text.ts";
import { placeOf, slotText } from "./slots.ts";

export class DataSlot {
  readonly place: number;
  readonly #name: SlotName;
  readonly #personalName: SlotName | undefined;
  readonly #personalPlace: number;

  constructor(name: SlotName, personalName?: SlotName) {
    this.place = placeOf(name);
    this.#name = name;
    this.#personalName = personalName;
    this.#personalPlace = personalName === undefined ? -1 : placeOf(personalName);
  }

  hasPersonal({ slots }: EventBytes): boolean {
    return this.#personalPlace !== -1 && slots[this.#personalPlace] !== -1;
  }

  /** The JSON of the slot. There must be one. */
  json(events: EventBytes): string {
    const json = slotText(events, this.place);
    if (this.#personalName === undefined || !this.hasPersonal(events)) return json;
    const personal = { json: slotText(events, this.#personalPlace) };
    const slots = { [this.#name]: { json }, [this.#personalName]: personal };
    return slotJson({ slots }, this.#name, this.#personalName)!;
  }
}
