/** The clock rules (spec/recording.md): the database's clock decides, and it must be plausible. Times are microseconds since 1970 UTC. */
import { DaybookError } from "daybook/internal";
import type { Head } from "../store/contract/logs.ts";
import type { WriteTransaction } from "../store/contract/transaction.ts";
import { clockMayBeBehind, clocksMayDiffer } from "./limits.ts";

/** Microseconds since 1970 UTC. */
export type Clock = () => bigint;

/** The process's clock. */
export const processClock: Clock = () => BigInt(Date.now()) * 1000n;

/**
 * Reads the database's clock (step 3), and compares it with the process's, read before and after, so that a slow response or a wait for a
 * lock doesn't look like a wrong clock. Throws `clock-disagrees`.
 */
export async function readClock(tx: Pick<WriteTransaction, "clock">, clock: Clock): Promise<bigint> {
  const before = clock();
  const now = await tx.clock();
  if (now < before - clocksMayDiffer || now > clock() + clocksMayDiffer) {
    throw new DaybookError("clock-disagrees", { retryAfter: 10 });
  }
  return now;
}

/** Whether the clock is so far behind the log's newest event that nothing can be appended. */
export const isBehind = (head: Head, now: bigint): boolean =>
  head.recordedAt !== null && now < head.recordedAt - clockMayBeBehind;

/** The recordedAt of new events: never before the log's newest event. */
export const recordingTime = (head: Head, now: bigint): bigint =>
  head.recordedAt !== null && head.recordedAt > now ? head.recordedAt : now;
