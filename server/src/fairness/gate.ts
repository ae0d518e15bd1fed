/**
 * A gate before something of which there are only a few, such as connections: those who find none wait, in turn by key. How many wait, and
 * how long, is limited. A shared gate keeps its last place for another key than the one that has all others, so that slow work of one key
 * doesn't hold up everyone.
 */
import { FairRoom } from "./fair-room.ts";
import { TimedQueue } from "./timed-queue.ts";

/** The limits of a gate. */
export interface GateLimits {
  /** How many can be inside. */
  readonly places: number;
  /** Whether one key leaves a place to others; default: no. */
  readonly leavesOne?: boolean;
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
  readonly key: number;
  readonly until: number;
  readonly enter: () => void;
  readonly fail: (error: Error) => void;
}

export class Gate {
  readonly #limits: GateLimits;
  readonly #now: () => number;
  readonly #room: FairRoom<number>;
  readonly #waiting: TimedQueue<number, Waiting>;
  /** The keys of those inside. */
  readonly #inside: number[] = [];

  constructor(limits: GateLimits) {
    const { mostWaiting, refusal, now = () => performance.now() } = limits;
    this.#limits = limits;
    this.#now = now;
    this.#room = new FairRoom(mostWaiting);
    this.#waiting = new TimedQueue(() => 1, { now, late: ({ fail }) => fail(refusal("late")) });
  }

  /** The number of those who wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Enters; undefined if there is a place now. Throws or rejects with `refusal`. Everyone who has entered calls `leave`. */
  enter(key: number): Promise<void> | undefined {
    if (this.#admits(key)) {
      this.#inside.push(key);
      return undefined;
    }
    if (!this.#room.has(key, 1)) throw this.#limits.refusal("full");
    this.#room.take(key, 1);
    const until = this.#now() + this.#limits.waitMs;
    const entered = new Promise<void>((enter, fail) => this.#waiting.add(key, { key, until, enter, fail }));
    return entered.finally(() => this.#room.give(key, 1));
  }

  /** Leaves: the place goes directly to one that waits, so that new ones can't overtake. */
  leave(key: number): void {
    const at = this.#inside.indexOf(key);
    const last = this.#inside.pop()!;
    if (at < this.#inside.length) this.#inside[at] = last;
    if (this.#waiting.length === 0) return;
    const next = this.#waiting.takeIf((waiting) => this.#admits(waiting));
    if (next === undefined) return;
    this.#inside.push(next.key);
    next.enter();
  }

  /** Whether there is a place for the key. There are only a few places, so that looking at each is cheap. */
  #admits(key: number): boolean {
    const free = this.#limits.places - this.#inside.length;
    if (free !== 1 || !this.#limits.leavesOne || this.#inside.length === 0) return free > 0;
    return this.#inside.some((other) => other !== key);
  }
}
