/** Which questions the full-text index answers. docs/adr/0062 says why. */
import type { EventQuery } from "../full-text/index.ts";
import type { Filter } from "../store/contract/pages.ts";
import type { EventsQuery } from "./events-query.ts";
import type { SearchPlace } from "./organizations.ts";

/** Every event meets it. */
export const everything: EventQuery = { all: [], none: [] };

const kinds = ["types", "actors", "targets", "outcomes", "recordedBy"] as const;

/** How many kinds of values a filter names. */
const kindsIn = (filter: Filter): number => kinds.filter((kind) => filter[kind]?.length).length;

/**
 * What to ask of the index; undefined if PostgreSQL's own indexes have the answer in order. Each of those has one kind of value: with a second
 * kind, a walk would read past all events that only the first lets through, however many they are.
 */
export const askedOfIndex = (
  { wanted }: Pick<EventsQuery, "wanted">,
  filter: Filter | undefined,
  place?: SearchPlace,
): EventQuery | undefined =>
  wanted ?? (place?.among !== undefined || kindsIn(filter ?? {}) > 1 ? everything : undefined);
