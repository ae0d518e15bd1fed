/**
 * The scheduled job that indexes the words of events beside the recording, in every process: at once where this process appended, else within
 * a second. Processes share the work by organization. While this process records it works half of the time at most, so that recording
 * goes before it; else it goes through with what there is, as after a restore.
 */
import { setTimeout as pause } from "node:timers/promises";
import { schedule } from "../jobs/index.ts";
import type { Store } from "../store/store.ts";
import { wordSlots, wordsOf } from "./event-words.ts";

export interface FullTextIndexing {
  /** Indexes what there is; resolves when nothing is left that no other process is at. Never rejects. */
  now(): Promise<void>;
  /** Resolves when what is under way has ended. */
  close(): Promise<void>;
}

export interface FullTextIndexingOptions {
  readonly store: Pick<Store, "indexFullText" | "unindexedOrganizations">;
  /** Calls the listener with the organization's internal number after each commit of this process. */
  readonly appended: (listener: (organizationId: number) => void) => () => void;
  /** Is told what could not be indexed; it is tried again. */
  readonly failed?: (error: unknown) => void;
}

/** Events of a transaction: some milliseconds of work, and at most some megabytes. */
const batch = { slots: wordSlots, limit: 200, wordsOf };
const everyMs = 1_000;
/** After an append others may follow, to be indexed together; until then they are read as they are. */
const gatherMs = 50;
const longestPauseMs = 200;
/** So long after an append this process is held to be recording. */
const recordingMs = 1_000;
const organizationsAtOnce = 100;

/** Opens the scheduled job. */
export function openFullTextIndexing(options: FullTextIndexingOptions): FullTextIndexing {
  const { store, appended, failed = () => {} } = options;
  const waiting = new Set<number>();
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let appendedAt = Number.NEGATIVE_INFINITY;

  /** Leaves as much time to recording as was worked. */
  async function rest(started: number): Promise<void> {
    const now = performance.now();
    if (now - appendedAt < recordingMs) await pause(Math.min(now - started, longestPauseMs));
  }

  async function indexWaiting(): Promise<void> {
    for (const organizationId of waiting) {
      if (closed) return;
      waiting.delete(organizationId);
      const started = performance.now();
      try {
        const count = await store.indexFullText(organizationId, batch);
        // behind those that wait already
        if (count === batch.limit) waiting.add(organizationId);
      } catch (error) {
        failed(error);
      }
      await rest(started);
    }
  }

  function run(): Promise<void> {
    running ??= indexWaiting().finally(() => {
      running = undefined;
    });
    return running;
  }

  async function lookAround(): Promise<void> {
    if (closed) return;
    for (const organizationId of await store.unindexedOrganizations(organizationsAtOnce))
      waiting.add(organizationId);
    await run();
  }

  const endAppended = appended((organizationId) => {
    appendedAt = performance.now();
    waiting.add(organizationId);
    timer ??= setTimeout(() => {
      timer = undefined;
      void run();
    }, gatherMs).unref();
  });
  const job = schedule(everyMs, lookAround, failed);
  return {
    now: () => job.now(),
    async close() {
      closed = true;
      endAppended();
      clearTimeout(timer);
      await job.stop();
      await running;
    },
  };
}
