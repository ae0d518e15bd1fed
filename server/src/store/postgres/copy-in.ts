/**
 * COPY … FROM STDIN of rows that are at hand as one text: the statement, the rows and their end leave together, so that it costs
 * one round trip. (A server that refuses the statement drops the rows that follow: PostgreSQL protocol, "COPY Operations".)
 * It refuses to know what the rows hold.
 */
import type { Connection, Submittable } from "pg";

/** What a pg connection offers for COPY, beyond its published types. */
interface CopyConnection extends Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

export class CopyIn implements Submittable {
  readonly text: string;
  /** Called once; pg may wrap it to keep time. */
  callback: (error?: Error) => void;
  private readonly chunk: Buffer;
  private done = false;

  constructor(text: string, rows: string, callback: (error?: Error) => void) {
    this.text = text;
    this.chunk = Buffer.from(rows, "utf8");
    this.callback = callback;
  }

  submit(connection: Connection): void {
    connection.query(this.text);
    (connection as CopyConnection).sendCopyFromChunk(this.chunk);
    (connection as CopyConnection).endCopyFrom();
  }

  handleCopyInResponse(): void {}
  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.finish();
  }

  handleError(error: Error): void {
    this.finish(error);
  }

  private finish(error?: Error): void {
    if (this.done) return;
    this.done = true;
    this.callback(error);
  }
}

const special = /[\\\t\n\r]/;
const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** A text as a field of COPY's text format. */
export const copyText = (text: string): string =>
  special.test(text) ? text.replace(/[\\\t\n\r]/g, (character) => escapes[character]!) : text;

/** Bytes as a field of COPY's text format. */
export const copyBytes = (bytes: Uint8Array): string =>
  `\\\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex")}`;

/** An absent value. */
export const copyNull = "\\N";
