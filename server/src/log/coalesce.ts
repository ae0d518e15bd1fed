/**
 * Groups requests: if no transaction runs, a request starts one immediately; while transactions run, requests collect, and go together when
 * one ends. The queue is limited by events and bytes.
 */
import { DaybookError } from "daybook/internal";
import type { LogLimits } from "./limits.ts";
import type { Submission, Verdict } from "./prepared.ts";

/** A waiting submission, with the functions that settle it. */
export interface WaitingRequest {
  readonly submission: Submission;
  readonly bytes: number;
  readonly settle: (verdict: Verdict) => void;
  readonly fail: (error: unknown) => void;
}

/** Space in the queue, reserved before any work for a request, and released with its response. */
export interface QueueSpace {
  readonly events: number;
  readonly bytes: number;
}

/** The present state, for metrics. */
export interface Load {
  /** Events and bytes that wait or run. */
  readonly events: number;
  readonly bytes: number;
  /** Running transactions. */
  readonly groups: number;
}

/** The queue, and the running groups. `run` settles or fails everything in its group, and never rejects. */
export class Coalescer {
  readonly #run: (group: readonly WaitingRequest[]) => Promise<void>;
  readonly #limits: LogLimits;
  #waiting: WaitingRequest[] = [];
  #events = 0;
  #bytes = 0;
  #running = 0;
  #scheduled = false;

  constructor(run: (group: readonly WaitingRequest[]) => Promise<void>, limits: LogLimits) {
    this.#run = run;
    this.#limits = limits;
  }

  get load(): Load {
    return { events: this.#events, bytes: this.#bytes, groups: this.#running };
  }

  /** Reserves space for a request; throws `overloaded` if there is none. Any request fits into an empty queue. */
  enter(space: QueueSpace): void {
    const { queuedEvents, queuedBytes } = this.#limits;
    const full = this.#events + space.events > queuedEvents || this.#bytes + space.bytes > queuedBytes;
    if (full && this.#events > 0) throw new DaybookError("overloaded", { retryAfter: 1 });
    this.#events += space.events;
    this.#bytes += space.bytes;
  }

  /** Releases what `enter` reserved. */
  leave(space: QueueSpace): void {
    this.#events -= space.events;
    this.#bytes -= space.bytes;
  }

  /** Queues a submission; resolves with its verdict, and rejects if its group failed. */
  submit(submission: Submission, bytes: number): Promise<Verdict> {
    return new Promise((settle, fail) => {
      this.#waiting.push({ submission, bytes, settle, fail });
      this.#schedule();
    });
  }

  /** Starts a group after everything that has arrived by now has been read. */
  #schedule(): void {
    if (this.#scheduled || this.#running >= this.#limits.groupsInFlight) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#start();
    });
  }

  #start(): void {
    if (this.#waiting.length === 0) return;
    const group = this.#waiting.splice(0, this.#groupLength());
    this.#running++;
    void this.#run(group).finally(() => {
      this.#running--;
      if (this.#waiting.length > 0) this.#schedule();
    });
    if (this.#waiting.length > 0) this.#schedule();
  }

  /** The number of waiting submissions that go together: at least one. */
  #groupLength(): number {
    let events = 0;
    let bytes = 0;
    let length = 0;
    for (const waiting of this.#waiting) {
      events += waiting.submission.events.length;
      bytes += waiting.bytes;
      if (length > 0 && (events > this.#limits.groupEvents || bytes > this.#limits.groupBytes)) break;
      length++;
    }
    return length;
  }
}
