/**
 * All event types that an organization may use: the catalogue's, the service's and its own. Recording looks types up here; lists and single
 * types are for people.
 */
import { type EventType, eventTypes as ownTypes } from "daybook/catalogue";
import { isCustomType } from "daybook/internal";
import type { KnownType, TypeLookup } from "../log/index.ts";
import { CustomTypes, type CustomTypesOptions, theService } from "./custom-types.ts";
import { ownType } from "./own-types.ts";
import { mostSimilar } from "./similar.ts";

export interface EventTypes extends TypeLookup {
  /** A type of the catalogue, if it has that version. */
  ours(name: string, version?: number): KnownType | undefined;
  /**
   * The catalogue, then the newest version of each custom type of the service and of the organization, by name; without an organization,
   * only the catalogue.
   */
  list(organizationId?: number): Promise<readonly EventType[]>;
  /** The catalogue, then the custom types of the service. */
  listOfService(): Promise<readonly EventType[]>;
  /** Call this after the commit that registered it (in 0: for the service): this process then has the version immediately. */
  remember(organizationId: number, type: EventType): void;
}

/** The types of the catalogue that producers may send. */
const ofProducers = ownTypes.filter(({ writer }) => writer !== "server").map(({ name }) => name);

/** Opens the look-up for one process. */
export function openEventTypes(options: CustomTypesOptions): EventTypes {
  const custom = new CustomTypes(options);
  return {
    ours: ownType,
    find(
      organizationId: number,
      name: string,
      version?: number,
    ): KnownType | undefined | Promise<KnownType | undefined> {
      const ours = ownType(name, version);
      if (ours !== undefined) return ours;
      return isCustomType(name) ? custom.find(organizationId, name, version) : undefined;
    },
    similar: (organizationId, name) => mostSimilar(name, [...ofProducers, ...custom.names(organizationId)]),
    async list(organizationId?: number): Promise<readonly EventType[]> {
      if (organizationId === undefined) return ownTypes;
      return [...ownTypes, ...(await custom.list(organizationId))];
    },
    listOfService: async () => [...ownTypes, ...(await custom.list(theService))],
    remember: (organizationId, type) => void custom.remember(organizationId, type),
  };
}
