/** The pages of lists. */

/** One page of the list `Name`. */
export type Page<Name extends string, Item> = { readonly [Each in Name]: Item[] } & {
  /** The cursor of the next page; null on the last one. */
  readonly next: string | null;
};

/** How far a search with words came. */
export interface SearchProgress {
  /** The recordedAt up to which all events were searched; null: none was. */
  readonly upTo: string | null;
  /** How many events were not searched, because they are not indexed yet. */
  readonly behind: number;
}

/** One page of events, newest first. */
export type EventsPage<Event> = Page<"events", Event> & {
  /** Only of a search with words. */
  readonly searched?: SearchProgress;
};
