/** The slots that a row of the CSV is made of, and their places in events as bytes. */
import type { SlotName } from "daybook/internal";
import type { EventBytes } from "../../../store/contract/walks.ts";

export const csvSlots: readonly SlotName[] = [
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

/** The place of a slot among those of an event, which has two numbers for each. */
export const placeOf = (name: SlotName): number => 2 * csvSlots.indexOf(name);

/** The context comes last, if it is asked for. */
export const contextPlace: number = 2 * csvSlots.length;

/** The text of the slot at a place; empty if there is none. */
export const slotText = (
  { bytes, slots }: EventBytes,
  place: number,
  encoding: "utf8" | "latin1" = "utf8",
): string => (slots[place] === -1 ? "" : bytes.toString(encoding, slots[place], slots[place + 1]));
