/**
 * The contract of the store for the words of events. The folders above decide what a word is and which words an event has. The store
 * separates them by organization and finds them by their beginnings.
 */
import type { StoredEvent } from "./events.ts";
import type { PageKey, PageQuery, WalkedEvent } from "./pages.ts";

/** A word of an event and its position. Letters, digits and periods, at most 40 characters. */
export interface WordAt {
  readonly word: string;
  /** From 1; adjacent words differ by 1. */
  readonly at: number;
}

/**
 * A query: each word of a phrase is the beginning of a word of the event, and they have the same distances from each other. There is at
 * least one phrase in `all`, and a word in each phrase.
 */
export interface TextQuery {
  /** Phrases that must all occur. */
  readonly all: readonly (readonly WordAt[])[];
  /** Phrases that must not occur. */
  readonly none: readonly (readonly WordAt[])[];
}

/** The follower whose position says how far the full-text index of an organization is. */
export const fullTextFollower = "full-text";

/** The part of an event that its words come from. */
export type IndexedEvent = Pick<WalkedEvent, "type" | "slots">;

/** A page of the events that contain the words. */
export interface FindQuery extends Omit<PageQuery, "oldestFirst"> {
  readonly wanted: TextQuery;
}

/**
 * The found events, in the order of a page. `reached`: the search stopped at that place, before the page was full and everything was
 * searched.
 */
export interface FullTextPage {
  readonly events: StoredEvent[];
  readonly reached: PageKey | undefined;
}

/** Finding events by their words, within a row scope. Events outside the row scope are never found. */
export interface FullTextReads {
  /**
   * At most `limit` events that contain the words and pass the filter, in the order of `page`, among those with indexed words. The effort
   * is limited: with `reached`, the search stopped at that place, and continues with it as `after`. Without it and with fewer than `limit`
   * events, there are no more. Several statements, each with a snapshot of its own.
   */
  find(query: FindQuery): Promise<FullTextPage>;
}

/**
 * Indexing the words of events, in a writing transaction. The index can be rebuilt from the events, so it may be less durable than they
 * are.
 */
export interface FullTextRows {
  /**
   * Adds the words of events to the index, in the transaction that moves the position of `fullTextFollower` past them. Rejects with
   * StoreError `conflict` for an event that already has words.
   */
  insertWords(
    events: readonly WalkedEvent[],
    wordsOf: (event: WalkedEvent) => readonly WordAt[],
  ): Promise<void>;
}
