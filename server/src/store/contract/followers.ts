/**
 * The contract of the store for followers: the position of each in the log of each organization, and who may move it. What a follower
 * does is for the folders above; the store keeps its position, gives it the events from there on, and lets one process at a time move it.
 */
import type { SlotName } from "daybook/internal";
import type { WalkedEvent } from "./pages.ts";

/** A follower in one organization's log. */
export interface FollowerKey {
  /** Lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly organizationId: number;
}

/** Everything before `next` of log `logNo` is handled, and nothing from there on. */
export interface FollowerPosition {
  readonly logNo: number;
  readonly next: bigint;
}

/** A position that is locked, and how often in a row it could not be moved. */
export interface LockedPosition extends FollowerPosition {
  readonly failures: number;
}

/** How far a follower is in an organization's log. */
export interface FollowerProgress extends FollowerPosition {
  readonly organizationId: number;
  /** How many events there are from there on. */
  readonly behind: bigint;
  /** recordedAt of the last event that is handled; null if none is. */
  readonly recordedAt: bigint | null;
}

/** How far a follower is behind, over all organizations. */
export interface FollowerLag {
  /** Events that are recorded and not handled. */
  readonly events: bigint;
  /** recordedAt of the oldest of them; null if there is none. */
  readonly oldest: bigint | null;
  /** Organizations where the last attempt failed. */
  readonly failing: number;
}

/** Which events a follower gets. */
export interface FollowedEvents {
  readonly slots: readonly SlotName[];
  readonly limit: number;
}

export interface FollowerReads {
  /**
   * How far a follower is: in that organization, at 0 of log 0 if it has not begun; or, of all organizations, where it is behind.
   * Not found is an empty list.
   */
  followerProgress(name: string, organizationId: number | undefined): Promise<FollowerProgress[]>;
}

/**
 * What a follower does in a transaction. It MUST lock its position (`lockFollower` or `lockClaim`) before anything else, and MUST NOT wait
 * for another process there. Who holds the lock has it until the transaction ends, however it ends.
 */
export interface FollowerRows {
  /**
   * Locks the position, which it makes at 0 of log 0 where there is none. Undefined, without waiting, while another transaction
   * has it locked, while another process's claim lasts and while a delay lasts.
   */
  lockFollower(key: FollowerKey): Promise<LockedPosition | undefined>;
  /**
   * The events from a position on, in the order of the log, at most `limit`; each of one log: those of the next log once this one has ended
   * and all of it is handled. Every event that is committed before a later one is there: none is passed over.
   */
  followedEvents(
    organizationId: number,
    from: FollowerPosition,
    query: FollowedEvents,
  ): Promise<WalkedEvent[]>;
  /** Moves the position that is locked; ends claim, delay and failures. */
  moveFollower(key: FollowerKey, to: FollowerPosition): Promise<void>;
  /** Claims the position that is locked beyond the transaction, for so long by the database's clock; until when. */
  claimFollower(key: FollowerKey, ms: number): Promise<bigint>;
  /** Locks the position if the claim until then is still this one: false if it ran out and somebody else took the position. */
  lockClaim(key: FollowerKey, claimedUntil: bigint): Promise<boolean>;
  /** Counts a failure at the position that is locked, and lets nobody have it for so long; ends the claim. */
  delayFollower(key: FollowerKey, ms: number): Promise<void>;
  /** Ends the claim on the position that is locked, and leaves it where it is. */
  releaseFollower(key: FollowerKey): Promise<void>;
  /**
   * The commit doesn't wait for the disk: a crash of the database may undo the transaction, as a whole. MUST NOT be called where events are
   * appended: others would see them before they are durable.
   */
  commitLater(): Promise<void>;
}

export interface FollowerStore {
  /** Organizations where there are events after the follower's position that may be handled now, at most `limit`, in no order. */
  followable(name: string, limit: number): Promise<number[]>;
  /** How far a follower is behind: reads the heads of all organizations. */
  followerLag(name: string): Promise<FollowerLag>;
}
