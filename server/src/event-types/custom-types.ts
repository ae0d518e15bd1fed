/**
 * The custom types that an organization may use: the service's and its own. A name permanently belongs to one of the two, so a name found
 * in one isn't looked up in the other.
 */
import type { EventType } from "daybook/catalogue";
import { coalesced } from "../fairness/index.ts";
import type { CustomEventType, EventTypesSince } from "../store/contract/event-types.ts";
import type { Store } from "../store/store.ts";
import type { CheckedType } from "./checked-type.ts";
import { Shelf } from "./shelf.ts";

/** The number of the reserved organization, where types of the service are registered. */
export const theService = 0;

/** The maximum number of organizations in memory; the oldest entry goes first. */
const mostOrganizations = 10_000;

/** The dependencies: the store's lists, and a monotonic clock, in milliseconds. */
export interface CustomTypesOptions {
  readonly store: Pick<Store, "eventTypes" | "newEventTypes" | "eventType">;
  readonly now?: () => number;
}

export class CustomTypes {
  readonly #options: Required<CustomTypesOptions>;
  readonly #ofService: Shelf;
  readonly #ofOrganizations = new Map<number, Shelf>();
  /** A thousand organizations whose types are looked up at once are a statement or two. */
  readonly #newTypes: (since: EventTypesSince) => Promise<CustomEventType[]>;

  constructor({ store, now = () => performance.now() }: CustomTypesOptions) {
    this.#options = { store, now };
    this.#newTypes = coalesced(
      ({ organizationId, after }) => `${organizationId} ${after}`,
      (since) => store.newEventTypes(since),
    );
    this.#ofService = this.#open(theService);
  }

  /** The newest version, or the requested one; undefined if there is none. Rejects if the store does. */
  find(
    organizationId: number,
    name: string,
    version?: number,
  ): CheckedType | undefined | Promise<CheckedType | undefined> {
    const own = this.#shelf(organizationId);
    const place = this.#placeOf(name, own);
    return place === undefined ? this.#findAfresh(own, { name, version }) : place.find(name, version);
  }

  /** The newest version of each custom type of the service and of the organization, by name. Always reads the store. */
  async list(organizationId: number): Promise<EventType[]> {
    const shelves = new Set([this.#ofService, this.#shelf(organizationId)]);
    const lists = await Promise.all([...shelves].map((shelf) => shelf.list()));
    return lists.flat().sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The names that this process knows, of the organization and of the service. */
  names(organizationId: number): string[] {
    return [...new Set([this.#shelf(organizationId), this.#ofService])].flatMap((shelf) => shelf.names());
  }

  /** Adds a version immediately after this process has registered and committed it. */
  remember(organizationId: number, type: EventType): CheckedType {
    return this.#shelf(organizationId).put(type);
  }

  async #findAfresh(
    own: Shelf,
    { name, version }: { name: string; version: number | undefined },
  ): Promise<CheckedType | undefined> {
    const isKnown = (): boolean => this.#placeOf(name, own) !== undefined;
    await Promise.all([own.renew(isKnown), this.#ofService.renew(isKnown)]);
    return this.#placeOf(name, own)?.find(name, version);
  }

  #placeOf(name: string, own: Shelf): Shelf | undefined {
    return [own, this.#ofService].find((shelf) => shelf.has(name));
  }

  #shelf(organizationId: number): Shelf {
    if (organizationId === theService) return this.#ofService;
    let shelf = this.#ofOrganizations.get(organizationId);
    if (shelf === undefined) {
      const known = this.#ofOrganizations;
      const oldest = known.size >= mostOrganizations ? known.keys().next().value : undefined;
      if (oldest !== undefined) known.delete(oldest);
      shelf = this.#open(organizationId);
      known.set(organizationId, shelf);
    }
    return shelf;
  }

  #open(organizationId: number): Shelf {
    const { store, now } = this.#options;
    return new Shelf({
      since: (after) =>
        organizationId === theService
          ? store.eventTypes(theService, after)
          : this.#newTypes({ organizationId, after }),
      one: (name, version) => store.eventType(organizationId, name, version),
      now,
    });
  }
}
