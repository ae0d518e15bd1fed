/**
 * When to try again: which answers are worth another attempt, and how long to wait before it.
 * Exponential back-off with full jitter (the wait is random from 0 to a limit that doubles), and never sooner than the
 * server asked by Retry-After (RFC 9110 section 10.2.3). It refuses to know what is being sent.
 */

/** The limit of the first wait, in ms; it doubles from attempt to attempt. */
const firstWait = 250;
/** The largest limit of a wait, in ms. */
const longestWait = 20_000;

/** Answers after which the same request may succeed: too many requests, and a gateway's or the server's bad moment. */
export const retryStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/**
 * How long to wait before the next attempt, in ms. `attempt` counts the failed ones from 0; `retryAfter` is in
 * seconds. The server's wish is the floor, and the jitter comes on top, so that its callers don't return all at once.
 */
export function waitBefore(attempt: number, retryAfter?: number, random: () => number = Math.random): number {
  const limit = Math.min(longestWait, firstWait * 2 ** Math.min(attempt, 20));
  return (retryAfter ?? 0) * 1000 + random() * limit;
}

/** Reads Retry-After: whole seconds, or an HTTP date; seconds from `now` (ms), never negative; undefined if unreadable. */
export function readRetryAfter(text: string | null, now: number = Date.now()): number | undefined {
  if (text === null) return undefined;
  const trimmed = text.trim();
  if (/^\d{1,9}$/.test(trimmed)) return Number(trimmed);
  if (!/^[A-Z][a-z]{2},? /.test(trimmed)) return undefined;
  const date = Date.parse(trimmed);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1000);
}

/** Waits; rejects with the signal's reason as soon as it aborts. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
