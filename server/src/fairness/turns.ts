/**
 * Turns on the one thread of the process. Work for a request of many events runs in slices. In between, everything else that is ready runs,
 * and the slices of different organizations take turns.
 */
import { FairQueue } from "./fair-queue.ts";

/** How long one slice can take, in milliseconds. */
const sliceMs = 5;
/** How long work can begin without waiting, until everything else had its turn, in milliseconds. */
const freshMs = 20;

/** The slices of one request's work. */
export interface Slices {
  /** Resolves when the work can begin or continue; undefined if it can do so now. Call it between parts of the work. */
  next(): Promise<void> | undefined;
  /** Ends the work. */
  end(): void;
}

export class Turns {
  readonly #waiting = new FairQueue<number, () => void>(() => 1);
  readonly #now: () => number;
  /** The time that slices have taken since everything else had its turn. */
  #spent = 0;
  #isScheduled = false;

  /** `now` in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Begins work of an organization. */
  begin(organizationId: number): Slices {
    let began: number | undefined;
    const spend = (): void => {
      if (began === undefined) return;
      this.#spent += Math.min(this.#now() - began, sliceMs);
      began = undefined;
      this.#schedule();
    };
    const wait = async (): Promise<void> => {
      await new Promise<void>((resolve) => this.#waiting.add(organizationId, resolve));
      began = this.#now();
    };
    return {
      next: () => {
        if (began === undefined) {
          if (this.#spent >= freshMs || this.#waiting.has(organizationId)) return this.#queued(wait);
          began = this.#now();
        } else if (this.#now() - began >= sliceMs) {
          spend();
          return this.#queued(wait);
        }
        return undefined;
      },
      end: spend,
    };
  }

  #queued(wait: () => Promise<void>): Promise<void> {
    const waited = wait();
    this.#schedule();
    return waited;
  }

  /** One slice that waits runs each time after everything else. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#spent = 0;
      this.#waiting.take()?.();
      if (this.#waiting.length > 0) this.#schedule();
    });
  }
}
