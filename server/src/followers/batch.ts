/** One batch of a follower in one log: in one transaction with its effect, or under a claim. */
import { type FollowerKey, type FollowerPosition, isCut } from "../store/contract/followers.ts";
import type { WalkedEvent } from "../store/contract/pages.ts";
import { inOne } from "../store/contract/placement.ts";
import type { WriteTransaction } from "../store/contract/transaction.ts";
import type { Store } from "../store/store.ts";
import { backOffMs } from "./back-off.ts";
import type { DeliveringFollower, Follower, TransactionFollower } from "./follower.ts";

/** The part of the store that a batch needs. */
export type BatchStore = Pick<Store, "write">;

/** The part of the lease for a delivery; the rest is for moving the position. */
const workingPart = 0.8;

const after = (events: readonly WalkedEvent[]): FollowerPosition | undefined => {
  const last = events.at(-1);
  return last && { logNo: last.logNo, next: last.seq + 1n };
};

/** What a batch had: no event if there is none, or another process handles them. */
export interface BatchEnd {
  readonly count: number;
  /** Whether more may follow. */
  readonly isCut: boolean;
}

/** Handles the next batch of an organization's log. Rejects with the follower's error, after delaying its position. */
export async function handleBatch(
  store: BatchStore,
  follower: Follower,
  { organizationId, stopping }: { readonly organizationId: number; readonly stopping: AbortSignal },
): Promise<BatchEnd> {
  const key = { name: follower.name, organizationId };
  const events =
    follower.effect === "outside"
      ? await underClaim(store, follower, { key, stopping })
      : await inTransaction(store, follower, key);
  if (follower.effect === "transaction" && events.length > 0)
    await follower.afterwards?.(organizationId, stopping);
  return { count: events.length, isCut: isCut(events, follower.batchSize) };
}

/** Stores a failure. If that fails too, the first failure is reported, and the claim ends with its lease. */
async function settle(
  store: BatchStore,
  key: FollowerKey,
  work: (tx: WriteTransaction) => Promise<void>,
): Promise<void> {
  await store
    .write(
      async (tx) => {
        await tx.commitLater();
        await work(tx);
      },
      inOne(key, "jobs"),
    )
    .catch(() => {});
}

async function inTransaction(
  store: BatchStore,
  follower: TransactionFollower,
  key: FollowerKey,
): Promise<readonly WalkedEvent[]> {
  const { slots, batchSize: limit } = follower;
  try {
    return await store.write(
      async (tx) => {
        const position = await tx.lockFollower(key);
        if (position === undefined) return [];
        const events = await tx.followedEvents(key.organizationId, position, { slots, limit });
        const to = after(events);
        if (to === undefined) return [];
        await follower.handle(events, tx);
        await tx.moveFollower(key, to);
        return events;
      },
      inOne(key, "jobs"),
    );
  } catch (error) {
    await settle(store, key, async (tx) => {
      const position = await tx.lockFollower(key);
      if (position) await tx.delayFollower(key, backOffMs(position.failures));
    });
    throw error;
  }
}

interface Claimed {
  readonly events: readonly WalkedEvent[];
  readonly to: FollowerPosition;
  readonly until: bigint;
  readonly failures: number;
}

async function claimNext(
  store: BatchStore,
  { slots, batchSize: limit, leaseMs }: DeliveringFollower,
  key: FollowerKey,
): Promise<Claimed | undefined> {
  return store.write(
    async (tx) => {
      await tx.commitLater();
      const position = await tx.lockFollower(key);
      if (position === undefined) return undefined;
      const events = await tx.followedEvents(key.organizationId, position, { slots, limit });
      const to = after(events);
      if (to === undefined) return undefined;
      const until = await tx.claimFollower(key, leaseMs);
      return { events, to, until, failures: position.failures };
    },
    inOne(key, "jobs"),
  );
}

async function underClaim(
  store: BatchStore,
  follower: DeliveringFollower,
  { key, stopping }: { readonly key: FollowerKey; readonly stopping: AbortSignal },
): Promise<readonly WalkedEvent[]> {
  const claimed = await claimNext(store, follower, key);
  if (claimed === undefined) return [];
  const { events, to, until, failures } = claimed;
  const leaseEnds = AbortSignal.timeout(follower.leaseMs * workingPart);
  try {
    stopping.throwIfAborted();
    await follower.handle(events, AbortSignal.any([stopping, leaseEnds]));
  } catch (error) {
    await settle(store, key, async (tx) => {
      if (!(await tx.lockClaim(key, until))) return;
      // other processes don't need to wait after this one has stopped
      if (stopping.aborted) await tx.releaseFollower(key);
      else await tx.delayFollower(key, backOffMs(failures));
    });
    if (stopping.aborted) return [];
    throw error;
  }
  await store.write(
    async (tx) => {
      await tx.commitLater();
      if (await tx.lockClaim(key, until)) await tx.moveFollower(key, to);
    },
    inOne(key, "jobs"),
  );
  return events;
}
