/** The contract of the store for events: what is kept of one, and how it is appended and found by its key. */
import type { Outcome, SlotName } from "daybook/internal";

/** One slot as kept: its value's JCS text and its 16-byte salt; of an erased slot its 32-byte digest alone. */
export type KeptSlot = { readonly json: string; readonly salt: Uint8Array } | { readonly digest: Uint8Array };

/** An event as the store keeps it. */
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

/** What is appended: a stored event (nothing erased), and what its indexes need. */
export interface NewEvent extends StoredEvent {
  /** `type:id` of the actor. */
  readonly actor: string;
  /** `type:id` of each target, each once. */
  readonly targets: readonly string[];
}

/** Events in a writing transaction. */
export interface EventRows {
  findEvents(ids: readonly { organizationId: number; id: string }[]): Promise<StoredEvent[]>;
  appendEvents(events: readonly NewEvent[]): Promise<void>;
}

/** Reading events by their keys, within a row scope. */
export interface EventReads {
  event(organizationId: number, id: string): Promise<StoredEvent | undefined>;
  /** Events of a log in order of seq, from `fromSeq`, at most `limit`. */
  events(organizationId: number, logNo: number, fromSeq: bigint, limit: number): Promise<StoredEvent[]>;
}

/** What the server reads of the events of all organizations, for itself. */
export interface EventChecks {
  /** Which of these ids are recorded, outside a transaction: to find out what became of a broken one. */
  findEvents(ids: readonly { organizationId: number; id: string }[]): Promise<StoredEvent[]>;
  /** How many events by type, for operators and the demo. */
  countByType(organizationId?: number): Promise<{ type: string; count: bigint }[]>;
  /**
   * What differs between the derived columns and tables (actor, targets) and the slots, ids that an organization has twice, and
   * an full-text index that has not what it says: a sentence each, naming logNo and seq; for fsck.
   */
  checkDerived(organizationId: number): AsyncIterable<string>;
}
