/** Scheduled jobs: runs that don't overlap, continue after a failure, and end. */
import { afterEach, expect, test, vi } from "vitest";
import { schedule } from "./schedule.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("a round begins only when the one before has ended, and stopping waits for it", async () => {
  vi.useFakeTimers();
  const ends: (() => void)[] = [];
  const job = schedule(
    1000,
    () => new Promise((resolve) => ends.push(resolve)),
    () => {},
  );
  await vi.advanceTimersByTimeAsync(3500);
  expect(ends).toHaveLength(1);
  ends[0]!();
  await vi.advanceTimersByTimeAsync(1000);
  expect(ends).toHaveLength(2);
  let stopped = false;
  const stopping = job.stop().then(() => {
    stopped = true;
  });
  await vi.advanceTimersByTimeAsync(5000);
  expect([ends.length, stopped]).toEqual([2, false]);
  ends[1]!();
  await stopping;
  await vi.advanceTimersByTimeAsync(5000);
  expect(ends).toHaveLength(2);
});

test("what a round throws is told, and the next one comes", async () => {
  vi.useFakeTimers();
  let rounds = 0;
  const failures: unknown[] = [];
  const job = schedule(
    1000,
    async () => {
      rounds++;
      throw new Error(`round ${rounds}`);
    },
    (error) => failures.push(error),
  );
  await vi.advanceTimersByTimeAsync(2000);
  await job.now();
  expect(failures).toEqual([new Error("round 1"), new Error("round 2"), new Error("round 3")]);
  await job.stop();
});
