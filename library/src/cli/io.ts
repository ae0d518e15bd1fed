/**
 * What a command has to do with the world: streams, environment, and the signal that ends it. Data goes to stdout,
 * everything else to stderr. A reader that goes away (`| head`) ends the command without a complaint.
 */
import { forTerminal } from "../shown/index.ts";

/** The streams and the environment that a command runs in. */
export interface Io {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean | undefined };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean | undefined };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts at Ctrl-C. */
  readonly signal: AbortSignal;
}

/** The reader of stdout went away: nothing is left to do, and nothing is wrong. */
export class ReaderGone extends Error {}

/** Ctrl-C. */
export class Interrupted extends Error {}

/** A command's own side of the world. */
export class Output {
  readonly #io: Io;
  readonly #controller = new AbortController();
  #gone: unknown;

  constructor(io: Io) {
    this.#io = io;
    io.stdout.on("error", (error: NodeJS.ErrnoException) => {
      this.#gone = error.code === "EPIPE" ? new ReaderGone() : error;
      this.#controller.abort(this.#gone);
    });
    // stderr that is closed is nothing to stop for
    io.stderr.on("error", () => undefined);
    if (io.signal.aborted) this.#controller.abort(io.signal.reason);
    io.signal.addEventListener("abort", () => this.#controller.abort(io.signal.reason), { once: true });
  }

  /** Aborts when the command is to stop: at Ctrl-C, or when the reader of stdout has gone. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Writes data, and waits while the reader is slow. Throws ReaderGone when it has gone. */
  async data(chunk: string | Uint8Array): Promise<void> {
    if (this.#gone) throw this.#gone;
    await new Promise<void>((resolve, reject) => {
      this.#io.stdout.write(chunk as string, (error) => {
        if (!error) resolve();
        else reject((error as NodeJS.ErrnoException).code === "EPIPE" ? new ReaderGone() : error);
      });
    });
  }

  /** A value as JSON on a line: on a terminal nothing in it steers it, elsewhere byte for byte what programs get. */
  json(value: unknown): Promise<void> {
    const text = JSON.stringify(value);
    return this.line(this.isTerminal ? forTerminal(text) : text);
  }

  /** Whether a person reads the data as it is written. */
  get isTerminal(): boolean {
    return this.#io.stdout.isTTY === true;
  }

  /** A line of data. */
  line(text: string): Promise<void> {
    return this.data(`${text}\n`);
  }

  /** A line of a command's progress, or of what went wrong. */
  say(text: string): void {
    this.#io.stderr.write(`${text}\n`);
  }

  /** Progress that overwrites itself on a terminal; elsewhere it is left out. */
  progress(text: string): void {
    if (this.#io.stderr.isTTY) this.#io.stderr.write(`\r\u001b[K${text}`);
  }

  /** Ends the line of progress. */
  endProgress(): void {
    if (this.#io.stderr.isTTY) this.#io.stderr.write("\r\u001b[K");
  }
}
