/** The delay of a position after consecutive failures: a second, then twice as long each time, up to five minutes. */

const firstMs = 1_000;
const longestMs = 300_000;

/** With some randomness, so that logs that failed together are not retried together. */
export function backOffMs(failures: number, random: () => number = Math.random): number {
  const ms = Math.min(longestMs, firstMs * 2 ** Math.min(failures, 30));
  return Math.round(ms * (0.75 + 0.25 * random()));
}
