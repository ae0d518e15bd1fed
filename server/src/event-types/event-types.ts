/**
 * All event types that an organization may use: the catalogue's and its own. The look-up of the write path; lists and
 * single types for people. Knows nothing of HTTP and of who may register.
 */
import { type EventType, eventTypes as ownTypes } from "daybook/catalogue";
import { isCustomType } from "daybook/event";
import type { KnownType, TypeLookup } from "../log/index.ts";
import { CustomTypes, type CustomTypesOptions } from "./custom-types.ts";
import { ownType } from "./own-types.ts";

export interface EventTypes extends TypeLookup {
  /** The catalogue, then the newest version of each custom type of the organization by name; without one, the catalogue. */
  list(organizationId?: number): Promise<readonly EventType[]>;
  /** How many versions of custom types the organization has in all. */
  countVersions(organizationId: number): Promise<number>;
  /** After the commit that registered it: this process knows the version from now on. */
  remember(organizationId: number, type: EventType): void;
}

/** Opens the look-up for one process. */
export function openEventTypes(options: CustomTypesOptions): EventTypes {
  const custom = new CustomTypes(options);
  return {
    find(
      organizationId: number,
      name: string,
      version?: number,
    ): KnownType | undefined | Promise<KnownType | undefined> {
      const own = ownType(name, version);
      if (own !== undefined) return own;
      return isCustomType(name) ? custom.find(organizationId, name, version) : undefined;
    },
    async list(organizationId?: number): Promise<readonly EventType[]> {
      if (organizationId === undefined) return ownTypes;
      return [...ownTypes, ...(await custom.list(organizationId))];
    },
    countVersions: (organizationId) => custom.count(organizationId),
    remember: (organizationId, type) => void custom.remember(organizationId, type),
  };
}
