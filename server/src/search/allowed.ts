/** Which questions a reader may not ask: those about what they don't see. The answer never depends on the events. */
import type { EventCondition } from "../full-text/index.ts";
import { type QueryIssue, refusalOf } from "../query-string/index.ts";
import type { EventsQuery } from "./events-query.ts";
import { contextNames, type QualifierName } from "./language/index.ts";
import type { OrganizationView } from "./visible.ts";

/** The reader, and whether the question is about one organization. */
export interface Asker {
  readonly view: Pick<OrganizationView, "context">;
  readonly isInOne: boolean;
}

const contextKinds: ReadonlySet<string> = new Set(["address", "requestId", "correlationId"]);

const isOfContext = (condition: EventCondition): boolean =>
  "within" in condition ? condition.within === "userAgent" : contextKinds.has(condition.kind);

/** What this reader may not ask, and the code of the refusal. */
export interface Unaskable {
  readonly issue: QueryIssue;
  readonly code: "not-allowed" | "query-invalid";
}

/** What of a query this reader may not ask; undefined if nothing. */
export function unaskable(query: EventsQuery, { view, isInOne }: Asker): Unaskable | undefined {
  const { wanted, organizations } = query;
  const conditions = [...(wanted?.anyOf ?? []).flat(), ...(wanted?.noneOf ?? [])];
  // what is asked decides, not the text
  if (!view.context && conditions.some(isOfContext)) {
    const wrong = "asks for the context of events (address, user agent, request), which you may not see.";
    const remedy = "Leave that out, or ask an owner of the organization.";
    return { issue: { name: "q", wrong, remedy, ...placeIn(query, contextNames) }, code: "not-allowed" };
  }
  if (!isInOne || organizations === undefined) return undefined;
  const wrong = "has 'org:', which is for the log of all organizations.";
  const remedy = "Leave it out: this log is of one organization.";
  return { issue: { name: "q", wrong, remedy, ...placeIn(query, ["org"]) }, code: "query-invalid" };
}

/** The first of these qualifiers in `q`; parameters of the same meaning have no place. */
function placeIn({ places }: EventsQuery, names: readonly QualifierName[]): Pick<QueryIssue, "place"> {
  const place = names.map((name) => places?.get(name)).find((one) => one !== undefined);
  return place === undefined ? {} : { place };
}

/** Throws `not-allowed` for a question about what the reader doesn't see, and `query-invalid` for `org:` in one organization. */
export function demandAskable(query: EventsQuery, asker: Asker): void {
  const found = unaskable(query, asker);
  if (found !== undefined) throw refusalOf(found.issue, found.code);
}
