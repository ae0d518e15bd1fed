/**
 * The contract of a follower, which handles each event of each log after it is recorded, however often processes stop or are killed. A new
 * follower is one object of this shape and one entry in the list of `open-services.ts`.
 *
 * A follower can rely on the following:
 * - Every event of every log is handled at least once, and those of one log in the order of the log. None is skipped: an event that can't
 *   be handled holds up its log, and is retried at growing intervals until it can.
 * - A batch has events of only one log, and at least one.
 * - Any number of processes share the work; at any time, only one process handles a batch of one log.
 * - Batches are not stable: after a failure, the next one can begin with the same event and end with another.
 *
 * A follower MUST do the following:
 * - Keep its `name`, because its positions are stored under it. It is a label of metrics, so it MUST NOT contain an id or a name of a
 *   person or organization.
 * - Reject if any event of the batch was not handled; the position then stays before the batch.
 * - Accept that events which are added to its log while it runs come in a later batch.
 */
import type { SlotName } from "daybook/internal";
import type { Gathering } from "../store/contract/followers.ts";
import type { WalkedEvent } from "../store/contract/pages.ts";
import type { WriteTransaction } from "../store/contract/transaction.ts";

interface FollowerOptions {
  /** Lower-case letters, digits and hyphens. */
  readonly name: string;
  /** The maximum number of events in a batch. A batch SHOULD take milliseconds, so that stopping is quick. */
  readonly batchSize: number;
  /** The slots whose values are read; other slots are absent from the events. */
  readonly slots: readonly SlotName[];
  /** Whether it rests as long as it works while this process records, because both need the same resources. Default: false. */
  readonly restsWhileRecording?: boolean;
  /** Waits for that many events, but not longer than `ms` after the first of them was recorded. Default: it doesn't wait. */
  readonly gathers?: Gathering;
  /** The number of logs that a process handles simultaneously. Default: 1. */
  readonly logsAtOnce?: number;
}

/**
 * A follower whose whole effect is rows in the database: position and effect are one transaction, so each event takes effect exactly once.
 */
export interface TransactionFollower extends FollowerOptions {
  readonly effect: "transaction";
  /**
   * Handles a batch. Everything that it does MUST go through `tx`; other effects would be repeated after a failure. It MUST NOT wait for
   * anything except the database, because the position is locked meanwhile.
   */
  handle(events: readonly WalkedEvent[], tx: WriteTransaction): Promise<void>;
  /**
   * Called after a batch of an organization is committed, for work in transactions of its own. What it doesn't do MUST be possible to do after
   * a later batch, because a process can stop in between. It SHOULD end soon after `signal` aborts.
   */
  afterwards?(organizationId: number, signal: AbortSignal): Promise<void>;
  /** Called about once a second while there is nothing to handle, for work that nothing waits for. It SHOULD take a few seconds at most. */
  meanwhile?(): Promise<void>;
}

/**
 * A follower whose effect is outside the database (a delivery): its process claims the log for some time, handles the batch outside any
 * transaction, and then moves the position. If a process is killed between the two, the batch is handled again, so the effect MUST be
 * repeatable, or the receiver MUST identify events by log and seq.
 */
export interface DeliveringFollower extends FollowerOptions {
  readonly effect: "outside";
  /** The maximum time of a batch, in milliseconds; after a process is killed, its logs wait this long. */
  readonly leaseMs: number;
  /**
   * Handles a batch. It MUST end soon after `signal` aborts, which happens shortly before the lease ends, and when the process stops. If it
   * ends later, another process may handle the same batch simultaneously.
   */
  handle(events: readonly WalkedEvent[], signal: AbortSignal): Promise<void>;
}

export type Follower = TransactionFollower | DeliveringFollower;
