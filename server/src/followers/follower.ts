/**
 * The contract of a follower: what handles each event of each log after it is recorded, however often processes stop or are killed. A new
 * follower is one object of this shape and one entry in the list of `open-services.ts`.
 *
 * What a follower can rely on:
 * - Every event of every log is handled at least once, those of one log in the order of the log. None is skipped: an event that can't be
 *   handled holds up its log, and is tried again, later each time, until it can.
 * - A batch has events of one log only, and at least one.
 * - Any number of processes share the work; of one log, one process at a time handles a batch.
 * - Batches are not stable: after a failure the next may begin with the same event and end with another.
 *
 * What a follower MUST do:
 * - Keep its `name`, which its positions are stored under. It is a label of metrics, so it MUST NOT hold an id or a name of anybody.
 * - Reject if any event of the batch was not handled; the position then stays before the batch.
 * - Bear that events which are added to its log while it runs come in a later batch.
 */
import type { SlotName } from "daybook/internal";
import type { WalkedEvent } from "../store/contract/pages.ts";
import type { WriteTransaction } from "../store/contract/transaction.ts";

interface FollowerOptions {
  /** Lower-case letters, digits and hyphens. */
  readonly name: string;
  /** How many events a batch has at most. A batch SHOULD take milliseconds, so that stopping is quick. */
  readonly batchSize: number;
  /** The slots whose values are read; those of other slots are absent from the events. */
  readonly slots: readonly SlotName[];
  /** Whether it rests as long as it works while this process records, because its work takes what recording needs. Absent: false. */
  readonly restsWhileRecording?: boolean;
  /** How many logs a process handles at once. Absent: 1. */
  readonly logsAtOnce?: number;
}

/**
 * A follower whose whole effect is rows in the database: position and effect are one transaction, so each event takes effect exactly once.
 */
export interface TransactionFollower extends FollowerOptions {
  readonly effect: "transaction";
  /**
   * Handles a batch. Everything that it does MUST go through `tx`; what it does elsewhere would be done again after a failure. It MUST NOT
   * wait for anything but the database, since the position is locked meanwhile.
   */
  handle(events: readonly WalkedEvent[], tx: WriteTransaction): Promise<void>;
}

/**
 * A follower whose effect is outside the database (a delivery): its process claims the log for a while, handles the batch outside any
 * transaction, and then moves the position. A process that is killed between the two leaves a batch that is handled again, so the
 * effect MUST be one that may happen twice, or the receiver MUST know events by log and seq.
 */
export interface DeliveringFollower extends FollowerOptions {
  readonly effect: "outside";
  /** How long a batch may take, in milliseconds; after a process is killed, its logs wait this long. */
  readonly leaseMs: number;
  /**
   * Handles a batch. It MUST end soon after `signal` is aborted: shortly before the lease ends, and when the process stops. If it ends
   * later, another process may handle the same batch at the same time.
   */
  handle(events: readonly WalkedEvent[], signal: AbortSignal): Promise<void>;
}

export type Follower = TransactionFollower | DeliveringFollower;
