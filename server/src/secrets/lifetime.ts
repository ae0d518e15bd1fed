/** Whether what a clock gave an end still works. */

/** How far the clocks of two processes may differ, in microseconds. */
const tolerance = 60_000_000n;

/**
 * Whether something that lives for `lifetime` works now. If more than its lifetime is left, a clock that ran ahead gave it its end, and it
 * would outlive what anyone meant. Microseconds.
 */
export const isLive = (expiresAt: bigint, lifetime: bigint, now: bigint): boolean =>
  expiresAt > now && expiresAt <= now + lifetime + tolerance;
