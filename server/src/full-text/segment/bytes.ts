/**
 * Writing and reading the bytes of a segment: numbers as varints (LEB128), and texts as the bytes that they are. A text here has one character
 * for each byte of its UTF-8 form, so that it sorts as its bytes do.
 */

const firstBytes = 8 * 1024;

export class ByteWriter {
  #bytes = Buffer.allocUnsafe(firstBytes);
  #at = 0;

  get length(): number {
    return this.#at;
  }

  /** A whole number from 0 to 2^53 - 1. */
  number(value: number): void {
    this.#room(8);
    let left = value;
    while (left > 0x7f) {
      this.#bytes[this.#at++] = (left % 0x80) | 0x80;
      left = left < 0x80000000 ? left >>> 7 : Math.floor(left / 0x80);
    }
    this.#bytes[this.#at++] = left;
  }

  /** Characters 0 to 255, from `start` on. */
  text(text: string, start: number): void {
    this.#room(text.length - start);
    for (let at = start; at < text.length; at++) this.#bytes[this.#at++] = text.charCodeAt(at);
  }

  bytes(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** A copy of what was written; the writer is empty after it. */
  take(): Uint8Array {
    // not a part of a larger buffer, which would be copied whole to another thread
    const taken = new Uint8Array(this.#bytes.subarray(0, this.#at));
    this.#at = 0;
    return taken;
  }

  #room(length: number): void {
    const needed = this.#at + length;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#bytes.length));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}

/** Reads what a ByteWriter wrote. Throws RangeError if the bytes end too early. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  number(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 0x80) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError("The bytes of a segment end within a number.");
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }

  text(length: number): string {
    const text = this.#bytes.toString("latin1", this.#at, this.#at + length);
    if (text.length < length) throw new RangeError("The bytes of a segment end within a text.");
    this.#at += length;
    return text;
  }

  skip(length: number): void {
    this.#at += length;
  }

  /** A view, without a copy. */
  bytes(length: number): Buffer {
    const bytes = this.#bytes.subarray(this.#at, this.#at + length);
    if (bytes.length < length) throw new RangeError("The bytes of a segment end too early.");
    this.#at += length;
    return bytes;
  }
}

const ascii = /^[\0-\x7f]*$/;

/** A text with one character for each byte of its UTF-8 form. */
export const byteText = (text: string): string =>
  ascii.test(text) ? text : Buffer.from(text, "utf8").toString("latin1");
