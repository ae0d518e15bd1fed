/**
 * Turns on the one thread of the process. Work for a request of many events runs in slices. In between, everything else that is ready runs,
 * and the slices of different organizations take turns.
 */
import { FairQueue } from "./fair-queue.ts";

/** How long one slice can take, in milliseconds. */
const sliceMs = 5;
/** The bounds of the time that slices can take until everything else has its turn, in milliseconds. */
const leastMs = 10;
const mostMs = 50;

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
  /** When everything else last had its turn, and the time that slices have taken since. */
  #turned: number;
  #spent = 0;
  /** The time that slices can take until everything else has its turn again. */
  #budget = leastMs;
  #isScheduled = false;

  /** `now` in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#turned = now();
  }

  /** Begins work of an organization. Its requests are worked on one after the other, so that the first are done before the last begin. */
  begin(organizationId: number): Slices {
    let began: number | undefined;
    const spend = (): void => {
      if (began === undefined) return;
      this.#spent += Math.min(this.#now() - began, sliceMs);
      began = undefined;
      this.#schedule();
    };
    const wait = async (isFirst: boolean): Promise<void> => {
      await new Promise<void>((resolve) => {
        if (isFirst) this.#waiting.add(organizationId, resolve);
        else this.#waiting.addFirst(organizationId, resolve);
        this.#schedule();
      });
      began = this.#now();
    };
    let isFirst = true;
    return {
      next: () => {
        if (began !== undefined && this.#now() - began < sliceMs) return undefined;
        const mayBegin =
          began === undefined && this.#spent < this.#budget && !this.#waiting.has(organizationId);
        spend();
        if (mayBegin) {
          began = this.#now();
          isFirst = false;
          return undefined;
        }
        const waited = wait(isFirst);
        isFirst = false;
        this.#goOn();
        return waited;
      },
      end: () => {
        spend();
        this.#goOn();
      },
    };
  }

  /** Lets the next slice run if there is time for it. */
  #goOn(): void {
    if (this.#spent < this.#budget) this.#waiting.take()?.();
  }

  /** After everything else, slices have as much time as that took. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      const now = this.#now();
      const others = now - this.#turned - this.#spent;
      this.#turned = now;
      this.#budget = Math.min(Math.max(others, leastMs), mostMs);
      this.#spent = 0;
      this.#goOn();
      if (this.#waiting.length > 0) this.#schedule();
    });
  }
}
