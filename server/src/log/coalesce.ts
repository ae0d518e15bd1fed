/**
 * Natural coalescing: when nothing runs a request goes at once; while transactions run, requests collect, and go together
 * when one has ended. The queue is bounded by events and by bytes. Knows nothing of what a group does.
 */
import { DaybookError } from "daybook/internal";
import type { LogLimits } from "./limits.ts";
import type { Submission, Verdict } from "./prepared.ts";

/** A submission that waits, and how to answer it. */
export interface WaitingRequest {
  readonly submission: Submission;
  readonly bytes: number;
  readonly settle: (verdict: Verdict) => void;
  readonly fail: (error: unknown) => void;
}

/** Room in the queue, taken before any work is done for a request, and given back when it is answered. */
export interface QueueSpace {
  readonly events: number;
  readonly bytes: number;
}

/** What is going on, for metrics. */
export interface Load {
  /** Events and bytes that wait or run. */
  readonly events: number;
  readonly bytes: number;
  /** Transactions that run. */
  readonly groups: number;
}

/** The queue, and the groups that run. `run` settles or fails everything in its group, and never rejects. */
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

  /** Takes room for a request; throws `overloaded` where there is none. A request always fits into an empty queue. */
  enter(space: QueueSpace): void {
    const { queuedEvents, queuedBytes } = this.#limits;
    const full = this.#events + space.events > queuedEvents || this.#bytes + space.bytes > queuedBytes;
    if (full && this.#events > 0) throw new DaybookError("overloaded", { retryAfter: 1 });
    this.#events += space.events;
    this.#bytes += space.bytes;
  }

  /** Gives back what `enter` took. */
  leave(space: QueueSpace): void {
    this.#events -= space.events;
    this.#bytes -= space.bytes;
  }

  /** Queues a submission; resolves with its verdict, rejects where its group failed. */
  submit(submission: Submission, bytes: number): Promise<Verdict> {
    return new Promise((settle, fail) => {
      this.#waiting.push({ submission, bytes, settle, fail });
      this.#schedule();
    });
  }

  /** Starts a group once everything that has come in by now has been read. */
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

  /** How many of those that wait go together: at least one. */
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
