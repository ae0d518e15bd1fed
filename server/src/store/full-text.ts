/**
 * The contract of the store for the words of events: shapes only. What a word is, and which an event has, is for the rooms above;
 * the store keeps them apart by organization and finds them by their beginnings.
 */

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
