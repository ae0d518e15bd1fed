/** Batches of a follow as server-sent events (WHATWG HTML section 9.2). */
import { Readable } from "node:stream";
import { DaybookError } from "daybook/internal";
import type { FollowBatch } from "../search/index.ts";

export const streamType = "text/event-stream";
/** Messages are joined up to about this number of characters. */
const pieceLength = 64 * 1024;
/** How many bytes wait for a slow reader before the follow waits as well. */
const highWaterMark = 128 * 1024;
const retry = "retry: 1000\n\n";
const comment = ":\n\n";

interface Streaming {
  /** How long nothing happens until a comment says that the stream lives, in milliseconds. */
  readonly heartbeatMs: number;
  /** Throws when the caller loses the right to follow. */
  readonly check: () => Promise<void>;
}

/** By batch: its messages in pieces, which all who follow send as they are. */
const pieces = new WeakMap<FollowBatch, readonly Buffer[]>();

function piecesOf(batch: FollowBatch): readonly Buffer[] {
  const known = pieces.get(batch) ?? newPieces(batch);
  pieces.set(batch, known);
  return known;
}

/** One message for each event, with its position as id; only the position if there is none. */
function newPieces({ events, positions, position }: FollowBatch): Buffer[] {
  const made: Buffer[] = [];
  let text = events.length === 0 && position !== null ? `id: ${position}\n\n` : "";
  for (const [i, event] of events.entries()) {
    text += `id: ${positions[i]}\ndata: ${event}\n\n`;
    if (text.length < pieceLength) continue;
    made.push(Buffer.from(text));
    text = "";
  }
  if (text !== "") made.push(Buffer.from(text));
  return made;
}

/** Ends when the batches end, or the caller loses the right; the next request then gets the reason. */
export class EventStream extends Readable {
  readonly #batches: AsyncIterator<FollowBatch>;
  readonly #check: () => Promise<void>;
  readonly #beat: NodeJS.Timeout;
  /** Called when the reader takes more. */
  #resume: (() => void) | undefined;
  #isOver = false;

  constructor(batches: AsyncIterator<FollowBatch>, { heartbeatMs, check }: Streaming) {
    super({ highWaterMark });
    this.#batches = batches;
    this.#check = check;
    this.#beat = setTimeout(() => void this.#sendComment(), heartbeatMs);
    this.push(retry);
    this.#sendAll().then(
      () => this.#end(),
      (error: Error) => this.destroy(error),
    );
  }

  override _read(): void {
    this.#resume?.();
    this.#resume = undefined;
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#stop();
    callback(error);
  }

  async #sendAll(): Promise<void> {
    for (;;) {
      const { done, value } = await this.#batches.next();
      if (done || this.#isOver || !(await this.#mayGoOn())) return;
      for (const piece of piecesOf(value)) if (!this.push(piece)) await this.#taken();
      this.#beat.refresh();
    }
  }

  /** Resolves when the reader takes more. */
  #taken(): Promise<void> {
    return new Promise((resolve) => {
      this.#resume = resolve;
    });
  }

  async #sendComment(): Promise<void> {
    const isReading = this.#resume === undefined;
    if (isReading && !(await this.#mayGoOn())) this.#end();
    if (this.#isOver) return;
    if (isReading) this.push(comment);
    this.#beat.refresh();
  }

  /** A refusal ends the stream; any other error breaks it. */
  async #mayGoOn(): Promise<boolean> {
    try {
      await this.#check();
    } catch (error) {
      if (!(error instanceof DaybookError)) this.destroy(error as Error);
      return false;
    }
    return !this.#isOver;
  }

  #end(): void {
    if (this.#isOver) return;
    this.#stop();
    this.push(null);
  }

  #stop(): void {
    this.#isOver = true;
    clearTimeout(this.#beat);
    void this.#batches.return?.();
  }
}
