/**
 * A gate before something of which there are only a few, such as connections: those who find none wait, in turn by key. How many wait, and
 * how long, is limited.
 */
import { FairRoom } from "./fair-room.ts";
import { TimedQueue } from "./timed-queue.ts";

/** The limits of a gate. */
export interface GateLimits {
  /** How many can be inside. */
  readonly places: number;
  /** How many can wait; keys share it. */
  readonly mostWaiting: number;
  /** How long each can wait, in milliseconds. */
  readonly waitMs: number;
  /** Milliseconds; default: the process's monotonic clock. */
  readonly now?: () => number;
  /** The error for those who can't wait, and for those who waited too long. */
  readonly refusal: (why: "full" | "late") => Error;
}

interface Waiting {
  readonly until: number;
  readonly enter: () => void;
  readonly fail: (error: Error) => void;
}

export class Gate {
  readonly #limits: GateLimits;
  readonly #now: () => number;
  readonly #room: FairRoom<number>;
  readonly #waiting: TimedQueue<number, Waiting>;
  #free: number;

  constructor(limits: GateLimits) {
    const { places, mostWaiting, refusal, now = () => performance.now() } = limits;
    this.#limits = limits;
    this.#now = now;
    this.#free = places;
    this.#room = new FairRoom(mostWaiting);
    this.#waiting = new TimedQueue(() => 1, { now, late: ({ fail }) => fail(refusal("late")) });
  }

  /** The number of those who wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Enters; undefined if there is a place now. Throws or rejects with `refusal`. Everyone who has entered calls `leave`. */
  enter(key: number): Promise<void> | undefined {
    if (this.#free > 0) {
      this.#free--;
      return undefined;
    }
    if (!this.#room.has(key, 1)) throw this.#limits.refusal("full");
    this.#room.take(key, 1);
    const until = this.#now() + this.#limits.waitMs;
    const entered = new Promise<void>((enter, fail) => this.#waiting.add(key, { until, enter, fail }));
    return entered.finally(() => this.#room.give(key, 1));
  }

  /** Leaves: the place goes directly to one that waits, so that new ones can't overtake. */
  leave(): void {
    const next = this.#waiting.take();
    if (next === undefined) this.#free++;
    else next.enter();
  }
}
