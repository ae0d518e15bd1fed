/** Events that are read one after the other, without the index: which of them a query asks for. */
import { meets } from "../full-text/index.ts";
import type { Filter } from "../store/contract/pages.ts";
import type { EventsQuery } from "./events-query.ts";
import { passes } from "./full-text/index.ts";

type TestedEvent = Parameters<typeof passes>[0];

/** A test for each event; undefined if all pass. */
export function testOf({ filter, wanted }: EventsQuery): ((event: TestedEvent) => boolean) | undefined {
  if (wanted === undefined && Object.keys(filter).length === 0) return undefined;
  return (event) => passes(event, filter) && (wanted === undefined || meets(event, wanted));
}

/** The lists of a filter that conditions on the event can be in, by their kinds. */
const listOf = { type: "types", actor: "actors", target: "targets" } as const;

/** The filter with as much of the query as it can have, so that fewer events are read. */
export function narrowedFilter({ filter, wanted }: EventsQuery): Filter {
  const narrowed: { -readonly [name in keyof Filter]: Filter[name] } = { ...filter };
  for (const conditions of wanted?.anyOf ?? []) {
    for (const [kind, list] of Object.entries(listOf) as [
      keyof typeof listOf,
      "types" | "actors" | "targets",
    ][]) {
      const values = conditions.flatMap((one) =>
        "within" in one || one.kind !== kind || one.isBeginning ? [] : [one.value],
      );
      if (values.length === conditions.length && !narrowed[list]?.length) narrowed[list] = values;
    }
  }
  return narrowed;
}
