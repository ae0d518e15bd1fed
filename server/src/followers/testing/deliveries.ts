/** A follower whose effect is outside the database: it delivers one line for each event, `organization log seq`. */
import type { DeliveringFollower } from "../follower.ts";

export const deliveries = (
  deliver: (lines: readonly string[], signal: AbortSignal) => Promise<void>,
  options: Partial<Pick<DeliveringFollower, "batchSize" | "leaseMs" | "logsAtOnce">> = {},
): DeliveringFollower => ({
  name: "deliveries",
  effect: "outside",
  slots: [],
  batchSize: 10,
  leaseMs: 1_000,
  ...options,
  handle: (events, signal) =>
    deliver(
      events.map(({ organizationId, logNo, seq }) => `${organizationId} ${logNo} ${seq}`),
      signal,
    ),
});
