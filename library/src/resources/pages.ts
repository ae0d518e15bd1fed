/** The pages of lists. */

/** One page of the list `Name`. */
export type Page<Name extends string, Item> = { readonly [Each in Name]: Item[] } & {
  /** The cursor of the next page; null on the last one. */
  readonly next: string | null;
};

/** The completeness of a search with words. */
export interface SearchProgress {
  /** The recordedAt up to which all events were searched; null if none were. */
  readonly upTo: string | null;
  /** The number of events that were not searched, because too many wait to be indexed. */
  readonly behind: number;
}

/** One page of events, newest first. */
export type EventsPage<Event> = Page<"events", Event> & {
  /** Only for what the full-text index answers: a search, or a filter of two kinds. */
  readonly searched?: SearchProgress;
};
