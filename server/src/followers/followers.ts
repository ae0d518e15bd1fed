/** All followers of one process, and the lag of each. */
import type { Follower } from "./follower.ts";
import { type FollowersStore, run } from "./running.ts";

/** The lag of a follower, over all organizations. */
interface Lag {
  /** Events that are recorded but not handled. */
  readonly events: number;
  /** How long ago the oldest of them was recorded; 0 if there is none. */
  readonly seconds: number;
  /** Organizations where the last attempt failed. */
  readonly failing: number;
}

export interface Followers {
  /** Handles the events that are there; resolves when the only ones left are with another process or delayed. Never rejects. */
  now(): Promise<void>;
  /** By the name of the follower: its lag, and the number of batches that this process failed to handle. */
  lag(): Promise<Record<string, Lag>>;
  failures(): Record<string, number>;
  /** Begins no further batch; resolves when the running ones have ended. */
  close(): Promise<void>;
}

export interface FollowersOptions {
  readonly store: FollowersStore;
  readonly followers: readonly Follower[];
  /** Calls the listener with the organization's internal number after each commit of this process. */
  readonly appended: (listener: (organizationId: number) => void) => () => void;
  /** Called with what a follower could not handle; it is retried. */
  readonly failed?: (name: string, error: unknown) => void;
}

/** Starts the followers. */
export function openFollowers({
  store,
  followers,
  appended,
  failed = () => {},
}: FollowersOptions): Followers {
  const names = new Set(followers.map(({ name }) => name));
  if (names.size < followers.length) throw new Error("Two followers have the same name.");
  const running = followers.map((follower) => run(store, follower, (error) => failed(follower.name, error)));
  const endAppended = appended((organizationId) => {
    for (const one of running) one.appended(organizationId);
  });
  return {
    now: async () => {
      await Promise.all(running.map((one) => one.now()));
    },
    async lag() {
      const now = await store.clock();
      const lagOf = async (name: string): Promise<[string, Lag]> => {
        const { events, oldest, failing } = await store.followerLag(name);
        const seconds = oldest === null ? 0 : Math.max(0, Number(now - oldest) / 1e6);
        return [name, { events: Number(events), seconds, failing }];
      };
      return Object.fromEntries(await Promise.all([...names].map(lagOf)));
    },
    failures: () => Object.fromEntries(running.map(({ follower, failures }) => [follower.name, failures()])),
    async close() {
      endAppended();
      await Promise.all(running.map((one) => one.close()));
    },
  };
}
