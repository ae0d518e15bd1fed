/** The bytes of a body as they arrive, in one piece of memory: parts of a few bytes each would take many times their length. */

/** The first memory of a body of unknown length. */
const firstBytes = 16 * 1024;

export class ArrivingBody {
  #memory: Buffer;
  #length = 0;

  /** `length`, if it is known; no more bytes than `most` are added. */
  constructor(length: number | undefined, most: number) {
    // memory that isn't written to yet costs nothing
    this.#memory = Buffer.allocUnsafe(length ?? Math.min(firstBytes, most));
  }

  get length(): number {
    return this.#length;
  }

  add(part: Uint8Array): void {
    const length = this.#length + part.length;
    if (length > this.#memory.length) this.#grow(length);
    this.#memory.set(part, this.#length);
    this.#length = length;
  }

  /** All bytes. */
  whole(): Buffer {
    return this.#memory.subarray(0, this.#length);
  }

  #grow(length: number): void {
    const larger = Buffer.allocUnsafe(Math.max(length, 2 * this.#memory.length));
    larger.set(this.#memory.subarray(0, this.#length));
    this.#memory = larger;
  }
}
