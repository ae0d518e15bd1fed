/**
 * The custom types of one organization, or of the service, in the memory of one process. A version never changes, so what is known stays
 * true; only newer versions can be missing, and then only those registered since are read. Therefore, a version requested by its number is
 * always answered from memory; the newest one is answered from memory for less than a second after a read; an unknown one is read
 * immediately. At most one read runs at a time.
 */
import type { EventType } from "daybook/catalogue";
import type { CustomEventType } from "../store/contract/event-types.ts";
import { CheckedType } from "./checked-type.ts";

/** How long, in milliseconds, memory answers with the newest version, and when a background read starts. */
const freshFor = 1_000;
const renewAfter = 500;
/** The maximum number of earlier versions in memory; only repeats need them. */
const mostEarlier = 500;

export interface ShelfOptions {
  /** The newest version of each type that was registered after that registration. */
  readonly since: (after: number) => Promise<CustomEventType[]>;
  readonly one: (name: string, version: number) => Promise<CustomEventType | undefined>;
  /** A monotonic clock, in milliseconds. */
  readonly now: () => number;
}

export class Shelf {
  readonly #options: ShelfOptions;
  readonly #newest = new Map<string, CheckedType>();
  /** By `name version`. */
  readonly #earlier = new Map<string, CheckedType>();
  /** When the last complete read began, and the last registration that it saw. */
  #readAt = Number.NEGATIVE_INFINITY;
  #seen = 0;
  /** How many reads have begun, and the number of the last successful one. */
  #begun = 0;
  #done = 0;
  #reading: Promise<void> | undefined;

  constructor(options: ShelfOptions) {
    this.#options = options;
  }

  /** Whether the name belongs here, as far as this process knows. A name never moves. */
  has(name: string): boolean {
    return this.#newest.has(name);
  }

  names(): string[] {
    return [...this.#newest.keys()];
  }

  /** The newest version, or the requested one; undefined if there is none. Rejects if the store does. */
  find(name: string, version?: number): CheckedType | undefined | Promise<CheckedType | undefined> {
    const newest = this.#newest.get(name);
    if (version !== undefined) {
      const known = newest?.type.version === version ? newest : this.#earlier.get(`${name} ${version}`);
      return known ?? this.#findEarlier(name, version);
    }
    if (newest === undefined || !this.#isYounger(freshFor))
      return this.renew(() => this.#isYounger(freshFor)).then(() => this.#newest.get(name));
    // the background read can fail: the next caller that needs it then gets the error
    if (!this.#isYounger(renewAfter) && this.#reading === undefined) this.#read().catch(() => {});
    return newest;
  }

  /** The newest version of each type, by name. Always read. */
  async list(): Promise<EventType[]> {
    await this.renew();
    return [...this.#newest.values()].map(({ type }) => type).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Waits for a read that begins now or later, because one in progress may have begun too early; or until `isEnough` is true. */
  async renew(isEnough?: () => boolean): Promise<void> {
    const early = this.#begun;
    while (this.#done <= early) {
      await (this.#reading ?? this.#read());
      if (isEnough?.()) return;
    }
  }

  #isYounger(milliseconds: number): boolean {
    return this.#options.now() - this.#readAt < milliseconds;
  }

  /** Adds a version; if versions arrive late, the newest one stays the newest. */
  put(type: EventType): CheckedType {
    const known = this.#newest.get(type.name);
    if (known !== undefined && known.type.version >= type.version) return known;
    const checked = new CheckedType(type);
    this.#newest.set(type.name, checked);
    return checked;
  }

  async #findEarlier(name: string, version: number): Promise<CheckedType | undefined> {
    const row = await this.#options.one(name, version);
    if (row === undefined) return undefined;
    const checked = new CheckedType(typeOf(row));
    const oldest = this.#earlier.size >= mostEarlier ? this.#earlier.keys().next().value : undefined;
    if (oldest !== undefined) this.#earlier.delete(oldest);
    this.#earlier.set(`${name} ${version}`, checked);
    return checked;
  }

  #read(): Promise<void> {
    const began = this.#options.now();
    this.#begun++;
    const reading = this.#options
      .since(this.#seen)
      .then((rows) => {
        for (const row of rows) {
          this.put(typeOf(row));
          // the last registration is the newest version of its name
          this.#seen = Math.max(this.#seen, row.registration);
        }
        this.#readAt = began;
        this.#done = this.#begun;
      })
      .finally(() => {
        this.#reading = undefined;
      });
    this.#reading = reading;
    return reading;
  }
}

const typeOf = (row: CustomEventType): EventType => JSON.parse(row.definition) as EventType;
