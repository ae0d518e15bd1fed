/** Refusals that were noted and are not told yet: counted by subject, in bounded memory. Knows nothing of the store. */
import type { EventInput } from "daybook/internal";

/** One subject's, in one log. */
export interface CountedDenial {
  readonly organizationId: number;
  readonly subject: string;
  /** The newest one's, without its count. */
  readonly event: EventInput;
  readonly count: number;
}

const keyOf = ({ organizationId, subject }: Pick<CountedDenial, "organizationId" | "subject">): string =>
  `${organizationId} ${subject}`;

export class Counts {
  readonly #most: number;
  #counted = new Map<string, CountedDenial>();
  /** How many were passed over, because there were too many subjects. */
  passedOver = 0;

  /** `most`: how many subjects are kept at a time. */
  constructor(most: number) {
    this.#most = most;
  }

  add(more: CountedDenial): void {
    const key = keyOf(more);
    const known = this.#counted.get(key);
    if (known === undefined && this.#counted.size >= this.#most) this.passedOver += more.count;
    else this.#counted.set(key, { ...more, count: more.count + (known?.count ?? 0) });
  }

  /** Takes all of them out. */
  take(): CountedDenial[] {
    const all = [...this.#counted.values()];
    this.#counted = new Map();
    return all;
  }

  /** Puts back what could not be told; the event of a newer one stays. */
  putBack(all: readonly CountedDenial[]): void {
    const newer = this.take();
    for (const each of [...all, ...newer]) this.add(each);
  }
}
