/**
 * Reads the parameters that select events: those of the filter, `q` with a search, and those that are qualifiers of a search. The API refuses the
 * first issue; pages show them all.
 */
import type { EventQuery } from "../full-text/index.ts";
import {
  isAge,
  type QueryIssue,
  type QueryParameters,
  readSingle,
  readZone,
  refuseFirst,
} from "../query-string/index.ts";
import type { Filter } from "../store/contract/pages.ts";
import { filterParameters, readFilter } from "./filter.ts";
import {
  type NamedOrganizations,
  type QualifierPlaces,
  readSearch,
  type SearchRead,
} from "./language/index.ts";
import { qualifierParameters, readQualifierParameters } from "./qualifier-parameters.ts";

/** What selects events. */
export interface EventsQuery {
  readonly filter: Filter;
  /** What else is asked of the events; undefined if nothing. */
  readonly wanted?: EventQuery | undefined;
  /** Which organizations, in the log of all; undefined for all of them. */
  readonly organizations?: NamedOrganizations | undefined;
  /** All times as they are written, if one of them says how long ago: from page to page, they stay and what they mean moves. */
  readonly times?: readonly string[] | undefined;
  /** Where in `q` the qualifiers stand that not every reader may use. */
  readonly places?: QualifierPlaces | undefined;
  /** The search in one text: `q`, and the parameters that are qualifiers. Undefined if there is none. */
  readonly text?: string | undefined;
}

/** The parameters of `readEventsQuery`. */
export const eventsParameters: readonly string[] = [...filterParameters, ...qualifierParameters, "q", "tz"];

/** An events query with what is wrong in it. */
export type EventsQueryRead = EventsQuery & { readonly issues: readonly QueryIssue[] };

/** The valid values of the parameters, and an issue for each other value, in the order of the API. `zone`: that of dates, without `tz`. */
export function readEventsQuery(parameters: QueryParameters, zone = "UTC"): EventsQueryRead {
  const issues: QueryIssue[] = [];
  const dates = readZone(parameters, "tz", issues) ?? zone;
  const { filter, issues: ofFilter } = readFilter(parameters, dates);
  issues.push(...ofFilter);
  const q = readSingle(parameters, "q", issues) ?? "";
  const search = q.trim() === "" ? undefined : readQ(q, dates, issues);
  const others = readQualifierParameters(parameters, search?.places, issues);
  const texts = [...(search === undefined ? [] : [q.trim()]), ...others.texts];
  return {
    filter: within(filter, search, issues),
    wanted: together(search?.wanted, others.wanted),
    organizations: search?.organizations,
    times: movingTimes(parameters, search),
    places: search?.places,
    text: texts.length === 0 ? undefined : texts.join(" "),
    issues,
  };
}

function readQ(q: string, zone: string, issues: QueryIssue[]): SearchRead | undefined {
  const read = readSearch(q, { zone });
  if (!("wrong" in read)) return read;
  issues.push({ name: "q", ...read });
  return undefined;
}

function movingTimes(
  parameters: QueryParameters,
  search: SearchRead | undefined,
): readonly string[] | undefined {
  const written = ["from", "to"].flatMap((name) =>
    (parameters.get(name) ?? []).map((value) => `${name}:${value}`),
  );
  const times = [...written, ...(search?.times ?? [])];
  return times.some((time) => isAge(time.slice(time.indexOf(":") + 1))) ? times : undefined;
}

/** The filter with the times of the search too. */
function within(filter: Filter, search: SearchRead | undefined, issues: QueryIssue[]): Filter {
  if (search === undefined) return filter;
  const from = last(filter.from, search.from);
  const to = first(filter.to, search.to);
  if (from !== undefined && to !== undefined && from >= to) {
    issues.push({
      name: "q",
      wrong: "and the parameters 'from' and 'to' have no time in common.",
      remedy: "Leave out the times of one of them.",
    });
    return filter;
  }
  return { ...filter, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

const last = (a: bigint | undefined, b: bigint | undefined): bigint | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;
const first = (a: bigint | undefined, b: bigint | undefined): bigint | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;

/** Both queries. */
function together(one: EventQuery | undefined, other: EventQuery | undefined): EventQuery | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return { ...one, anyOf: [...(one.anyOf ?? []), ...(other.anyOf ?? [])] };
}

/**
 * The same for programs.
 * @throws DaybookError `query-invalid` for the first issue
 */
export function eventsQueryOf(parameters: QueryParameters, zone?: string): EventsQuery {
  const { issues, ...query } = readEventsQuery(parameters, zone);
  refuseFirst(issues);
  return query;
}
