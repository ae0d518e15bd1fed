/** A fair queue whose items wait for a limited time, even if nothing is taken from it. All items wait equally long. */
import { FairQueue } from "./fair-queue.ts";

/** An item, and when it has waited too long, by the clock of the queue. */
interface Timed {
  readonly until: number;
}

interface Timing<T> {
  /** Milliseconds. */
  readonly now: () => number;
  /** Called with each item that has waited too long; it has left the queue. */
  readonly late: (item: T) => void;
}

/** How often the queue looks for items that have waited too long, in milliseconds. */
const lookMs = 250;

export class TimedQueue<K, T extends Timed> extends FairQueue<K, T> {
  readonly #timing: Timing<T>;
  #timer: NodeJS.Timeout | undefined;

  constructor(costOf: (item: T) => number, timing: Timing<T>) {
    super(costOf);
    this.#timing = timing;
  }

  override add(key: K, item: T): void {
    super.add(key, item);
    this.#timer ??= setTimeout(() => this.#look(), lookMs).unref();
  }

  #look(): void {
    const now = this.#timing.now();
    for (const item of this.removeFirst(({ until }) => until <= now)) this.#timing.late(item);
    this.#timer = this.length > 0 ? setTimeout(() => this.#look(), lookMs).unref() : undefined;
  }
}
