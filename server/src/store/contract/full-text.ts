/**
 * The contract of the store for the words of events. What a word is, and which an event has, is for the folders above; the store
 * keeps them apart by organization and finds them by their beginnings.
 */

import type { SlotName } from "daybook/internal";
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

/** How far the words of an organization's events are indexed: everything before `next` of log `logNo` is. */
export interface IndexProgress {
  readonly organizationId: number;
  readonly logNo: number;
  readonly next: bigint;
  /** How many events there are from there on. */
  readonly behind: bigint;
  /** recordedAt of the last event that is indexed; null if none is. */
  readonly recordedAt: bigint | null;
}

/** An event, in so far as it is read for its words. */
export type IndexedEvent = Pick<WalkedEvent, "type" | "slots">;

/** How words are indexed: which slots are read, and which words an event has. */
export interface Indexing {
  readonly slots: readonly SlotName[];
  readonly limit: number;
  readonly wordsOf: (event: IndexedEvent) => readonly WordAt[];
}

/** A page of the events that hold words. */
export interface FindQuery extends Omit<PageQuery, "oldestFirst"> {
  readonly wanted: TextQuery;
}

/** What was found, in the order of a page; `reached`: the look broke off there, before the page was full and all was seen. */
export interface Found {
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
  find(query: FindQuery): Promise<Found>;
  /**
   * How far words are indexed: of that organization, also if all are; or, for undefined, of each organization where not all are,
   * in no order. An organization without a head is left out.
   */
  indexProgress(organizationId: number | undefined): Promise<IndexProgress[]>;
}

/**
 * Indexing the words of events, in every organization. The index can be made again from the events, so it is less durable than
 * they are.
 */
export interface FullTextIndexing {
  /**
   * Indexes the words of an organization's next events, in the order of its logs, at most `limit` of `indexing`, in one
   * transaction with how far it has come; answers how many. Each event is indexed once, by however many processes. 0 if all are
   * indexed, and if another process holds the organization: it is passed by, not waited for. A crash of the process undoes what
   * was begun; a crash of the database may undo the last calls. Either way the next call does it again.
   */
  indexFullText(organizationId: number, indexing: Indexing): Promise<number>;
  /** Organizations whose words are not all indexed, at most `limit`, in no order. */
  unindexedOrganizations(limit: number): Promise<number[]>;
}
