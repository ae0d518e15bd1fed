/**
 * Retries: which responses are worth another attempt, and how long to wait. Exponential back-off with full jitter (a random wait from 0 to
 * a limit that doubles), and never less than the server's Retry-After (RFC 9110 section 10.2.3).
 */

/** The limit of the first wait, in ms; it doubles from attempt to attempt. */
const firstWait = 250;
/** The largest limit of a wait, in ms. */
const longestWait = 20_000;

/** Statuses after which the same request can succeed: too many requests, and temporary failures of a gateway or the server. */
export const retryStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/**
 * The wait before the next attempt, in ms. `attempt` counts the failed attempts from 0; `retryAfter` is in seconds. Retry-After is the
 * minimum, and the jitter is added to it, so that callers don't return simultaneously.
 */
export function waitBefore(attempt: number, retryAfter?: number, random: () => number = Math.random): number {
  const limit = Math.min(longestWait, firstWait * 2 ** Math.min(attempt, 20));
  return (retryAfter ?? 0) * 1000 + random() * limit;
}

/** Reads Retry-After: whole seconds, or an HTTP date. Returns seconds from `now` (ms), never negative; undefined if unreadable. */
export function readRetryAfter(text: string | null, now: number = Date.now()): number | undefined {
  if (text === null) return undefined;
  const trimmed = text.trim();
  if (/^\d{1,9}$/.test(trimmed)) return Number(trimmed);
  if (!/^[A-Z][a-z]{2},? /.test(trimmed)) return undefined;
  const date = Date.parse(trimmed);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1000);
}

/** Waits; rejects with the signal's reason when it aborts. */
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
