/**
 * Reports when a log has grown: immediately if this process appended, else by reading the heads of all watched organizations, in one
 * statement, several times a second.
 */
import type { Head } from "../store/contract/logs.ts";
import type { Store } from "../store/store.ts";

/** Calls the listener with the organization's internal number after each commit of this process; the returned function stops it. */
export type Appended = (listener: (organizationId: number) => void) => () => void;

/** How far a watcher has read: it waits for events from `next` on, and for newer logs. */
interface LogEnd {
  readonly logNo: number;
  readonly next: bigint;
}

/** A watched log of one organization; `end` it when done. */
interface Watched {
  /** Rises with each append of this process. Read it before reading events and pass it to `grown`, so that no append is missed. */
  count(): number;
  /** Resolves when the log may have grown beyond `end` (with the head, if that shows it), or the signal aborts. */
  grown(since: { count: number; end: LogEnd }, signal: AbortSignal): Promise<Head | undefined>;
  end(): void;
}

export interface Watch {
  open(organizationId: number): Watched;
  /** Wakes all watchers, for the last time. */
  close(): void;
}

interface Waiter {
  readonly end: LogEnd;
  readonly wake: (head: Head | undefined) => void;
}

/** The state of one watched organization. */
interface WatchEntry {
  count: number;
  watchers: number;
  readonly waiters: Set<Waiter>;
}

const pollMs = 200;

/** Opens the one watch of a process. The timer runs only while a watcher waits, and keeps no process alive. */
export function openWatch(store: Pick<Store, "heads">, appended: Appended): Watch {
  const entries = new Map<number, WatchEntry>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const endAppended = appended((organizationId) => {
    const entry = entries.get(organizationId);
    if (entry === undefined) return;
    entry.count++;
    for (const waiter of [...entry.waiters]) waiter.wake(undefined);
  });

  async function poll(): Promise<void> {
    const waited = [...entries].filter(([, entry]) => entry.waiters.size > 0).map(([id]) => id);
    // If the database can't be reached, the next interval tries again; a watcher that reads gets the failure itself.
    const heads = waited.length > 0 ? await store.heads(waited).catch(() => []) : [];
    for (const head of heads) {
      for (const waiter of [...(entries.get(head.organizationId)?.waiters ?? [])]) {
        if (isBeyond(head, waiter.end)) waiter.wake(head);
      }
    }
    timer = undefined;
    startTimer();
  }

  function startTimer(): void {
    if (timer !== undefined || closed || entries.size === 0) return;
    timer = setTimeout(poll, pollMs);
    timer.unref();
  }

  return {
    open(organizationId) {
      let entry = entries.get(organizationId);
      if (entry === undefined) {
        entry = { count: 0, watchers: 0, waiters: new Set() };
        entries.set(organizationId, entry);
      }
      entry.watchers++;
      startTimer();
      return watched(
        entry,
        () => closed,
        () => entries.delete(organizationId),
      );
    },
    close() {
      closed = true;
      endAppended();
      clearTimeout(timer);
      for (const entry of entries.values()) for (const waiter of [...entry.waiters]) waiter.wake(undefined);
    },
  };
}

function watched(entry: WatchEntry, isClosed: () => boolean, last: () => void): Watched {
  return {
    count: () => entry.count,
    grown({ count, end }, signal) {
      if (signal.aborted || isClosed() || count !== entry.count) return Promise.resolve(undefined);
      return new Promise((resolve) => {
        const waiter: Waiter = {
          end,
          wake(head) {
            entry.waiters.delete(waiter);
            signal.removeEventListener("abort", onAbort);
            resolve(head);
          },
        };
        const onAbort = (): void => waiter.wake(undefined);
        signal.addEventListener("abort", onAbort);
        entry.waiters.add(waiter);
      });
    },
    end() {
      entry.watchers--;
      if (entry.watchers === 0) last();
    },
  };
}

const isBeyond = (head: Head, end: LogEnd): boolean =>
  head.logNo > end.logNo || (head.logNo === end.logNo && head.size > end.next);
