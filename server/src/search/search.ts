/** The read path as one object, opened over a store: pages, one event and those around it, histograms, follows. */
import type { RecordedEvent } from "daybook/internal";
import type { Store } from "../store/store.ts";
import { type FollowBatch, type FollowRequest, openFollows } from "./follow.ts";
import { type Histogram, type HistogramRequest, histogramOf } from "./histogram.ts";
import { type Neighbours, neighboursOf } from "./neighbours.ts";
import { type EventPage, eventById, type PageRequest, searchAllEvents, searchEvents } from "./pages.ts";
import type { OrganizationView, SearchableOrganization } from "./visible.ts";
import { type Appended, openWatch } from "./watch.ts";

/** What can be read. Each throws as the function of its name in `pages.ts` and `follow.ts` does. */
export interface Search {
  events(organization: SearchableOrganization, request: PageRequest): Promise<EventPage>;
  /** Of every organization that is in scope: for operators. */
  allEvents(view: OrganizationView, request: PageRequest): Promise<EventPage>;
  event(organization: SearchableOrganization, id: string): Promise<RecordedEvent>;
  /** What stands around an event; `target` (`type:id`): one of its targets, the first if absent. */
  neighbours(
    organization: SearchableOrganization,
    of: { readonly id: string; readonly target?: string | undefined },
  ): Promise<Neighbours>;
  histogram(organization: SearchableOrganization, request: HistogramRequest): Promise<Histogram>;
  /** Of every organization that is in scope: for operators. */
  allHistogram(view: OrganizationView, request: HistogramRequest): Promise<Histogram>;
  follow(request: FollowRequest): Promise<AsyncIterableIterator<FollowBatch>>;
  /** How many follows are open. */
  openFollows(): number;
  /** Stops watching; open follows end when their signals abort. */
  close(): void;
}

/** What the read path needs of the store: readings within a row scope, and for the watch, which is the server's own, the heads. */
type SearchStore = Pick<Store, "within" | "heads">;

export interface SearchOptions {
  readonly store: SearchStore;
  readonly appended: Appended;
  /** Microseconds since 1970 UTC; the process's clock if absent. */
  readonly clock?: () => bigint;
}

const now = (): bigint => BigInt(Date.now()) * 1000n;

/** Opens the read path. `appended` is how this process says that it appended. */
export function openSearch({ store, appended, clock = now }: SearchOptions): Search {
  const watch = openWatch(store, appended);
  const follows = openFollows(store, watch);
  return {
    events: (organization, request) => searchEvents(store, organization, request),
    allEvents: (view, request) => searchAllEvents(store, view, request),
    event: (organization, id) => eventById(store, organization, id),
    neighbours: (organization, of) => neighboursOf(store, organization, of),
    histogram: (organization, request) => {
      const { organizationId, view } = organization;
      return histogramOf(store, request, { organizationId, view, now: clock() });
    },
    allHistogram: (view, request) =>
      histogramOf(store, request, { organizationId: undefined, view, now: clock() }),
    follow: (request) => follows.follow(request),
    openFollows: () => follows.open(),
    close: () => watch.close(),
  };
}
