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
import { type QueryIssue, type QueryParameters, readTime } from "../query-string/index.ts";
import type { Filter } from "../store/contract/pages.ts";
import { askedBy } from "./language/index.ts";

/** The parameters of `readFilter`. */
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

const none: readonly string[] = [];

/** A filter of the valid values of a query, and an issue for each of the others. */
export interface FilterRead {
  readonly filter: Filter;
  readonly issues: readonly QueryIssue[];
}

/**
 * Reads the filter in parameters, and leaves out what is invalid. A repeated parameter means OR, different ones AND; `from` is inclusive, `to`
 * exclusive, both by occurredAt, and dates are days of that zone; `actor` and `target` are `type:id`, with the id as sent in events or as
 * stored. `recordedBy` can also name recorders (`recordersIn`), and then nothing of it is in the filter.
 */
export function readFilter(parameters: QueryParameters, zone: string): FilterRead {
  const issues: QueryIssue[] = [];
  const from = readTime(parameters, { edge: "from", zone }, issues);
  const to = readTime(parameters, { edge: "to", zone }, issues);
  const valid = (name: FilterList): readonly string[] => {
    const given = parameters.get(name);
    if (given === undefined) return none;
    return [...new Set(given)].sort().filter((value) => {
      const issue = issueOf[name](value);
      if (issue !== undefined) issues.push({ name, value, ...issue });
      return issue === undefined;
    });
  };
  const [types, actors, targets] = [valid("type"), valid("actor"), valid("target")];
  const outcomesWanted = valid("outcome").filter(isOutcome);
  const recorders = valid("recordedBy");
  const [recordedBy, another] = recorders.every(isSource) ? recorders : [];
  const isBackwards = from !== undefined && to !== undefined && from >= to;
  if (isBackwards)
    issues.push({
      name: "to",
      wrong: "is not after 'from'.",
      remedy: "Give a later 'to'. A date alone is that whole day.",
    });
  const filter = {
    ...(types.length > 0 ? { types } : {}),
    ...(actors.length > 0 ? { actors: asKept(actors) } : {}),
    ...(targets.length > 0 ? { targets: asKept(targets) } : {}),
    ...(outcomesWanted.length > 0 ? { outcomes: outcomesWanted } : {}),
    // both together mean everything
    ...(recordedBy !== undefined && another === undefined ? { recordedBy } : {}),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined || isBackwards ? {} : { to }),
  };
  return { filter, issues };
}

/** The parameters with any number of values, each read alone. */
type FilterList = "type" | "actor" | "target" | "outcome" | "recordedBy";
type ValueIssue = Pick<QueryIssue, "wrong" | "remedy"> | undefined;

/** The error of a value, by the name of the parameter. */
const issueOf: Readonly<Record<FilterList, (value: string) => ValueIssue>> = {
  type: (value) =>
    isOurType(value) || isCustomType(value) ? undefined : { wrong: "is not the name of an event type." },
  actor: (value) => referenceIssue(value, isActorType, { isActor: true }),
  target: (value) => referenceIssue(value, (type) => targetType.test(type), { isActor: false }),
  outcome: (value) => (isOutcome(value) ? undefined : { wrong: "must be 'success', 'denied' or 'failed'." }),
  recordedBy: (value) =>
    isSource(value) || typeof askedBy["recorded-by"]({ value, isQuoted: false }) !== "string"
      ? undefined
      : {
          wrong: "must be 'daybook', 'others' or 'type:id' of a recorder.",
          remedy: "Write a recorder like api_client:c_9, operator:operator or server:daybook.",
        },
};

/** `type:id` as events have it: tokens in their ids are hidden, so they are hidden here too. */
export function keptReference(text: string): string {
  const id = text.indexOf(":") + 1;
  return text.slice(0, id) + hideTokens(text.slice(id));
}

const asKept = (references: readonly string[]): string[] =>
  [...new Set(references.map(keptReference))].sort();

const isSource = (text: string): text is Source => sources.some((source) => source === text);

const isOutcome = (text: string): text is Outcome => outcomes.some((outcome) => outcome === text);

const isActorType = (text: string): boolean => actorTypes.some((known) => known === text);

/** `type:id`: the type up to the first colon, the id after it; an empty id for actors that can have none. */
function referenceIssue(
  text: string,
  isType: (type: string) => boolean,
  { isActor }: { readonly isActor: boolean },
): ValueIssue {
  const colon = text.indexOf(":");
  const id = text.slice(colon + 1);
  const type = text.slice(0, colon);
  const isNobody = id === "" && isActor && (type === "anonymous" || type === "system");
  if (colon < 0 || !isType(type) || (id === "" && !isNobody) || Buffer.byteLength(id) > maxIdBytes)
    return { wrong: "must be 'type:id'.", remedy: "Write it like user:u_17 or api_client:c_9." };
  return text.includes("\0") ? { wrong: "contains U+0000, which no id can have." } : undefined;
}
