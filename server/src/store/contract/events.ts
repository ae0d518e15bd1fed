/**
 * The contract of the store for events: what is stored of an event, how it is appended, and how it is found by its key.
 *
 * An event is appended once and never changed, except to erase a slot. Its key is (organizationId, logNo, seq); its id is unique within its
 * organization.
 */
import type { Outcome, SlotName } from "daybook/internal";

/** One stored slot: its value's JCS text and its 16-byte salt; for an erased slot, only its 32-byte digest. */
export type KeptSlot = { readonly json: string; readonly salt: Uint8Array } | { readonly digest: Uint8Array };

/** A stored event. */
export interface StoredEvent {
  readonly organizationId: number;
  readonly logNo: number;
  readonly seq: bigint;
  /** Lower-case UUIDv7. */
  readonly id: string;
  readonly type: string;
  readonly occurredAt: bigint;
  readonly recordedAt: bigint;
  readonly outcome: Outcome;
  readonly leafHash: Uint8Array;
  readonly slots: Partial<Record<SlotName, KeptSlot>>;
}

/** An event to append: a stored event without erased slots, with the keys for its indexes. */
export interface NewEvent extends StoredEvent {
  /** `type:id` of the actor. */
  readonly actor: string;
  /** `type:id` of each target, each once. */
  readonly targets: readonly string[];
}

/** Steps 4 and 5 of a writing transaction (`transaction.ts`). The heads of all organizations concerned MUST be locked before. */
export interface EventRows {
  /**
   * Which of these ids are recorded: all that were committed before this call, and those appended earlier in this transaction. The caller
   * MUST hold the heads of their organizations, so that nothing is recorded under these ids until the transaction ends. The result has no
   * order. An id that is not recorded is left out. Locks nothing.
   */
  findEvents(ids: readonly { organizationId: number; id: string }[]): Promise<StoredEvent[]>;
  /**
   * Appends events to their logs: the promise of the product.
   *
   * The caller MUST have locked the heads (`lockHeads`), and MUST number the events of each log without a gap: the first `seq` is
   * the head's `size`, and each next one is one more. It MUST set the new size, frontier and recordedAt with `updateHeads` in the
   * same transaction. The store relies on both and checks neither.
   *
   * Durable: when `write` resolves, every event of the call is on disk with its target keys, and outlives a crash of the process,
   * the server and the database. Until then no reader sees any of them. If the transaction rolls back, for whatever reason, none
   * of them is there, and their places and ids are free again.
   *
   * Exact: an event is read back as it was appended, to the byte and the microsecond. Whole: a call appends all its events or
   * fails; it never leaves one out.
   *
   * Rejects with StoreError `refused` if a place (logNo, seq) or an id is taken in that organization, or if a text cannot be kept
   * (U+0000); with RangeError if a slot is erased or a salt is not 16 bytes. After a rejection the transaction can only be rolled
   * back. Waits for no other transaction. No events: does nothing.
   */
  appendEvents(events: readonly NewEvent[]): Promise<void>;
}

/**
 * Reading events by their keys, within a row scope. For an event outside the row scope, the result is the same as for one that does not
 * exist.
 */
export interface EventReads {
  /** The event of that id; undefined if none is recorded in that organization. */
  event(organizationId: number, id: string): Promise<StoredEvent | undefined>;
  /**
   * Events of a log in ascending order of `seq`, the first at or after `fromSeq`, at most `limit`. Fewer mean that the log has no more;
   * empty if there is no such log.
   */
  events(organizationId: number, logNo: number, fromSeq: bigint, limit: number): Promise<StoredEvent[]>;
  /** The events at these places, in their order. A place without an event is left out. One statement, one snapshot. */
  eventsAt(places: readonly Pick<StoredEvent, "organizationId" | "logNo" | "seq">[]): Promise<StoredEvent[]>;
}

/** What the server reads of events for its own work, in every organization. */
export interface EventChecks {
  /**
   * Which of these ids are recorded, as of now and outside a transaction: for a caller whose COMMIT broke (`unknown`). An id that is not
   * recorded is left out, and may still be committed by a running transaction. The result has no order.
   */
  findEvents(ids: readonly { organizationId: number; id: string }[]): Promise<StoredEvent[]>;
  /**
   * How many events there are of each type, of one organization or of all, in the order of the type. A type without events is
   * left out. Reads every event.
   */
  countByType(organizationId?: number): Promise<{ type: string; count: bigint }[]>;
}
