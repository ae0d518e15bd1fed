/** Reads the filter parameters of events (`type`, `actor`, `target`, `outcome`, `recordedBy`, `from`, `to`). */
import {
  actorTypes,
  hideTokens,
  isCustomType,
  isOurType,
  type Outcome,
  outcomes,
  type Source,
  sources,
} from "daybook/internal";
import {
  type Query,
  type QueryParameters,
  readParameters,
  refuseParameter,
  time,
} from "../query-string/index.ts";
import type { Filter } from "../store/contract/pages.ts";

/** The parameters of `parseFilter`. */
export const filterParameters: readonly string[] = [
  "type",
  "actor",
  "target",
  "outcome",
  "recordedBy",
  "from",
  "to",
];

const targetType = /^[a-z][a-z0-9_]{0,31}$/;
const maxIdBytes = 256;

/**
 * The filter of a query. A repeated parameter means OR, different ones AND; `from` is inclusive, `to` exclusive, both by occurredAt;
 * `actor` and `target` are `type:id`, with the id as sent in events or as stored.
 * @throws DaybookError `query-invalid`, pointing to the parameter: an unknown name, a malformed or repeated value
 */
export function parseFilter(query: Query): Filter {
  return filterOf(readParameters(query, filterParameters));
}

/** The filter in parameters that are already read. */
export function filterOf(parameters: QueryParameters): Filter {
  const types = distinct(parameters, "type");
  const actors = distinct(parameters, "actor");
  const targets = distinct(parameters, "target");
  const named = distinct(parameters, "outcome");
  const [recordedBy, another] = distinct(parameters, "recordedBy");
  const from = time(parameters, "from");
  const to = time(parameters, "to");
  for (const type of types) {
    if (!isOurType(type) && !isCustomType(type))
      throw refuseParameter("type", "is not the name of an event type.");
  }
  for (const actor of actors)
    checkReference("actor", actor, (type) => actorTypes.some((known) => known === type));
  for (const target of targets) checkReference("target", target, (type) => targetType.test(type));
  for (const outcome of named) {
    if (!isOutcome(outcome)) throw refuseParameter("outcome", "must be 'success', 'denied' or 'failed'.");
  }
  for (const source of [recordedBy, another]) {
    if (source !== undefined && !isSource(source))
      throw refuseParameter("recordedBy", "must be 'daybook' or 'others'.");
  }
  if (from !== undefined && to !== undefined && from > to) throw refuseParameter("to", "lies before 'from'.");
  return {
    ...(types.length > 0 ? { types } : {}),
    ...(actors.length > 0 ? { actors: asKept(actors) } : {}),
    ...(targets.length > 0 ? { targets: asKept(targets) } : {}),
    ...(named.length > 0 ? { outcomes: named.filter(isOutcome) } : {}),
    // both together mean everything
    ...(isSource(recordedBy) && another === undefined ? { recordedBy } : {}),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

const distinct = (parameters: QueryParameters, name: string): string[] =>
  [...new Set(parameters.get(name))].sort();

/** `type:id` as events have it: tokens in their ids are hidden, so they are hidden here too. */
export function keptReference(text: string): string {
  const id = text.indexOf(":") + 1;
  return text.slice(0, id) + hideTokens(text.slice(id));
}

const asKept = (references: readonly string[]): string[] =>
  [...new Set(references.map(keptReference))].sort();

const isSource = (text: string | undefined): text is Source => sources.some((source) => source === text);

const isOutcome = (text: string): text is Outcome => outcomes.some((outcome) => outcome === text);

/** `type:id`: the type up to the first colon, the id after it; an empty id for actors that can have none. */
function checkReference(name: string, text: string, isType: (type: string) => boolean): void {
  const colon = text.indexOf(":");
  const id = text.slice(colon + 1);
  const type = text.slice(0, colon);
  const isNobody = id === "" && name === "actor" && (type === "anonymous" || type === "system");
  if (colon < 0 || !isType(type) || (id === "" && !isNobody) || Buffer.byteLength(id) > maxIdBytes) {
    throw refuseParameter(name, "must be 'type:id'.", "Write it like user:u_17 or api_client:c_9.");
  }
  if (text.includes("\0")) throw refuseParameter(name, "holds U+0000, which no id has.");
}
