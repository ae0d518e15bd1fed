/**
 * The contract of the store for the words of events. What a word is, and which words an event has, the folders above decide; the store
 * keeps them apart by organization and finds them by their beginnings.
 */
import type { StoredEvent } from "./events.ts";
import type { PageKey, PageQuery, WalkedEvent } from "./pages.ts";

/** A word of an event and its place. Letters, digits and full stops, at most 40 characters. */
export interface WordAt {
  readonly word: string;
  /** From 1; what follows each other differs by 1. */
  readonly at: number;
}

/**
 * What is looked for: of a phrase each word is the beginning of one of the event's, and they stand at the same distances from each
 * other. There is at least one phrase in `all`, and a word in each phrase.
 */
export interface TextQuery {
  /** Each of these phrases must be there. */
  readonly all: readonly (readonly WordAt[])[];
  /** None of these may. */
  readonly none: readonly (readonly WordAt[])[];
}

/** The follower whose position says how far the words of an organization's events are indexed. */
export const fullTextFollower = "full-text";

/** An event, in so far as it is read for its words. */
export type IndexedEvent = Pick<WalkedEvent, "type" | "slots">;

/** A page of the events that hold words. */
export interface FindQuery extends Omit<PageQuery, "oldestFirst"> {
  readonly wanted: TextQuery;
}

/** What was found, in the order of a page; `reached`: the look broke off there, before the page was full and all was seen. */
export interface FullTextPage {
  readonly events: StoredEvent[];
  readonly reached: PageKey | undefined;
}

/** Finding events by their words, within a row scope. Events outside the row scope are never found. */
export interface FullTextReads {
  /**
   * At most `limit` events that hold the words and pass the filter, in the order of `page`, of those whose words are indexed. The
   * effort is bounded: with `reached` the search broke off at that place, and goes on with it as `after`. Without it and with
   * fewer than `limit` events there are no more. Several statements, each with a snapshot of its own.
   */
  find(query: FindQuery): Promise<FullTextPage>;
}

/**
 * Indexing the words of events, in a writing transaction. The index can be made again from the events, so it may be less durable than
 * they are.
 */
export interface FullTextRows {
  /**
   * Adds the words of events to the index, in the transaction that moves the position of `fullTextFollower` past them. An event that
   * has words already is refused: StoreError `conflict`.
   */
  insertWords(
    events: readonly WalkedEvent[],
    wordsOf: (event: WalkedEvent) => readonly WordAt[],
  ): Promise<void>;
}
