/** The bytes of COPY … TO STDOUT (FORMAT binary) in memory that is used again, up to a limit. */
import type { CopyTarget } from "./copy-out.ts";

/** The signature, no flags, and no extension of the header. */
const headerBytes = 19;
const firstBytes = 64 * 1024;

/**
 * Takes rows until it has `mostBytes`, and drops the others: memory has a limit, however large rows are. A row is never cut, because
 * PostgreSQL sends each in a message of its own.
 */
export class CopiedBytes implements CopyTarget {
  /** Where the first row starts. */
  readonly start: number = headerBytes;
  /** Whether rows were dropped. */
  isCut = false;
  #bytes = Buffer.allocUnsafeSlow(firstBytes);
  #end = 0;
  readonly #mostBytes: number;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  get bytes(): Buffer {
    return this.#bytes;
  }

  get end(): number {
    return this.#end;
  }

  /** Forgets everything, for the next statement. */
  clear(): void {
    this.#end = 0;
    this.isCut = false;
  }

  take(bytes: Uint8Array): void {
    if (this.#end >= this.#mostBytes) {
      // all but the trailer is a row
      this.isCut ||= bytes.length > 2;
      return;
    }
    const end = this.#end + bytes.length;
    if (end > this.#bytes.length) this.#grow(end);
    this.#bytes.set(bytes, this.#end);
    this.#end = end;
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(
      Math.max(needed, Math.min(2 * this.#bytes.length, this.#mostBytes)),
    );
    larger.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = larger;
  }
}
