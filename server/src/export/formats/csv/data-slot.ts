/** A slot in the DATA of a row, read from bytes with its personal members in their places. */
import type { SlotName } from "daybook/internal";
import type { EventBytes } from "../../../store/contract/walks.ts";
import { slotJson } from "./data-text.ts";
import { placeOf, slotText } from "./slots.ts";

export class DataSlot {
  readonly place: number;
  readonly #name: SlotName;
  readonly #personalName: SlotName | undefined;
  /** -1 if the slot has no personal members. */
  readonly personalPlace: number;

  constructor(name: SlotName, personalName?: SlotName) {
    this.place = placeOf(name);
    this.#name = name;
    this.#personalName = personalName;
    this.personalPlace = personalName === undefined ? -1 : placeOf(personalName);
  }

  hasPersonal({ slots }: EventBytes): boolean {
    return this.personalPlace !== -1 && slots[this.personalPlace] !== -1;
  }

  /** The JSON of the slot of the current event, which must have one. */
  json(events: EventBytes): string {
    const json = slotText(events, this.place);
    return this.hasPersonal(events) ? this.joined(json, slotText(events, this.personalPlace)) : json;
  }

  /** This JSON of the slot with these personal members in their places. */
  joined(json: string, personal: string): string {
    const personalName = this.#personalName!;
    const slots = { [this.#name]: { json }, [personalName]: { json: personal } };
    return slotJson({ slots }, this.#name, personalName)!;
  }
}
