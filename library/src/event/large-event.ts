/**
 * Finds an event that is too large while its body arrives, so that the rest need not be received. It looks only for the limits of events:
 * `read-events.ts` reads the body, and refuses everything else.
 */
import { type DaybookError, refuse } from "../error/index.ts";
import { isSpace } from "./json-reader.ts";
import { limits } from "./limits.ts";
import type { EventMediaType } from "./read-events.ts";

const tooLarge = (pointer: string, more = ""): DaybookError =>
  refuse("event-too-large", {
    pointer,
    detail: `The event has more than ${limits.eventBytes.toLocaleString("en-US")} bytes, which is the limit.`,
    remedy: `Leave out what does not matter, replace large values with a digest, or send several events${more}.`,
  });

/** Looks at the parts of one body in order. */
export interface LargeEventWatch {
  /** Throws `event-too-large`, with the place of the event. */
  add(part: Uint8Array): void;
}

export const watchLargeEvents = (mediaType: EventMediaType): LargeEventWatch =>
  mediaType === "application/x-ndjson" ? new LineWatch() : new BodyWatch();

const lineFeed = 10;

/** A text without the white space around it, of which only the length is known. */
class Trimmed {
  /** Bytes from the first that isn't white space. */
  #length = 0;
  /** The white space at the end of them. */
  #blank = 0;

  add(bytes: Uint8Array, from: number, to: number): void {
    let start = from;
    if (this.#length === 0) while (start < to && isSpace(bytes[start]!)) start++;
    let end = to;
    while (end > start && isSpace(bytes[end - 1]!)) end--;
    this.#length += to - start;
    this.#blank = end > start ? to - end : this.#blank + (to - start);
  }

  get isTooLarge(): boolean {
    return this.#length - this.#blank > limits.eventBytes;
  }
}

/** NDJSON: an event is a line. */
class LineWatch implements LargeEventWatch {
  #line = 0;
  #text = new Trimmed();

  add(part: Uint8Array): void {
    for (let from = 0; from < part.length; ) {
      const found = part.indexOf(lineFeed, from);
      const to = found < 0 ? part.length : found;
      this.#text.add(part, from, to);
      if (this.#text.isTooLarge) throw tooLarge(`/${this.#line}`);
      if (found >= 0) {
        this.#line++;
        this.#text = new Trimmed();
      }
      from = to + 1;
    }
  }
}

/** The start of a body with a batch. */
const batchStart = /^[ \n\r\t]*\{[ \n\r\t]*"events"[ \n\r\t]*:[ \n\r\t]*\[/;
/** A start that long decides what the body is. */
const decidedBytes = 512;

/** JSON: the body is one event, or a batch. A body of another form is left to the reader. */
class BodyWatch implements LargeEventWatch {
  #start: Uint8Array | undefined = new Uint8Array(0);
  #watch: LargeEventWatch | undefined;

  add(part: Uint8Array): void {
    if (this.#start === undefined) {
      this.#watch?.add(part);
      return;
    }
    const start = new Uint8Array(this.#start.length + part.length);
    start.set(this.#start);
    start.set(part, this.#start.length);
    this.#start = start;
    if (start.length < decidedBytes) return;
    this.#start = undefined;
    this.#watch = this.#watchOf(
      new TextDecoder("utf-8", { ignoreBOM: true }).decode(start.subarray(0, decidedBytes)),
    );
    this.#watch?.add(start);
  }

  #watchOf(text: string): LargeEventWatch | undefined {
    if (batchStart.test(text)) return new BatchWatch();
    return /^[ \n\r\t]*\{/.test(text) ? new SingleWatch() : undefined;
  }
}

/** A body that is one event. */
class SingleWatch implements LargeEventWatch {
  readonly #text = new Trimmed();

  add(part: Uint8Array): void {
    this.#text.add(part, 0, part.length);
    if (this.#text.isTooLarge) throw tooLarge("", ' as {"events":[…]} or as NDJSON');
  }
}

/** The depth of an event in a batch: the object and the list around it are open. */
const eventDepth = 3;

/** The events of a batch, found by brackets and quotes. */
class BatchWatch implements LargeEventWatch {
  #depth = 0;
  #inString = false;
  #isEscaped = false;
  #event = 0;
  /** Bytes of the present event. */
  #length = 0;

  add(part: Uint8Array): void {
    // every byte of a large body passes here
    let [depth, length, inString, isEscaped] = [this.#depth, this.#length, this.#inString, this.#isEscaped];
    for (let at = 0; at < part.length; at++) {
      const byte = part[at];
      if (depth >= eventDepth && ++length > limits.eventBytes) throw tooLarge(`/events/${this.#event}`);
      if (inString) {
        if (isEscaped) isEscaped = false;
        else if (byte === 0x5c) isEscaped = true;
        else if (byte === 0x22) inString = false;
      } else if (byte === 0x22) inString = true;
      else if (byte === 0x7b || byte === 0x5b) {
        // its own bracket counts too
        if (++depth === eventDepth) length = 1;
      } else if (byte === 0x7d || byte === 0x5d) depth--;
      else if (byte === 0x2c && depth === eventDepth - 1) this.#event++;
    }
    this.#depth = depth;
    this.#length = length;
    this.#inString = inString;
    this.#isEscaped = isEscaped;
  }
}
