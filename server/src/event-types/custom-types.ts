/**
 * The custom types of each organization, as one process knows them. A version never changes, so what is known stays
 * true; only that there is a newer one may be missing. Hence: a version asked for by its number is answered from memory
 * for ever; the newest one from memory for less than a second after it was read; what is not known is read at once.
 * Each organization has at most one reading at a time. Knows nothing of how a type is defined.
 */
import type { EventType } from "daybook/catalogue";
import type { CustomEventType, Store } from "../store/store.ts";
import { CheckedType } from "./checked-type.ts";

/** For how long, in milliseconds, the newest version is answered from memory; and when it is read again beside that. */
const freshFor = 1_000;
const renewAfter = 500;
/** More organizations than these are not kept; the one that came first goes first. */
const mostOrganizations = 10_000;

/** What is known of one organization. */
interface Shelf {
  /** All versions of a name; the newest is `newest`. */
  readonly byName: Map<string, Versions>;
  /** When the reading began that all this is at least as new as. */
  readAt: number;
  /** How many readings have begun, and the number of the last one that succeeded. */
  begun: number;
  done: number;
  reading: Promise<void> | undefined;
}
interface Versions {
  readonly all: Map<number, CheckedType>;
  newest: CheckedType;
}

/** What the custom types need: the store's list, and a clock that never goes back, in milliseconds. */
export interface CustomTypesOptions {
  readonly store: Pick<Store, "eventTypes">;
  readonly now?: () => number;
}

export class CustomTypes {
  readonly #store: Pick<Store, "eventTypes">;
  readonly #now: () => number;
  readonly #shelves = new Map<number, Shelf>();

  constructor({ store, now = () => performance.now() }: CustomTypesOptions) {
    this.#store = store;
    this.#now = now;
  }

  /** The newest version, or the one asked for; undefined if there is none. Rejects with what the store rejects with. */
  find(
    organizationId: number,
    name: string,
    version?: number,
  ): CheckedType | undefined | Promise<CheckedType | undefined> {
    const shelf = this.#shelf(organizationId);
    const known = this.#remembered(shelf, name, version);
    if (known === undefined) return this.#findAfresh(organizationId, { name, version });
    const due = version === undefined && this.#now() - shelf.readAt >= renewAfter;
    // the reading beside may fail: then the next one who needs it hears why
    if (due && shelf.reading === undefined) this.#read(organizationId, shelf).catch(() => {});
    return known;
  }

  /** The newest version of each custom type of the organization, by name. Always read. */
  async list(organizationId: number): Promise<EventType[]> {
    const shelf = this.#shelf(organizationId);
    await this.#readAfresh(organizationId, shelf);
    return [...shelf.byName.values()]
      .map((versions) => versions.newest.type)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** How many versions of custom types the organization has in all. Always read. */
  async count(organizationId: number): Promise<number> {
    const shelf = this.#shelf(organizationId);
    await this.#readAfresh(organizationId, shelf);
    let count = 0;
    for (const versions of shelf.byName.values()) count += versions.all.size;
    return count;
  }

  /** Makes a version known at once: the one that this process has just registered, after its commit. */
  remember(organizationId: number, type: EventType): CheckedType {
    return put(this.#shelf(organizationId), type);
  }

  /** What may be answered from memory. */
  #remembered(shelf: Shelf, name: string, version: number | undefined): CheckedType | undefined {
    const known = look(shelf, name, version);
    return version !== undefined || this.#now() - shelf.readAt < freshFor ? known : undefined;
  }

  async #findAfresh(
    organizationId: number,
    { name, version }: { name: string; version: number | undefined },
  ): Promise<CheckedType | undefined> {
    const shelf = this.#shelf(organizationId);
    const early = shelf.begun;
    while (shelf.done <= early) {
      await (shelf.reading ?? this.#read(organizationId, shelf));
      const known = this.#remembered(shelf, name, version);
      if (known !== undefined) return known;
    }
    return look(shelf, name, version);
  }

  /** Waits for a reading that begins now or later: one that is under way may have begun too early. */
  async #readAfresh(organizationId: number, shelf: Shelf): Promise<void> {
    const early = shelf.begun;
    while (shelf.done <= early) await (shelf.reading ?? this.#read(organizationId, shelf));
  }

  #read(organizationId: number, shelf: Shelf): Promise<void> {
    const began = this.#now();
    shelf.begun++;
    const reading = this.#store
      .eventTypes(organizationId)
      .then((rows) => {
        for (const row of rows) if (look(shelf, row.name, row.version) === undefined) put(shelf, typeOf(row));
        shelf.readAt = began;
        shelf.done = shelf.begun;
      })
      .finally(() => {
        shelf.reading = undefined;
      });
    shelf.reading = reading;
    return reading;
  }

  #shelf(organizationId: number): Shelf {
    let shelf = this.#shelves.get(organizationId);
    if (shelf === undefined) {
      shelf = { byName: new Map(), readAt: Number.NEGATIVE_INFINITY, begun: 0, done: 0, reading: undefined };
      const oldest = this.#shelves.size >= mostOrganizations ? this.#shelves.keys().next().value : undefined;
      if (oldest !== undefined) this.#shelves.delete(oldest);
      this.#shelves.set(organizationId, shelf);
    }
    return shelf;
  }
}

const typeOf = (row: CustomEventType): EventType => JSON.parse(row.definition) as EventType;

function look(shelf: Shelf, name: string, version: number | undefined): CheckedType | undefined {
  const versions = shelf.byName.get(name);
  return version === undefined ? versions?.newest : versions?.all.get(version);
}

function put(shelf: Shelf, type: EventType): CheckedType {
  const checked = new CheckedType(type);
  const versions = shelf.byName.get(type.name);
  if (versions === undefined) {
    shelf.byName.set(type.name, { all: new Map([[type.version, checked]]), newest: checked });
    return checked;
  }
  const known = versions.all.get(type.version);
  if (known !== undefined) return known;
  versions.all.set(type.version, checked);
  if (type.version > versions.newest.type.version) versions.newest = checked;
  return checked;
}
