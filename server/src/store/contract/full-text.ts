/** What the full-text index is about: words, queries, and the position up to which events are indexed. `segments.ts` is the index itself. */
import type { WalkedEvent } from "./pages.ts";

/** A word of an event and its position. Letters, digits and periods, at most 40 characters. */
export interface WordAt {
  readonly word: string;
  /** From 1; adjacent words differ by 1. */
  readonly at: number;
}

/**
 * A query: each word of a phrase is the beginning of a word of the event, and they have the same distances from each other. There is a word in
 * each phrase.
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
