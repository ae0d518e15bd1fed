/** Denied attempts that are noted but not yet recorded: counted by subject, in bounded memory. */
import type { EventInput } from "daybook/internal";

/** The count of one subject in one log. */
export interface CountedDenial {
  readonly organizationId: number;
  readonly subject: string;
  /** The newest attempt's event, without its count. */
  readonly event: EventInput;
  readonly count: number;
}

const keyOf = ({ organizationId, subject }: Pick<CountedDenial, "organizationId" | "subject">): string =>
  `${organizationId} ${subject}`;

export class Counts {
  readonly #most: number;
  #counted = new Map<string, CountedDenial>();
  /** The number of attempts that were dropped, because there were too many subjects. */
  passedOver = 0;

  /** `most`: the maximum number of subjects. */
  constructor(most: number) {
    this.#most = most;
  }

  add(more: CountedDenial): void {
    const key = keyOf(more);
    const known = this.#counted.get(key);
    if (known === undefined && this.#counted.size >= this.#most) this.passedOver += more.count;
    else this.#counted.set(key, { ...more, count: more.count + (known?.count ?? 0) });
  }

  /** Takes all counts out. */
  take(): CountedDenial[] {
    const all = [...this.#counted.values()];
    this.#counted = new Map();
    return all;
  }

  /** Puts back counts that could not be recorded; a newer attempt keeps its event. */
  putBack(all: readonly CountedDenial[]): void {
    const newer = this.take();
    for (const each of [...all, ...newer]) this.add(each);
  }
}
