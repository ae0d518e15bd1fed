/** The waiting requests and running groups of one placement, which neither mix with those of another placement nor wait for them. */
import type { LogLimits } from "./limits.ts";
import type { Submission, Verdict } from "./prepared.ts";

/** A waiting submission, with the functions that settle it. */
export interface WaitingRequest {
  readonly submission: Submission;
  readonly bytes: number;
  readonly settle: (verdict: Verdict) => void;
  readonly fail: (error: unknown) => void;
}

/** The limits of a group, and the function that runs one: `run` settles or fails everything in its group, and never rejects. */
export interface Grouping {
  readonly run: (group: readonly WaitingRequest[]) => Promise<void>;
  readonly limits: LogLimits;
}

export class PlacementQueue {
  readonly #grouping: Grouping;
  #waiting: WaitingRequest[] = [];
  #running = 0;
  #scheduled = false;

  constructor(grouping: Grouping) {
    this.#grouping = grouping;
  }

  /** The number of running groups. */
  get running(): number {
    return this.#running;
  }

  add(waiting: WaitingRequest): void {
    this.#waiting.push(waiting);
    this.#schedule();
  }

  /** Starts a group after everything that has arrived by now has been read. */
  #schedule(): void {
    if (this.#scheduled || this.#running >= this.#grouping.limits.groupsInFlight) return;
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
    void this.#grouping.run(group).finally(() => {
      this.#running--;
      if (this.#waiting.length > 0) this.#schedule();
    });
    if (this.#waiting.length > 0) this.#schedule();
  }

  /** How many of the waiting requests go together: at least one. */
  #groupLength(): number {
    const { groupEvents, groupBytes } = this.#grouping.limits;
    let events = 0;
    let bytes = 0;
    let length = 0;
    for (const waiting of this.#waiting) {
      events += waiting.submission.events.length;
      bytes += waiting.bytes;
      if (length > 0 && (events > groupEvents || bytes > groupBytes)) break;
      length++;
    }
    return length;
  }
}
