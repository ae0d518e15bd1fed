/**
 * Things in numbered places, for thousands that come and go each second. A Map would do, but a Map makes a new table every so often, and the
 * old one, if it is already in the old generation, keeps young requests alive with all that they hold: recording takes a tenth more CPU.
 */
export class NumberedPlaces<T> {
  readonly #all: (T | undefined)[] = [];
  readonly #free: number[] = [];

  /** Puts a thing in a free place, and returns the place. */
  take(thing: T): number {
    const place = this.#free.pop() ?? this.#all.length;
    this.#all[place] = thing;
    return place;
  }

  /** Frees a place; does nothing if it is free. */
  leave(place: number): void {
    if (this.#all[place] === undefined) return;
    this.#all[place] = undefined;
    this.#free.push(place);
  }

  /** The number of things. */
  get size(): number {
    return this.#all.length - this.#free.length;
  }

  /** The things, in no order. */
  *values(): Generator<T> {
    for (const each of this.#all) if (each !== undefined) yield each;
  }
}
