/**
 * What the write path asks of event types, as interfaces: the room event-types implements them, so that `log` knows
 * neither the catalogue's custom part nor the checker of JSON Schemas.
 */

import type { EventType } from "daybook/catalogue";
import { eventType } from "daybook/catalogue";
import type { Issue, JsonObject } from "daybook/internal";

/** One version of an event type, with the checker of its `data`. */
export interface KnownType {
  readonly type: EventType;
  /** What is wrong with `data`; `pointer` is the pointer of `data` itself, e.g. `/events/3/data`. Empty: nothing. */
  check(data: JsonObject | undefined, pointer: string): readonly Issue[];
}

/**
 * Finds a type that an organization may use: the newest version, or the one asked for. Answers at once where it can:
 * the write path asks for every event. Undefined: there is no such type, or no such version.
 */
export interface TypeLookup {
  find(
    organizationId: number,
    name: string,
    version?: number,
  ): KnownType | undefined | Promise<KnownType | undefined>;
}

/** The catalogue alone, `data` unchecked: for the first start, before there is an organization with types of its own. */
export const catalogueTypes: TypeLookup = {
  find(_organizationId, name) {
    const type = eventType(name);
    return type === undefined ? undefined : { type, check: () => [] };
  },
};
