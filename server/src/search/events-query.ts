/** Reads the parameters that select events: those of the filter, and `q` with words. The API refuses the first issue; pages show them all. */
import { readTextQuery } from "../full-text/index.ts";
import { type QueryIssue, type QueryParameters, readSingle, refuseFirst } from "../query-string/index.ts";
import type { TextQuery } from "../store/contract/full-text.ts";
import type { Filter } from "../store/contract/pages.ts";
import { readFilter } from "./filter.ts";

interface EventsQuery {
  readonly filter: Filter;
  /** Words in the events; undefined if there are none. */
  readonly wanted: TextQuery | undefined;
}

/** The valid values of the parameters, and an issue for each other value, in the order of the API. */
export function readEventsQuery(
  parameters: QueryParameters,
): EventsQuery & { readonly issues: readonly QueryIssue[] } {
  const { filter, issues: ofFilter } = readFilter(parameters);
  const issues = [...ofFilter];
  const text = readSingle(parameters, "q", issues);
  const read = readTextQuery(text);
  if (read !== undefined && !("all" in read)) issues.push({ name: "q", ...read });
  return { filter, wanted: read !== undefined && "all" in read ? read : undefined, issues };
}

/**
 * The same for programs.
 * @throws DaybookError `query-invalid` for the first issue
 */
export function eventsQueryOf(parameters: QueryParameters): EventsQuery {
  const { filter, wanted, issues } = readEventsQuery(parameters);
  refuseFirst(issues);
  return { filter, wanted };
}
