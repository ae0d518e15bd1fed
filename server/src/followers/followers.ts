/** All followers of one process, and how far each is behind. */
import type { Follower } from "./follower.ts";
import { type FollowersStore, run } from "./running.ts";

/** How far a follower is behind, in all organizations together. */
interface Lag {
  /** Events that are recorded and not handled. */
  readonly events: number;
  /** For how long the oldest of them has been recorded; 0 if there is none. */
  readonly seconds: number;
  /** Organizations where the last attempt failed. */
  readonly failing: number;
}

export interface Followers {
  /** Handles what there is; resolves when nothing is left that no other process is at and no delay holds back. Never rejects. */
  now(): Promise<void>;
  /** By the name of the follower: how far it is behind, and how many batches this process could not handle. */
  lag(): Promise<Record<string, Lag>>;
  failures(): Record<string, number>;
  /** Begins no further batch; resolves when what is under way has ended. */
  close(): Promise<void>;
}

export interface FollowersOptions {
  readonly store: FollowersStore;
  readonly followers: readonly Follower[];
  /** Calls the listener with the organization's internal number after each commit of this process. */
  readonly appended: (listener: (organizationId: number) => void) => () => void;
  /** Gets what a follower could not handle; it is tried again. */
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
