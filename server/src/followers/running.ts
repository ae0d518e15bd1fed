/**
 * One follower in this process: it handles a log immediately if this process appended to it, else within a second. Processes share the work
 * by organization.
 */
import { setTimeout as pause } from "node:timers/promises";
import { DaybookError } from "daybook/internal";
import { schedule } from "../jobs/index.ts";
import type { NothingToFollow } from "../store/contract/followers.ts";
import type { Store } from "../store/store.ts";
import { handleBatch } from "./batch.ts";
import type { Follower } from "./follower.ts";

/** The part of the store that followers need. */
export type FollowersStore = Pick<Store, "write" | "followable" | "followerLag" | "clock">;

export interface RunningFollower {
  readonly follower: Follower;
  /** Handles the events that are there; resolves when the only ones left are with another process or delayed. Never rejects. */
  now(): Promise<void>;
  /** Call this after this process has appended to the log of an organization. */
  appended(organizationId: number): void;
  /** The number of batches that this process failed to handle. */
  failures(): number;
  /** Resolves when the running batch has ended. */
  close(): Promise<void>;
}

const everyMs = 1_000;
/** A short wait after an append: others may follow, and are handled together. */
const gatherMs = 50;
/** The same for a follower that gathers events. */
const gatherManyMs = 200;
const longestPauseMs = 200;
/** How long after an append this process counts as recording. */
const recordingMs = 1_000;
const organizationsAtOnce = 100;

/** Whether the database is away, so that the other organizations would fail too. The next look finds them again. */
const isAway = (error: unknown): boolean =>
  error instanceof DaybookError && error.code === "store-unavailable";

/** What a follower does while there is nothing to handle. */
async function whileIdle(follower: Follower, isIdle: boolean): Promise<void> {
  if (isIdle && "meanwhile" in follower) await follower.meanwhile?.();
}

/** Starts a follower. `failed` is called with what could not be handled; it is retried. */
export function run(
  store: FollowersStore,
  follower: Follower,
  failed: (error: unknown) => void,
): RunningFollower {
  const [waiting, stopping] = [new Set<number>(), new AbortController()];
  const { signal } = stopping;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let appendedAt = Number.NEGATIVE_INFINITY;
  let failures = 0;
  /** Whether the next look finds every event, also those for which it would wait; and what the last one found, if it was nothing. */
  let isImpatient = false;
  let nothing: NothingToFollow | undefined;

  /** Rests as long as it worked, so that recording has the time. */
  async function rest(started: number): Promise<void> {
    const now = performance.now();
    if (follower.restsWhileRecording && now - appendedAt < recordingMs)
      await pause(Math.min(now - started, longestPauseMs));
  }

  async function handleWaiting(): Promise<void> {
    for (const organizationId of waiting) {
      if (signal.aborted) return;
      waiting.delete(organizationId);
      const started = performance.now();
      try {
        const { isCut } = await handleBatch(store, follower, { organizationId, stopping: signal });
        // after those that already wait
        if (isCut) waiting.add(organizationId);
      } catch (error) {
        failures++;
        failed(error);
        if (isAway(error)) waiting.clear();
      }
      await rest(started);
    }
  }

  function runWaiting(): Promise<void> {
    running ??= Promise.all(Array.from({ length: follower.logsAtOnce ?? 1 }, handleWaiting))
      .then(() => {})
      .finally(() => {
        running = undefined;
      });
    return running;
  }

  async function lookAround(): Promise<void> {
    if (signal.aborted) return;
    const wasImpatient = isImpatient;
    isImpatient = false;
    const kept = wasImpatient ? {} : { gathers: follower.gathers, nothing };
    const found = await store.followable(follower.name, { limit: organizationsAtOnce, ...kept });
    nothing = wasImpatient ? undefined : found.nothing;
    for (const organizationId of found.organizationIds) waiting.add(organizationId);
    await runWaiting();
    await whileIdle(follower, found.organizationIds.length === 0 && !signal.aborted);
  }

  const job = schedule(everyMs, lookAround, failed);
  return {
    follower,
    now() {
      isImpatient = true;
      return job.now();
    },
    appended(organizationId) {
      if (signal.aborted) return;
      appendedAt = performance.now();
      if (!follower.gathers) waiting.add(organizationId);
      timer ??= setTimeout(
        () => {
          timer = undefined;
          void (follower.gathers ? job.now() : runWaiting());
        },
        follower.gathers ? gatherManyMs : gatherMs,
      ).unref();
    },
    failures: () => failures,
    async close() {
      stopping.abort();
      clearTimeout(timer);
      await job.stop();
      await running;
    },
  };
}
