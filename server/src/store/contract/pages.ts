/** The contract of the store for pages of events in the order of time. */

import type { Outcome, SlotName, Source } from "daybook/internal";
import type { StoredEvent } from "./events.ts";

/** A slot in a walk: its value's JCS text; for an erased slot, the member `digest` without the bytes. */
export type WalkedSlot = { readonly json: string } | { readonly digest: Uint8Array | undefined };

/** An event in a walk: what an export writes, without its proof. */
export interface WalkedEvent extends Omit<StoredEvent, "leafHash" | "slots"> {
  /** Only if the walk asks for it. */
  readonly leafHash?: Uint8Array;
  readonly slots: Partial<Record<SlotName, WalkedSlot>>;
}

/** The same with its leaf hash: what is read back of an event. */
export type HashedEvent = WalkedEvent & { readonly leafHash: Uint8Array };

/** A place in an organization's newest-first order; the next page starts after it. */
export interface PageKey {
  readonly occurredAt: bigint;
  readonly seq: bigint;
  readonly logNo: number;
  /** Only in the global order, to break ties. */
  readonly organizationId?: number;
}

/** A filter of events: each list is an OR, and all together are an AND; an empty or absent list filters nothing. */
export interface Filter {
  readonly types?: readonly string[];
  /** `type:id` */
  readonly actors?: readonly string[];
  /** `type:id` */
  readonly targets?: readonly string[];
  readonly outcomes?: readonly Outcome[];
  /** Only what Daybook did itself, or only what others reported. */
  readonly recordedBy?: Source;
  /** Inclusive, by occurredAt. */
  readonly from?: bigint;
  /** Exclusive, by occurredAt. */
  readonly to?: bigint;
}

export interface PageQuery {
  /** If absent, every organization (operators only). */
  readonly organizationId?: number;
  readonly filter: Filter;
  readonly after?: PageKey;
  readonly limit: number;
  /** The reverse order: the oldest first, each after the place in that order. */
  readonly oldestFirst?: boolean;
  /** The slots whose values are read; default: all. Erased slots are always listed. */
  readonly slots?: readonly SlotName[];
}

/** Reading events by time, within a row scope. Events outside the row scope are never returned. */
export interface PageReads {
  /**
   * At most `limit` events that pass the filter, newest first by (occurredAt, seq, logNo), and over all organizations also by
   * organizationId; in reverse with `oldestFirst`. The first comes after `after`, which need not be an event. Fewer than `limit` mean that
   * there are no more. One statement, one snapshot; consecutive pages by `after` neither repeat nor miss an event that existed at the first
   * one.
   */
  page(query: PageQuery): Promise<HashedEvent[]>;
}
