/** What is made of the texts of some slots, kept by their bytes: few actors and callers cause most events of a log. */
import type { EventBytes } from "../../../store/contract/walks.ts";
import { slotText } from "./slots.ts";

/** When so many are kept, or texts of so many bytes, all are forgotten. */
const mostKnown = 4_000;
const mostBytes = 1_000_000;
/** Odd, so that no two values of the hash become one. */
const multiplier = 0x9e3779b1;

interface KnownTexts<T> {
  /** The texts, one after the other, and where each ends. */
  readonly texts: Buffer;
  readonly ends: readonly number[];
  readonly made: T;
}

/** Keeps what `make` returns for the texts of the slots at these places; an absent slot has an empty text. */
export class KnownBySlots<T> {
  readonly #places: readonly number[];
  readonly #make: (...texts: string[]) => T;
  /** By the hash of the texts. */
  readonly #known = new Map<number, KnownTexts<T>>();
  #bytes = 0;

  constructor(places: readonly number[], make: (...texts: string[]) => T) {
    this.#places = places;
    this.#make = make;
  }

  /** Of the current event. */
  of(events: EventBytes): T {
    const hash = this.#hashOf(events);
    const known = this.#known.get(hash);
    if (known !== undefined && this.#isOf(events, known)) return known.made;
    const texts = this.#places.map((place) => slotText(events, place));
    const made = this.#make(...texts);
    this.#keep(hash, texts, made);
    return made;
  }

  #keep(hash: number, texts: readonly string[], made: T): void {
    const bytes = texts.map((text) => Buffer.from(text, "utf8"));
    let end = 0;
    const ends = bytes.map(({ length }) => {
      end += length;
      return end;
    });
    if (this.#known.size >= mostKnown || this.#bytes + end > mostBytes) {
      this.#known.clear();
      this.#bytes = 0;
    }
    this.#bytes += end;
    this.#known.set(hash, { texts: Buffer.concat(bytes), ends, made });
  }

  #hashOf({ bytes, slots }: EventBytes): number {
    let hash = 0;
    for (const place of this.#places) {
      const end = slots[place + 1]!;
      let at = slots[place]!;
      // four at a time, because each step waits for the one before
      for (; at + 4 <= end; at += 4) {
        const four = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
        hash = Math.imul(hash ^ four, multiplier);
        hash ^= hash >>> 15;
      }
      for (; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, multiplier);
    }
    return hash;
  }

  #isOf({ bytes, slots }: EventBytes, { texts, ends }: KnownTexts<T>): boolean {
    let at = 0;
    for (let n = 0; n < ends.length; n++) {
      const place = this.#places[n]!;
      const [start, end] = [slots[place]!, slots[place + 1]!];
      if (at + end - start !== ends[n]) return false;
      for (let i = start; i < end; i++) if (bytes[i] !== texts[at++]) return false;
    }
    return true;
  }
}
