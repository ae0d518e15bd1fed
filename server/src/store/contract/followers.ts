/**
 * The contract of the store for followers: the position of each in the log of each organization, and who may move it. The folders above
 * decide what a follower does. The store keeps its position, returns the events from there on, and lets one process at a time move it.
 */
import type { SlotName } from "daybook/internal";
import type { StoredEvent } from "./events.ts";
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

/** A locked position, with the number of consecutive failures. */
export interface LockedPosition extends FollowerPosition {
  readonly failures: number;
}

/** How far a follower is in an organization's log. */
export interface FollowerProgress extends FollowerPosition {
  readonly organizationId: number;
  /** The number of events from there on. */
  readonly behind: bigint;
  /** recordedAt of the last handled event; null if there is none. */
  readonly recordedAt: bigint | null;
}

/** How far a follower is behind, over all organizations. */
export interface FollowerLag {
  /** Events that are recorded but not handled. */
  readonly events: bigint;
  /** recordedAt of the oldest of them; null if there is none. */
  readonly oldest: bigint | null;
  /** Organizations where the last attempt failed. */
  readonly failing: number;
}

/** How long a follower waits for more events. */
export interface Gathering {
  readonly events: number;
  /** Milliseconds since the first of them was recorded. */
  readonly ms: number;
}

/** The selection of events for a follower. */
export interface FollowedEvents {
  readonly slots: readonly SlotName[];
  readonly limit: number;
}

/** The slots that can be large. */
export const largeSlots: readonly SlotName[] = [
  ...(["changes", "changesPersonal", "data", "dataPersonal", "targets", "targetsPersonal"] as const),
];
/** `unfollowed` and `followedEvents` read no further event when those that they have read have so many bytes in their large slots. */
export const mostBytesAtOnce = 8_000_000;

/** Whether `unfollowed` or `followedEvents` may have left events, because they read the limit or `mostBytesAtOnce`. */
export function isCut(events: readonly Pick<WalkedEvent, "slots">[], limit: number): boolean {
  if (events.length >= limit) return true;
  let bytes = 0;
  for (const { slots } of events) {
    for (const name of largeSlots) {
      const slot = slots[name];
      if (slot !== undefined && "json" in slot) bytes += Buffer.byteLength(slot.json);
    }
  }
  return bytes >= mostBytesAtOnce;
}

export interface FollowerReads {
  /**
   * The position of a follower: in that organization, or at 0 of log 0 if it has not begun; or, for all organizations, where it is behind.
   * Empty if there is none.
   */
  followerProgress(name: string, organizationId: number | undefined): Promise<FollowerProgress[]>;
  /**
   * The events after the position of a follower, the last ones of each log, at most `limit`, in no order: of that organization, or of all. Fewer
   * if the large slots of these have `mostBytesAtOnce` together. One statement, one snapshot.
   */
  unfollowed(name: string, organizationId: number | undefined, limit: number): Promise<StoredEvent[]>;
}

/**
 * The operations of a follower in a transaction. It MUST lock its position (`lockFollower` or `lockClaim`) before anything else, and MUST
 * NOT wait for another process there. The transaction holds the lock until it ends, however it ends.
 */
export interface FollowerRows {
  /**
   * Locks the position, and makes it at 0 of log 0 if there is none. Undefined, without waiting, while another transaction has it locked,
   * while another process's claim lasts and while a delay lasts.
   */
  lockFollower(key: FollowerKey): Promise<LockedPosition | undefined>;
  /**
   * The events from a position on, in the order of the log, at most `limit`, all of one log: events of the next log come after this one has
   * ended and is completely handled. The result has every event that was committed before a later one in it: none is skipped. It is shorter if
   * the large slots among those asked for have `mostBytesAtOnce` together, and empty only if there is no event.
   */
  followedEvents(
    organizationId: number,
    from: FollowerPosition,
    query: FollowedEvents,
  ): Promise<WalkedEvent[]>;
  /** Moves the locked position; ends claim, delay and failures. */
  moveFollower(key: FollowerKey, to: FollowerPosition): Promise<void>;
  /** Claims the locked position beyond the transaction, for that duration by the database's clock; returns until when. */
  claimFollower(key: FollowerKey, ms: number): Promise<bigint>;
  /** Locks the position if that claim still holds it: false if the claim ran out and another process took the position. */
  lockClaim(key: FollowerKey, claimedUntil: bigint): Promise<boolean>;
  /** Counts a failure at the locked position, and lets no process have it for that duration; ends the claim. */
  delayFollower(key: FollowerKey, ms: number): Promise<void>;
  /** Ends the claim on the locked position, which stays where it is. */
  releaseFollower(key: FollowerKey): Promise<void>;
  /**
   * The commit doesn't wait for the disk: a crash of the database can undo the transaction as a whole. MUST NOT be called in a transaction
   * that appends events: others would see them before they are durable.
   */
  commitLater(): Promise<void>;
}

/** What the database had when there was nothing to handle. There is nothing yet as long as it has the same, before `until`. */
export interface NothingToFollow {
  /** What was committed. */
  readonly committed: string;
  /** When the first of the events can be handled that are claimed, delayed or gathered; null if there is none. */
  readonly until: bigint | null;
}

/** What a follower can handle. */
export interface Followable {
  /** Organizations with events after the follower's position that can be handled now, in no order. */
  readonly organizationIds: number[];
  /** If there is none. */
  readonly nothing: NothingToFollow | undefined;
}

/** What a follower looks for. */
export interface FollowableQuery {
  /** The maximum of organizations. */
  readonly limit: number;
  /** Only organizations with that many events, or with one that was recorded so long ago, or in a log that has ended. */
  readonly gathers?: Gathering | undefined;
  /** From the last call with the same `gathers`: while it applies, the heads of organizations are not read. */
  readonly nothing?: NothingToFollow | undefined;
}

export interface FollowerStore {
  followable(name: string, query: FollowableQuery): Promise<Followable>;
  /** How far a follower is behind: reads the heads of all organizations. */
  followerLag(name: string): Promise<FollowerLag>;
}
