/** A waiting time in words. All functions are pure. */

/** Seconds in convenient units. */
export function soon(seconds: number): string {
  if (seconds <= 5) return "in a moment";
  if (seconds < 60) return `in ${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "in a minute" : `in ${minutes} minutes`;
}
