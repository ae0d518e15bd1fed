/** Reading events as one service over a store: pages, one event and its neighbors, histograms, follows. */
import type { RecordedEvent } from "daybook/internal";
import type { Store } from "../store/store.ts";
import { type Breakdown, type BreakdownRequest, breakdownOf } from "./breakdown.ts";
import { type JsonPage, jsonPage } from "./event-bytes.ts";
import { type FollowRequest, openFollows } from "./follow.ts";
import type { FollowBatch } from "./follow-batches.ts";
import { type Histogram, type HistogramRequest, histogramOf } from "./histogram.ts";
import { searchEventsJson } from "./json-pages.ts";
import { type Neighbours, neighboursOf } from "./neighbours.ts";
import { type EventPage, eventById, type PageRequest, searchAllEvents, searchEvents } from "./pages.ts";
import { toRecordedEvent } from "./recorded-event.ts";
import { recordedEventText } from "./recorded-event-text.ts";
import type { SuggestedValue } from "./suggestions/suggestion.ts";
import { type SuggestionRequest, suggest } from "./suggestions/suggestions.ts";
import { type Total, type TotalRequest, totalOf } from "./total.ts";
import type { OrganizationView, SearchableOrganization } from "./visible.ts";
import { type Appended, openWatch } from "./watch.ts";

/** The reads. Each throws what the function of its name throws. */
export interface Search {
  events(organization: SearchableOrganization, request: PageRequest): Promise<EventPage>;
  /** Of every organization in scope: for operators. */
  allEvents(view: OrganizationView, request: PageRequest): Promise<EventPage>;
  /** The same pages as JSON, which costs less. */
  eventsJson(organization: SearchableOrganization, request: PageRequest): Promise<JsonPage>;
  allEventsJson(view: OrganizationView, request: PageRequest): Promise<JsonPage>;
  event(organization: SearchableOrganization, id: string): Promise<RecordedEvent>;
  /** The neighbors of an event; `target` (`type:id`): one of its targets, default the first. */
  neighbours(
    organization: SearchableOrganization,
    of: { readonly id: string; readonly target?: string | undefined },
  ): Promise<Neighbours>;
  histogram(organization: SearchableOrganization, request: HistogramRequest): Promise<Histogram>;
  /** Of every organization in scope: for operators. */
  allHistogram(view: OrganizationView, request: HistogramRequest): Promise<Histogram>;
  /** Values for a qualifier that someone types, at most ten: only of events that the reader sees. */
  suggestions(organization: SearchableOrganization, request: SuggestionRequest): Promise<SuggestedValue[]>;
  /** Who did most of the newest 2,000 events of a query, to what, how they ended, and from where if the reader sees that. */
  breakdown(organization: SearchableOrganization, request: BreakdownRequest): Promise<Breakdown>;
  /** How many events match. */
  total(organization: SearchableOrganization, request: TotalRequest): Promise<Total>;
  /** In every organization in scope: for operators. */
  allTotal(view: OrganizationView, request: TotalRequest): Promise<Total>;
  follow(request: FollowRequest): Promise<AsyncIterableIterator<FollowBatch>>;
  /** The number of open follows. */
  openFollows(): number;
  /** Stops watching; open follows end when their signals abort. */
  close(): void;
}

/** The part of the store that reading needs: reads within a row scope and, for the watch, which is the server's own, the heads. */
type SearchStore = Pick<Store, "within" | "heads">;

export interface SearchOptions {
  readonly store: SearchStore;
  readonly appended: Appended;
  /** Microseconds since 1970 UTC; default: the process's clock. */
  readonly clock?: () => bigint;
}

const now = (): bigint => BigInt(Date.now()) * 1000n;

/** Opens the service. `appended` reports appends of this process. */
export function openSearch({ store, appended, clock = now }: SearchOptions): Search {
  const watch = openWatch(store, appended);
  const follows = openFollows(store, watch);
  return {
    events: (organization, request) => searchEvents(store, organization, request, toRecordedEvent),
    allEvents: (view, request) => searchAllEvents(store, view, request, toRecordedEvent),
    eventsJson: (organization, request) => searchEventsJson(store, organization, request),
    allEventsJson: async (view, request) =>
      jsonPage(await searchAllEvents(store, view, request, recordedEventText)),
    event: (organization, id) => eventById(store, organization, id),
    neighbours: (organization, of) => neighboursOf(store, organization, of),
    histogram: (organization, request) => {
      const { organizationId, view } = organization;
      return histogramOf(store, request, { organizationId, view, now: clock() });
    },
    allHistogram: (view, request) =>
      histogramOf(store, request, { organizationId: undefined, view, now: clock() }),
    suggestions: (organization, request) => suggest(store, organization, request),
    breakdown: (organization, request) => breakdownOf(store, organization, request),
    total: (organization, request) => totalOf(store, request, organization),
    allTotal: (view, request) => totalOf(store, request, { organizationId: undefined, view }),
    follow: (request) => follows.follow(request),
    openFollows: () => follows.open(),
    close: () => watch.close(),
  };
}
