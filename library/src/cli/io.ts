/**
 * The environment of a command: streams, variables, and the signal that ends it. Data goes to stdout, everything else to stderr. If the
 * reader of stdout goes away (`| head`), the command ends without an error.
 */
import { forTerminal } from "../shown/index.ts";

/** The streams and variables of a command's process. */
export interface Io {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean | undefined };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean | undefined };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts at Ctrl-C. */
  readonly signal: AbortSignal;
}

/** The reader of stdout went away: the command ends, without an error. */
export class ReaderGone extends Error {}

/** The command ends because of Ctrl-C. */
export class Interrupted extends Error {}

/** The environment that a command uses. */
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
    // a closed stderr is no reason to stop
    io.stderr.on("error", () => undefined);
    if (io.signal.aborted) this.#controller.abort(io.signal.reason);
    io.signal.addEventListener("abort", () => this.#controller.abort(io.signal.reason), { once: true });
  }

  /** Aborts when the command must stop: at Ctrl-C, or when the reader of stdout has gone away. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Writes data, and waits while the reader is slow. Throws ReaderGone if the reader has gone away. */
  async data(chunk: string | Uint8Array): Promise<void> {
    if (this.#gone) throw this.#gone;
    await new Promise<void>((resolve, reject) => {
      this.#io.stdout.write(chunk as string, (error) => {
        if (!error) resolve();
        else reject((error as NodeJS.ErrnoException).code === "EPIPE" ? new ReaderGone() : error);
      });
    });
  }

  /** A value as JSON on one line. On a terminal, escapes protect the terminal; elsewhere, programs get the exact bytes. */
  json(value: unknown): Promise<void> {
    const text = JSON.stringify(value);
    return this.line(this.isTerminal ? forTerminal(text) : text);
  }

  /** Whether stdout is a terminal. */
  get isTerminal(): boolean {
    return this.#io.stdout.isTTY === true;
  }

  /** Writes a line of data. */
  line(text: string): Promise<void> {
    return this.data(`${text}\n`);
  }

  /** Writes a line of progress or an error. */
  notice(text: string): void {
    this.#io.stderr.write(`${text}\n`);
  }

  /** Writes progress that overwrites itself on a terminal; elsewhere it writes nothing. */
  progress(text: string): void {
    if (this.#io.stderr.isTTY) this.#io.stderr.write(`\r\u001b[K${text}`);
  }

  /** Ends the line of progress. */
  endProgress(): void {
    if (this.#io.stderr.isTTY) this.#io.stderr.write("\r\u001b[K");
  }
}
