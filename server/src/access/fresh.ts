/**
 * Caches a value for at most a second, so that a busy path doesn't read it for each request. Concurrent callers share one read. A value
 * that is half as old as allowed is read again in the background.
 */

const allowedMs = 1000;

export interface Fresh<T> {
  /** The value, immediately if it is fresh enough. Rejects if the read does; undefined is never cached. */
  get(): T | Promise<T | undefined>;
  /** Makes the next `get` read again: cached values and reads in progress no longer count. */
  forget(): void;
}

/** `now` is in milliseconds. */
export function fresh<T>(
  read: () => Promise<T | undefined>,
  now: () => number = () => performance.now(),
): Fresh<T> {
  let kept: { readonly value: T; readonly readAt: number } | undefined;
  let reading: Promise<T | undefined> | undefined;

  let forgotten = 0;

  async function readAnew(): Promise<T | undefined> {
    const readAt = now();
    const since = forgotten;
    try {
      const value = await read();
      if (since === forgotten) kept = value === undefined ? undefined : { value, readAt };
      return value;
    } finally {
      if (since === forgotten) reading = undefined;
    }
  }

  return {
    get() {
      const age = kept === undefined ? Number.POSITIVE_INFINITY : now() - kept.readAt;
      if (age >= allowedMs / 2) reading ??= readAnew();
      if (kept === undefined || age >= allowedMs) return reading as Promise<T | undefined>;
      reading?.catch(() => undefined);
      return kept.value;
    },
    forget() {
      forgotten++;
      kept = undefined;
      reading = undefined;
    },
  };
}
