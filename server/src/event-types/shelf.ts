/**
 * The custom types of one place, an organization or the service, as one process knows them. A version never changes, so what is
 * known stays true; only that there is something newer may be missing, and then what was registered since is read, not all again.
 * Hence: a version asked for by its number is answered from memory for ever; the newest one from memory for less than a second
 * after a reading; what is not known is read at once. There is at most one reading at a time.
 */
import type { EventType } from "daybook/catalogue";
import type { CustomEventType } from "../store/contract/event-types.ts";
import { CheckedType } from "./checked-type.ts";

/** For how long, in milliseconds, the newest version is answered from memory; and when it is read again beside that. */
const freshFor = 1_000;
const renewAfter = 500;
/** Earlier versions, which only repeats ask for: more than these are not kept. */
const mostEarlier = 500;

export interface ShelfOptions {
  /** The newest version of each type that was registered after that registration. */
  readonly since: (after: number) => Promise<CustomEventType[]>;
  readonly one: (name: string, version: number) => Promise<CustomEventType | undefined>;
  /** A clock that never goes back, in milliseconds. */
  readonly now: () => number;
}

export class Shelf {
  readonly #options: ShelfOptions;
  readonly #newest = new Map<string, CheckedType>();
  /** By `name version`. */
  readonly #earlier = new Map<string, CheckedType>();
  /** When the reading began that all this is at least as new as, and the last registration that it saw. */
  #readAt = Number.NEGATIVE_INFINITY;
  #seen = 0;
  /** How many readings have begun, and the number of the last one that succeeded. */
  #begun = 0;
  #done = 0;
  #reading: Promise<void> | undefined;

  constructor(options: ShelfOptions) {
    this.#options = options;
  }

  /** Whether the name is one of this place, as far as is known. A name stays where it is. */
  has(name: string): boolean {
    return this.#newest.has(name);
  }

  /** The newest version, or the one asked for; undefined if there is none. Rejects with what the store rejects with. */
  find(name: string, version?: number): CheckedType | undefined | Promise<CheckedType | undefined> {
    const newest = this.#newest.get(name);
    if (version !== undefined) {
      const known = newest?.type.version === version ? newest : this.#earlier.get(`${name} ${version}`);
      return known ?? this.#findEarlier(name, version);
    }
    if (newest === undefined || !this.#isYounger(freshFor))
      return this.renew(() => this.#isYounger(freshFor)).then(() => this.#newest.get(name));
    // the reading beside may fail: then the next one who needs it hears why
    if (!this.#isYounger(renewAfter) && this.#reading === undefined) this.#read().catch(() => {});
    return newest;
  }

  /** The newest version of each type, by name. Always read. */
  async list(): Promise<EventType[]> {
    await this.renew();
    return [...this.#newest.values()].map(({ type }) => type).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Waits for a reading that begins now or later, since one that is under way may have begun too early; or until that is enough. */
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

  /** Makes a version known; whatever comes late, the newest stays so. */
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
          // the last registration of all is the newest version of its name
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
