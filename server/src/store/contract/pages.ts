/** The contract of the store for events in the order of time: pages, and the walk that an export is written from. */

import type { Outcome, SlotName, Source } from "daybook/internal";
import type { StoredEvent } from "./events.ts";

/** A slot as a walk gives it: its value's JCS text; of an erased one the member `digest`, without the bytes. */
export type WalkedSlot = { readonly json: string } | { readonly digest: Uint8Array | undefined };

/** An event as a walk gives it: what an export writes, and no proof of it. */
export interface WalkedEvent extends Omit<StoredEvent, "leafHash" | "slots"> {
  /** Only where the walk is asked for it. */
  readonly leafHash?: Uint8Array;
  readonly slots: Partial<Record<SlotName, WalkedSlot>>;
}

/** A place in an organization's newest-first order; pages go on after it. */
export interface PageKey {
  readonly occurredAt: bigint;
  readonly seq: bigint;
  readonly logNo: number;
  /** Only in the global order, where it breaks ties. */
  readonly organizationId?: number;
}

/** Which events: each list is an OR, all together an AND; an empty or absent one filters nothing. */
export interface Filter {
  readonly types?: readonly string[];
  /** `type:id` */
  readonly actors?: readonly string[];
  /** `type:id` */
  readonly targets?: readonly string[];
  readonly outcomes?: readonly Outcome[];
  /** Only what Daybook did and saw itself, or only what others reported. */
  readonly recordedBy?: Source;
  /** Inclusive, on occurredAt. */
  readonly from?: bigint;
  /** Exclusive, on occurredAt. */
  readonly to?: bigint;
}

export interface PageQuery {
  /** Absent: every organization (operators only). */
  readonly organizationId?: number;
  readonly filter: Filter;
  readonly after?: PageKey;
  readonly limit: number;
  /** The other way round: the oldest first, each after the place in that order. */
  readonly oldestFirst?: boolean;
}

/** A walk for export, oldest first by (occurredAt, seq, logNo), or by (logNo, seq) where `by` is `recorded`. */
export interface WalkQuery {
  readonly organizationId: number;
  readonly by: "occurred" | "recorded";
  /** Its `from` and `to` are on the time that `by` names. */
  readonly filter: Filter;
  /** Only events before this place in the log; the export's own event. */
  readonly before: { readonly logNo: number; readonly seq: bigint };
  /** The slots whose values are read; absent: all. Erased slots are told of whether they are among them or not. */
  readonly slots?: readonly SlotName[];
  /** Whether the leaf hashes are read too. */
  readonly leafHash?: boolean;
}

/** Reading events by time, within a row scope. Events outside the row scope are never among them. */
export interface PageReads {
  /**
   * At most `limit` events that pass the filter, newest first by (occurredAt, seq, logNo), and over all organizations by
   * organizationId too; the other way round with `oldestFirst`. The first comes after `after`, which need not be an event. Fewer
   * than `limit` mean that there were no more. One statement, one snapshot; pages that follow each other by `after` neither
   * repeat nor lose an event that was there at the first.
   */
  page(query: PageQuery): Promise<StoredEvent[]>;
  /**
   * All events that pass the filter and stand before `before`, oldest first (`WalkQuery`), in chunks of 1 to 2,000 events and
   * about a megabyte: memory stays flat. The next chunk is read while one is used. It holds no connection, lock or snapshot
   * between chunks. Since events are only appended, what stands before `before` is whole if that place is committed. A caller may
   * stop at any chunk.
   */
  walk(query: WalkQuery): AsyncIterable<WalkedEvent[]>;
}
