/** Counts who did what to what, how it ended and from where, among the newest events that a query finds. */

import { inWords, type SlotName } from "daybook/internal";
import { type Query, readParameters } from "../query-string/index.ts";
import type { Reads } from "../store/store.ts";
import { demandAskable } from "./allowed.ts";
import { askedOfIndex } from "./asked-of-index.ts";
import { type EventsQuery, eventsParameters, eventsQueryOf } from "./events-query.ts";
import { type FindQuery, find } from "./full-text/index.ts";
import type { ScopedStore } from "./pages.ts";
import { partySlots, textsIn } from "./party-names.ts";
import { EventTally, type Tallied } from "./tally.ts";
import { type SearchableOrganization, visibleFilter } from "./visible.ts";

/** A type with its words. */
export interface TitledType {
  readonly name: string;
  readonly title: string;
}

/** Which events; `types`: those whose titles are the labels of types, which otherwise are their names. */
export interface BreakdownRequest extends EventsQuery {
  readonly types?: readonly TitledType[];
}

/** The most frequent values, each with the number of its events; at most five of a kind, the most frequent first. */
export interface Breakdown {
  /** How many events were counted: the newest ones that the query finds, at most 2,000. */
  readonly events: number;
  /** Whether there are no others. */
  readonly complete: boolean;
  readonly actors: readonly Tallied[];
  readonly targets: readonly Tallied[];
  readonly types: readonly Tallied[];
  readonly outcomes: readonly Tallied[];
  /** Only for readers who see the context of events. */
  readonly addresses?: readonly Tallied[];
}

/** The number of events that are counted, and of values of a kind. */
const [mostEvents, mostValues] = [2_000, 5];

/**
 * The breakdown request in a query: the filters of a page.
 * @throws DaybookError `query-invalid`
 */
export const parseBreakdownRequest = (query: Query): BreakdownRequest =>
  eventsQueryOf(readParameters(query, eventsParameters));

const withoutContext: readonly SlotName[] = [...partySlots.actor, ...partySlots.target, "recordedBy"];
const withContext: readonly SlotName[] = [...withoutContext, "context"];

/**
 * What the newest events of an organization have most, of those that the query finds and the reader sees.
 * @throws DaybookError `not-allowed` for a question about context that the reader doesn't see
 */
export async function breakdownOf(
  store: ScopedStore,
  organization: SearchableOrganization,
  request: BreakdownRequest,
): Promise<Breakdown> {
  const { organizationId, view } = organization;
  demandAskable(request, { view, isInOne: true });
  const filter = visibleFilter(request.filter, view);
  const wanted = askedOfIndex(request, filter);
  const tally = new EventTally({ hasAddresses: view.context });
  const reads = store.within(view.rowScope);
  const query = { organizationId, filter: filter ?? {}, limit: mostEvents + 1 };
  const isComplete =
    filter === undefined ||
    (wanted === undefined
      ? await addPage(tally, reads, { ...query, slots: view.context ? withContext : withoutContext })
      : await addFound(tally, reads, { ...query, wanted }));
  const titles = new Map((request.types ?? []).map(({ name, title }) => [name, title]));
  return {
    events: tally.events,
    complete: isComplete,
    actors: tally.actors.top(mostValues, idOf),
    targets: tally.targets.top(mostValues, idOf),
    types: tally.types.top(mostValues, (name) => titles.get(name) ?? name),
    outcomes: tally.outcomes.top(mostValues, inWords),
    ...(view.context && { addresses: tally.addresses.top(mostValues) }),
  };
}

/** What a party is called if nobody says its name whose word counts. */
const idOf = (value: string): string => value.slice(value.indexOf(":") + 1) || value;

/** Adds the newest events of a filter; whether these are all. */
async function addPage(
  tally: EventTally,
  reads: Pick<Reads, "pageBytes">,
  query: Parameters<Reads["pageBytes"]>[0],
): Promise<boolean> {
  const events = await reads.pageBytes(query);
  const placeOf = new Map(query.slots.map((name, index) => [name, 2 * index]));
  const text = (name: SlotName): string | undefined => {
    const at = placeOf.get(name);
    const start = at === undefined ? -1 : events.slots[at]!;
    return start === -1 ? undefined : events.bytes.toString("utf8", start, events.slots[at! + 1]);
  };
  while (events.next()) {
    if (tally.events === mostEvents) return false;
    const type = events.bytes.toString("utf8", events.type, events.typeEnd);
    tally.add({ type, outcome: events.outcome, text });
  }
  return true;
}

/** Adds the newest events of a search; whether these are all. */
async function addFound(tally: EventTally, reads: Reads, query: FindQuery): Promise<boolean> {
  const { events, reached, unindexed } = await find(reads, query);
  for (const { type, outcome, slots } of events.slice(0, mostEvents))
    tally.add({ type, outcome, text: textsIn(slots) });
  return events.length <= mostEvents && reached === undefined && unindexed.left === 0;
}
