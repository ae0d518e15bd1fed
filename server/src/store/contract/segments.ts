/**
 * The contract of the store for the full-text index: segments, each a number of blocks of bytes that never change. The folder `full-text` decides
 * what a block holds; the store keeps blocks by their first terms, separates them by organization, and finds the block where a term is.
 */

/** A segment covers `events` events of a log, from `first` on. No other segment has the same place and size, before or after it. */
export interface SegmentKey {
  readonly organizationId: number;
  readonly logNo: number;
  readonly first: bigint;
  readonly events: number;
}

/** Whether a segment covers the place of an event. */
export const covers = (
  { organizationId, logNo, first, events }: SegmentKey,
  event: { readonly organizationId: number; readonly logNo: number; readonly seq: bigint },
): boolean =>
  event.organizationId === organizationId &&
  event.logNo === logNo &&
  event.seq >= first &&
  event.seq < first + BigInt(events);

/** With the times of the first and the last of its events in the order of time, and the version of its blocks. */
export interface IndexSegment extends SegmentKey {
  /** The folder `full-text` decides what a version means. */
  readonly version: number;
  readonly oldest: bigint;
  readonly newest: bigint;
}

/** A block. `first`: its first term, with one character (0 to 255) for each byte; empty for the first block of a segment. */
export interface StoredBlock {
  readonly first: string;
  readonly data: Uint8Array;
}

/** The blocks in which terms from `from` (inclusive) to `before` (exclusive) can be: at most `most`, from the first of them on. */
export interface BlockRange {
  readonly segment: SegmentKey;
  readonly from: string;
  readonly before: string;
  readonly most: number;
  /** Whether the first of them is known: its data is empty then. */
  readonly isFirstKnown?: boolean;
}

/** An event whose terms have changed since its segment was made, because some of it was erased. */
export interface ChangedEvent {
  readonly organizationId: number;
  readonly logNo: number;
  readonly seq: bigint;
}

/** Reading segments, within a row scope. A segment outside the row scope is never returned. */
export interface SegmentReads {
  /**
   * The segments of an organization, those with the newest events first. At any moment, they cover each log from its first
   * event on, without a gap and without an overlap, up to the position of `fullTextFollower`.
   */
  segments(organizationId: number): Promise<IndexSegment[]>;
  /** The first segments of all organizations in the same order, at most `limit`. One statement, one snapshot. */
  newestSegments(limit: number): Promise<IndexSegment[]>;
  /**
   * For each range, its blocks in the order of their terms: the last one that begins at or before `from`, and those that follow it and begin
   * before `before`. Every segment has a block for the empty term, so the result is empty only for a segment that is no longer there: others
   * have taken its place. Each range is of one snapshot.
   */
  blocks(ranges: readonly BlockRange[]): Promise<StoredBlock[][]>;
  /** The changed events of an organization, or of all: what segments have of them no longer counts. In no order. */
  changedEvents(organizationId: number | undefined): Promise<ChangedEvent[]>;
}

/** What the server reads of segments for its own work, in every organization. */
export interface SegmentChecks {
  /** A segment of an earlier version than that, of any organization; undefined if there is none. Reads the list of all segments. */
  outdatedSegment(version: number): Promise<IndexSegment | undefined>;
}

/** Writing segments. The index can be rebuilt from the events, so it may be less durable than they are. */
export interface SegmentRows {
  /**
   * Adds a segment with its blocks, in the order of their terms. The position of `fullTextFollower` MUST be locked. Rejects with StoreError
   * `conflict` if there is one of that place and size.
   */
  insertSegment(segment: IndexSegment, blocks: readonly StoredBlock[]): Promise<void>;
  /** Removes segments with their blocks, for one that takes their place; returns how many were there. The same lock is needed. */
  deleteSegments(segments: readonly SegmentKey[]): Promise<number>;
  /**
   * Says that the terms of events have changed, in the transaction that changes them: searches that begin after it commits don't find them by
   * what segments have of them. Twice is as once.
   */
  markChanged(events: readonly ChangedEvent[]): Promise<void>;
  /** Forgets the changed events of a segment that was made anew. */
  forgetChanged(segment: SegmentKey): Promise<void>;
}
