/**
 * Data rows as they came: a row becomes texts only when its fields are asked for. pg makes a text of each value, which costs more than
 * reading the row does if its bytes are only copied.
 */
import type { Connection } from "pg";

/** The code of DataRow, and where its fields begin: after the code and the length (PostgreSQL, "Message Formats"). */
const dataRow = 0x44;
const headerBytes = 5;

/** The message in the place of pg's. */
export class UnreadRow {
  readonly name = "dataRow";
  /** The number of fields, and each with its length, or -1 for null, before it. */
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  get fields(): (string | null)[] {
    const { bytes } = this;
    const fields: (string | null)[] = new Array(bytes.readInt16BE(0));
    let at = 2;
    for (let index = 0; index < fields.length; index++) {
      const length = bytes.readInt32BE(at);
      at += 4;
      fields[index] = length === -1 ? null : bytes.toString("utf8", at, at + length);
      if (length > 0) at += length;
    }
    return fields;
  }
}

type Take = (bytes: Buffer) => void;

/** Splits what a server sends into rows and the rest. */
class RowSplitter {
  readonly #row: Take;
  readonly #rest: Take;
  /** The start of a message that is shorter than its header. */
  #head: Buffer | undefined;
  /** A row of which not all has come, and how much has. */
  #partial: Buffer | undefined;
  #filled = 0;
  /** How much of the current message, which is no row, has not come. */
  #missing = 0;

  constructor(row: Take, rest: Take) {
    this.#row = row;
    this.#rest = rest;
  }

  take(chunk: Buffer): void {
    const bytes = this.#head === undefined ? chunk : Buffer.concat([this.#head, chunk]);
    this.#head = undefined;
    let from = this.#fill(bytes);
    if (this.#partial !== undefined) return;
    let at = from + Math.min(this.#missing, bytes.length - from);
    this.#missing -= at - from;
    while (at + headerBytes <= bytes.length) {
      const end = at + 1 + bytes.readUInt32BE(at + 1);
      const here = Math.min(end, bytes.length);
      if (bytes[at] === dataRow) {
        this.#pass(bytes, from, at);
        this.#begin(bytes.subarray(at + headerBytes, here), end - at - headerBytes);
        from = here;
      } else this.#missing = end - here;
      at = here;
    }
    if (at < bytes.length) this.#head = bytes.subarray(at);
    this.#pass(bytes, from, at);
  }

  #pass(bytes: Buffer, from: number, end: number): void {
    if (from < end) this.#rest(bytes.subarray(from, end));
  }

  #begin(bytes: Buffer, length: number): void {
    if (bytes.length === length) {
      this.#row(bytes);
      return;
    }
    this.#partial = Buffer.allocUnsafe(length);
    this.#filled = bytes.copy(this.#partial);
  }

  /** Adds to the row of which not all had come; returns how many bytes are its. */
  #fill(bytes: Buffer): number {
    const row = this.#partial;
    if (row === undefined) return 0;
    const taken = bytes.copy(row, this.#filled);
    this.#filled += taken;
    if (this.#filled === row.length) {
      this.#partial = undefined;
      this.#row(row);
    }
    return taken;
  }
}

/** The parts of a stream that pg's parser uses, and of a connection that the published types lack. */
interface Listened {
  on(event: string, listener: (bytes: Buffer) => void): unknown;
}
interface ListeningConnection extends Connection {
  attachListeners(stream: Listened): void;
}

/** Makes the rows of a connection come as `UnreadRow`. Call it before the connection is opened. */
export function leaveRowsUnread(connection: Connection): void {
  const listening = connection as ListeningConnection;
  const { attachListeners } = listening;
  listening.attachListeners = (stream) =>
    attachListeners.call(listening, {
      on: (event, listener) => {
        if (event !== "data") return stream.on(event, listener);
        const splitter = new RowSplitter(
          (bytes) => listening.emit("dataRow", new UnreadRow(bytes)),
          listener,
        );
        return stream.on(event, (chunk) => splitter.take(chunk));
      },
    });
}
