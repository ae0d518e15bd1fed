/**
 * Rows in COPY's binary format (PostgreSQL, "COPY", "Binary Format"): the server takes the fields as they are, and no character needs an
 * escape. Fields are written in the order of the columns, each with the type of its column: the server checks only their sizes.
 */

/** The signature, no flags, and no extension of the header. */
const header = Buffer.from([...Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"), ...Buffer.alloc(8)]);
/** The end of the rows: -1 in the place of a number of fields. */
const trailerBytes = 2;
const firstBytes = 16 * 1024;
/** Microseconds from 1970 to 2000, from which PostgreSQL counts. */
const postgresEpoch = 946_684_800_000_000;
/** Up to this length, a loop is faster than a call into the engine. */
const shortText = 24;

export class CopyRows {
  #bytes = Buffer.allocUnsafe(firstBytes);
  #at = header.copy(this.#bytes);

  get isEmpty(): boolean {
    return this.#at === header.length;
  }

  /** All rows, with header and trailer. Call it once, at the end. */
  whole(): Buffer {
    this.#room(trailerBytes);
    this.#int16(-1);
    return this.#bytes.subarray(0, this.#at);
  }

  /** Begins a row with that number of fields. */
  row(fields: number): void {
    this.#room(2);
    this.#int16(fields);
  }

  nothing(): void {
    this.#room(4);
    this.#int32(-1);
  }

  bool(value: boolean): void {
    this.#field(1);
    this.#bytes[this.#at++] = value ? 1 : 0;
  }

  /** One ASCII letter, for the type "char". */
  letter(value: string): void {
    this.#field(1);
    this.#bytes[this.#at++] = value.charCodeAt(0);
  }

  smallint(value: number): void {
    this.#field(2);
    this.#int16(value);
  }

  integer(value: number): void {
    this.#field(4);
    this.#int32(value);
  }

  /** A number that is exact in a double. */
  bigint(value: bigint): void {
    this.#field(8);
    this.#int64(Number(value));
  }

  /** timestamptz, of microseconds since 1970 UTC, until the year 2255. */
  timestamp(micros: bigint): void {
    this.#field(8);
    this.#int64(Number(micros) - postgresEpoch);
  }

  /** A UUID in its usual text form. */
  uuid(text: string): void {
    this.#field(16);
    this.#at += this.#bytes.write(text.replaceAll("-", ""), this.#at, "hex");
  }

  bytea(value: Uint8Array): void {
    this.#field(value.length);
    this.#bytes.set(value, this.#at);
    this.#at += value.length;
  }

  text(value: string): void {
    // UTF-8 has at most three bytes for each UTF-16 unit
    this.#room(4 + 3 * value.length);
    const start = this.#at + 4;
    const length = this.#ascii(value, start) ?? this.#bytes.write(value, start, "utf8");
    this.#int32(length);
    this.#at += length;
  }

  /** Writes a short ASCII text, and returns its length; undefined for any other. */
  #ascii(value: string, start: number): number | undefined {
    const { length } = value;
    if (length > shortText) return undefined;
    const bytes = this.#bytes;
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      if (code > 0x7f) return undefined;
      bytes[start + i] = code;
    }
    return length;
  }

  /** Makes room for a field, and writes its length. */
  #field(length: number): void {
    this.#room(4 + length);
    this.#int32(length);
  }

  #int16(value: number): void {
    this.#bytes[this.#at++] = value >> 8;
    this.#bytes[this.#at++] = value;
  }

  #int32(value: number): void {
    const bytes = this.#bytes;
    bytes[this.#at++] = value >> 24;
    bytes[this.#at++] = value >> 16;
    bytes[this.#at++] = value >> 8;
    bytes[this.#at++] = value;
  }

  #int64(value: number): void {
    const high = Math.floor(value / 2 ** 32);
    this.#int32(high);
    this.#int32(value - high * 2 ** 32);
  }

  #room(length: number): void {
    const needed = this.#at + length + trailerBytes;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#bytes.length));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
