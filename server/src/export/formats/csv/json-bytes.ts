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
const hexDigits: Buffer = Buffer.from("0123456789abcdef", "latin1");

/** What stops copying within a text: 1 for a quote, 2 for what can't be copied. */
const stopsText = (isPlain: boolean): Uint8Array => {
  const stops = new Uint8Array(256);
  stops[quote] = 1;
  stops[backslash] = 2;
  if (!isPlain) stops[apostrophe] = 2;
  return stops;
};

export class JsonBytes {
  /** Where the next byte goes in the piece. */
  at = 0;
  #bytes: Buffer = Buffer.alloc(0);
  #piece: Piece | undefined;
  #room = 0;
  readonly #isPlain: boolean;
  readonly #stops: Uint8Array;

  /** Plain JSON has `""` for each quote, because the cell is quoted; the other form has `'`. */
  constructor(data: "quotes" | "json") {
    this.#isPlain = data === "json";
    this.#stops = stopsText(this.#isPlain);
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
    piece.at = this.at;
    piece.room(this.#room + more);
    this.#bytes = piece.bytes;
  }

  /** Copies the JSON between two places; false if that is impossible. */
  copy(source: Buffer, from: number, to: number): boolean {
    const [bytes, stops] = [this.#bytes, this.#stops];
    let { at } = this;
    for (let i = from; i < to; i++) {
      const byte = source[i]!;
      if (stops[byte] === 0) bytes[at++] = byte;
      else if (byte === quote) at = this.#quote(at);
      else return false;
    }
    this.at = at;
    return true;
  }

  /** Copies the member that begins here; returns the place of the comma after it, or `to`; -1 if that is impossible. */
  copyMember(source: Buffer, from: number, to: number): number {
    const end = memberEnd(source, from, to);
    return this.copy(source, from, end) ? end : -1;
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

  put(text: Buffer): void {
    this.#bytes.set(text, this.at);
    this.at += text.length;
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

  #quote(at: number): number {
    const bytes = this.#bytes;
    bytes[at] = this.#isPlain ? quote : apostrophe;
    if (!this.#isPlain) return at + 1;
    bytes[at + 1] = quote;
    return at + 2;
  }
}

/** The end of the member that begins here, in JSON without a backslash: the comma after it, or `to`. */
function memberEnd(source: Buffer, from: number, to: number): number {
  let depth = 0;
  let isText = false;
  for (let i = from; i < to; i++) {
    const byte = source[i]!;
    if (byte === quote) isText = !isText;
    else if (isText) continue;
    else if (byte === comma && depth === 0) return i;
    else if (byte === brace || byte === bracket) depth++;
    else if (byte === braceEnd || byte === bracketEnd) depth--;
  }
  return to;
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
