/** The read path as one object, opened over a store: pages, one event, follows. */
import type { RecordedEvent } from "daybook/event";
import type { Store } from "../store/store.ts";
import { type FollowBatch, type FollowRequest, openFollower } from "./follow.ts";
import { type EventPage, eventById, type PageRequest, searchAllEvents, searchEvents } from "./pages.ts";
import type { SeenOrganization, View } from "./viewer.ts";
import { type Appended, openWatch } from "./watch.ts";

/** What can be read. Each throws as the function of its name in `pages.ts` and `follow.ts` does. */
export interface Search {
  events(organization: SeenOrganization, request: PageRequest): Promise<EventPage>;
  /** Of every organization that is in sight: for operators. */
  allEvents(view: View, request: PageRequest): Promise<EventPage>;
  event(organization: SeenOrganization, id: string): Promise<RecordedEvent>;
  follow(request: FollowRequest): Promise<AsyncIterableIterator<FollowBatch>>;
  /** How many follows are open. */
  followers(): number;
  /** Stops watching; open follows end when their signals abort. */
  close(): void;
}

/** What the read path needs of the store: readings within a sight, and for the watch, which is the server's own, the heads. */
type SearchStore = Pick<Store, "seeing" | "heads">;

/** Opens the read path. `appended` is how this process says that it appended. */
export function openSearch({ store, appended }: { store: SearchStore; appended: Appended }): Search {
  const watch = openWatch(store, appended);
  const follower = openFollower(store, watch);
  return {
    events: (organization, request) => searchEvents(store, organization, request),
    allEvents: (view, request) => searchAllEvents(store, view, request),
    event: (organization, id) => eventById(store, organization, id),
    follow: (request) => follower.follow(request),
    followers: () => follower.followers(),
    close: () => watch.close(),
  };
}
