/**
 * What is made of the texts of some slots, kept by their bytes: few actors and callers cause most events of a log.
 */
import type { EventBytes } from "../../../store/contract/walks.ts";
import { slotText } from "./slots.ts";

const mostKnown = 4_000;

/** A function that returns what `make` returns for the texts of the slots at these places; an absent slot has an empty text. */
export function knownBySlots<T>(
  places: readonly number[],
  make: (...texts: string[]) => T,
): (events: EventBytes) => T {
  const known = new Map<string, T>();
  return (events) => {
    let key = "";
    // one character for each byte, because decoding UTF-8 costs more; canonical JSON has no line feeds
    for (const place of places) key += `${slotText(events, place, "latin1")}\n`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(...places.map((place) => slotText(events, place)));
    if (known.size >= mostKnown) known.clear();
    known.set(key, made);
    return made;
  };
}
