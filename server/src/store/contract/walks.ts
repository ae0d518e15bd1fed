/** The contract of the store for walks over events, which exports are made of: as objects, or as bytes of which the stored texts are copied. */

import type { Outcome, SlotName } from "daybook/internal";
import type { Filter, WalkedEvent } from "./pages.ts";

/**
 * Events in order, read one after the other: a cursor that stands before the first one. Its properties are those of the current event, and
 * MUST NOT be used before the first `next()` or after it returned false.
 */
export interface EventBytes {
  /** Moves to the next event; false if there is none. */
  next(): boolean;
  /** The current event, the same as `walk` returns it for the same slots. */
  event(): WalkedEvent;
  /** Has the texts of the current event, in UTF-8, at the places below. For the next event it can be another one. */
  readonly bytes: Buffer;
  readonly logNo: number;
  readonly seq: number;
  /** Microseconds since 1970 UTC, which are exact in a double until the year 2255. */
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly outcome: Outcome;
  /** Whether any slot was erased, also one that was not asked for. */
  readonly isErased: boolean;
  /** Where the 16 bytes of the id begin. */
  readonly id: number;
  /** Where the type begins and ends. */
  readonly type: number;
  readonly typeEnd: number;
  /** Where each slot's JCS text begins and ends, two numbers for each slot in the order of the query; -1 twice if there is none. */
  readonly slots: Int32Array;
}

/** A walk for exports, oldest first by (occurredAt, seq, logNo), or by (logNo, seq) if `by` is `recorded`. */
export interface WalkQuery {
  readonly organizationId: number;
  readonly by: "occurred" | "recorded";
  /** Its `from` and `to` apply to the time that `by` names. */
  readonly filter: Filter;
  /** Only events before this place in the log, which is that of the export's own event. */
  readonly before: { readonly logNo: number; readonly seq: bigint };
  /** The slots whose values are read; default: all. Erased slots are always listed. */
  readonly slots?: readonly SlotName[];
  /** Whether to read the leaf hashes too. */
  readonly leafHash?: boolean;
}

/** The same walk, for events as bytes. */
export interface ByteWalkQuery extends Omit<WalkQuery, "leafHash" | "slots"> {
  /** The slots whose texts are read, in the order of their places. */
  readonly slots: readonly SlotName[];
}

/** Walking over events, within a row scope. Events outside the row scope are never returned. */
export interface WalkReads {
  /**
   * All events that pass the filter and are before `before`, oldest first (`WalkQuery`), in chunks of 1 to 2,000 events and about a
   * megabyte: memory stays constant. The next chunk is read while one is used. It holds no connection, lock or snapshot between chunks.
   * Events are only appended, so the events before `before` are complete if that place is committed. A caller can stop at any chunk.
   */
  walk(query: WalkQuery): AsyncIterable<WalkedEvent[]>;
  /**
   * The events of `walk` as bytes: the same ones in the same order, in chunks of 1 to 20,000 events. A chunk MUST have at most 4 MB and one
   * more event, however large the events are. The next chunk is read while one is used, so a caller that waits holds two. The store MUST
   * hold no connection, lock or snapshot between chunks, and MUST read no further chunk for a caller that stopped. A chunk MUST NOT be used
   * after the next one was asked for: the store may use its memory again. A chunk whose connection breaks is read again from its start, or
   * the walk rejects with StoreError; a chunk is never incomplete.
   */
  walkBytes(query: ByteWalkQuery): AsyncIterable<EventBytes>;
}
