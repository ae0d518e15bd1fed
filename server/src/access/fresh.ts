/**
 * Keeps what was read for at most a second, so that a busy path need not read for each request. Concurrent askers share one
 * reading; a value that is half as old as allowed is read again while it still serves.
 */

const allowedMs = 1000;

/** Gives the value, at once if it is fresh enough. Rejects as the reading did; undefined is never kept. */
export type Fresh<T> = () => T | Promise<T | undefined>;

/** `now` is in milliseconds. */
export function fresh<T>(
  read: () => Promise<T | undefined>,
  now: () => number = () => performance.now(),
): Fresh<T> {
  let kept: { readonly value: T; readonly readAt: number } | undefined;
  let reading: Promise<T | undefined> | undefined;

  async function readAnew(): Promise<T | undefined> {
    const readAt = now();
    try {
      const value = await read();
      kept = value === undefined ? undefined : { value, readAt };
      return value;
    } finally {
      reading = undefined;
    }
  }

  return () => {
    const age = kept === undefined ? Number.POSITIVE_INFINITY : now() - kept.readAt;
    if (age >= allowedMs / 2) reading ??= readAnew();
    if (kept === undefined || age >= allowedMs) return reading as Promise<T | undefined>;
    reading?.catch(() => undefined);
    return kept.value;
  };
}
