/**
 * What recording needs of event types, as interfaces. `event-types` implements them, so `log` doesn't depend on custom types or on the
 * checker of JSON Schemas.
 */

import type { EventType } from "daybook/catalogue";
import { eventType } from "daybook/catalogue";
import type { Issue, JsonObject } from "daybook/internal";

/** One version of an event type, with the checker of its `data`. */
export interface KnownType {
  readonly type: EventType;
  /** The faults of `data`; `pointer` is the pointer of `data` itself, such as `/events/3/data`. Empty if there are none. */
  check(data: JsonObject | undefined, pointer: string): readonly Issue[];
}

/**
 * Finds a type that an organization may use: the newest version, or the requested one. It returns synchronously if it can, because
 * recording calls it for every event. Undefined if there is no such type or version.
 */
export interface TypeLookup {
  find(
    organizationId: number,
    name: string,
    version?: number,
  ): KnownType | undefined | Promise<KnownType | undefined>;
  /** After `find` found nothing: the type for producers that the name probably means; undefined if there is none. */
  similar?(organizationId: number, name: string): string | undefined;
}

/** The catalogue alone, without checking `data`: for the first start, before there is an organization with custom types. */
export const catalogueTypes: TypeLookup = {
  find(_organizationId, name) {
    const type = eventType(name);
    return type === undefined ? undefined : { type, check: () => [] };
  },
};
