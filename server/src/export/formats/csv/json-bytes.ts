/**
 * Writes the parts of DATA into a piece: copies canonical JSON with other signs for its quotes, if it has no backslash, so that each quote
 * delimits a string, and in the single-quoted form no apostrophe.
 */
import type { Piece } from "../piece.ts";
import { singleQuoted } from "./data-text.ts";
import { type TimeBytes, timeLength } from "./time-bytes.ts";

const quote = 0x22;
const apostrophe = 0x27;
const comma = 0x2c;
const backslash = 0x5c;
const bracket = 0x5b;
const bracketEnd = 0x5d;
const brace = 0x7b;
const braceEnd = 0x7d;
const zero = 0x30;
const dash = 0x2d;
/** Up to this length, a loop is faster than a call into the engine. */
const shortText = 24;
const hexDigits: Buffer = Buffer.from("0123456789abcdef", "latin1");

/** Copied as it is, the quote, what can't be copied, and what ends or nests values outside of texts. */
const plain = 0;
const isQuote = 1;
const impossible = 2;
const structure = 3;

/** What each byte is. */
function kindsOf(isPlain: boolean, ...structural: readonly number[]): Uint8Array {
  const kinds = new Uint8Array(256);
  kinds[quote] = isQuote;
  kinds[backslash] = impossible;
  if (!isPlain) kinds[apostrophe] = impossible;
  for (const byte of structural) kinds[byte] = structure;
  return kinds;
}

export class JsonBytes {
  /** Where the next byte goes in the piece. */
  at = 0;
  #bytes: Buffer = Buffer.alloc(0);
  #piece: Piece | undefined;
  #room = 0;
  readonly #isPlain: boolean;
  readonly #kinds: Uint8Array;
  readonly #kindsInMembers: Uint8Array;

  /** Plain JSON has `""` for each quote, because the cell is quoted; the other form has `'`. */
  constructor(data: "quotes" | "json") {
    this.#isPlain = data === "json";
    this.#kinds = kindsOf(this.#isPlain);
    this.#kindsInMembers = kindsOf(this.#isPlain, comma, brace, braceEnd, bracket, bracketEnd);
  }

  /** The bytes of any JSON, or of a part of it that begins and ends outside of strings or with one of their quotes. */
  readonly quoted = (json: string): Buffer =>
    Buffer.from(this.#isPlain ? json.replaceAll('"', '""') : singleQuoted(json), "utf8");

  /** At most how many bytes JSON of that many bytes takes when it is copied. */
  mostBytes(jsonBytes: number): number {
    return this.#isPlain ? 2 * jsonBytes : jsonBytes;
  }

  /** Begins at the end of a piece, with room for that many bytes. */
  begin(piece: Piece, room: number): void {
    this.#piece = piece;
    this.#room = room;
    this.at = piece.at;
    this.makeRoom(0);
  }

  /** Makes room for more than that of `begin`. */
  makeRoom(more: number): void {
    const piece = this.#piece!;
    // it may be written much later, after room was made for something else
    this.#room += more;
    piece.at = this.at;
    piece.room(this.#room);
    this.#bytes = piece.bytes;
  }

  /** Copies the JSON between two places; false if that is impossible. */
  copy(source: Buffer, from: number, to: number): boolean {
    const [bytes, kinds] = [this.#bytes, this.#kinds];
    let { at } = this;
    for (let i = from; i < to; i++) {
      const byte = source[i]!;
      const kind = kinds[byte];
      if (kind === plain) bytes[at++] = byte;
      else if (kind === isQuote) at = this.#quoteAt(at);
      else return false;
    }
    this.at = at;
    return true;
  }

  /** Copies the member that begins here; returns the place of the comma after it, or `to`; -1 if that is impossible. */
  copyMember(source: Buffer, from: number, to: number): number {
    const [bytes, kinds] = [this.#bytes, this.#kindsInMembers];
    let { at } = this;
    let depth = 0;
    let isText = false;
    let i = from;
    for (; i < to; i++) {
      const byte = source[i]!;
      const kind = kinds[byte];
      if (kind === isQuote) {
        isText = !isText;
        at = this.#quoteAt(at);
        continue;
      }
      if (kind === impossible) return -1;
      if (kind === structure && !isText) {
        if (byte === comma && depth === 0) break;
        depth += byte === brace || byte === bracket ? 1 : byte === comma ? 0 : -1;
      }
      bytes[at++] = byte;
    }
    this.at = at;
    return i;
  }

  /** Writes JSON that can't be copied. */
  text(json: string): void {
    this.putMore(this.quoted(json));
  }

  /** Writes bytes for which `begin` made no room. */
  putMore(bytes: Buffer): void {
    this.makeRoom(bytes.length);
    this.put(bytes);
  }

  /** Writes the sign for a quote. */
  quote(): void {
    this.at = this.#quoteAt(this.at);
  }

  put(text: Buffer): void {
    const { length } = text;
    if (length > shortText) this.#bytes.set(text, this.at);
    else for (let i = 0; i < length; i++) this.#bytes[this.at + i] = text[i]!;
    this.at += length;
  }

  /** Copies bytes as they are. */
  raw(source: Buffer, from: number, to: number): void {
    const bytes = this.#bytes;
    let { at } = this;
    for (let i = from; i < to; i++) bytes[at++] = source[i]!;
    this.at = at;
  }

  time(writer: TimeBytes, micros: number): void {
    writer.write(this.#bytes, this.at, micros);
    this.at += timeLength;
  }

  /** Writes the UUID of 16 bytes. */
  uuid(source: Buffer, from: number): void {
    const bytes = this.#bytes;
    let { at } = this;
    for (let i = 0; i < 16; i++) {
      if (i === 4 || i === 6 || i === 8 || i === 10) bytes[at++] = dash;
      const byte = source[from + i]!;
      bytes[at++] = hexDigits[byte >> 4]!;
      bytes[at++] = hexDigits[byte & 15]!;
    }
    this.at = at;
  }

  /** Writes a whole number from 0. */
  whole(value: number): void {
    let digits = 1;
    for (let power = 10; power <= value; power *= 10) digits++;
    let rest = value;
    for (let at = this.at + digits - 1; at >= this.at; at--) {
      const tenth = Math.floor(rest / 10);
      this.#bytes[at] = zero + rest - 10 * tenth;
      rest = tenth;
    }
    this.at += digits;
  }

  #quoteAt(at: number): number {
    const bytes = this.#bytes;
    bytes[at] = this.#isPlain ? quote : apostrophe;
    if (!this.#isPlain) return at + 1;
    bytes[at + 1] = quote;
    return at + 2;
  }
}

/** Whether the name of the member that begins here comes before this name, which is ASCII. */
export function isBefore(source: Buffer, member: number, name: Buffer): boolean {
  for (let i = 0; ; i++) {
    const byte = source[member + 1 + i]!;
    if (byte === quote) return i < name.length;
    if (i === name.length) return false;
    if (byte !== name[i]) return byte < name[i]!;
  }
}

/** Whether a member begins here that has this name. */
export const isNamed = (source: Buffer, member: number, name: Buffer): boolean =>
  source[member + 1 + name.length] === quote &&
  name.compare(source, member + 1, member + 1 + name.length) === 0;
