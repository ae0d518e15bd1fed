/** Repeats work at an interval while the process runs, without keeping it alive: one run at a time. A failed run is only reported. */

/** A scheduled job. */
export interface ScheduledJob {
  /** A run that begins now, or when the present one has ended; resolves when it ends. Never rejects. */
  now(): Promise<void>;
  /** Starts no further runs; resolves when the present one has ended. */
  stop(): Promise<void>;
}

/** Starts a scheduled job; its first run is after `ms` milliseconds. `failed` is called with the error of a run. */
export function schedule(
  ms: number,
  work: () => Promise<void>,
  failed: (error: unknown) => void,
): ScheduledJob {
  let running: Promise<void> | undefined;
  const begin = (): Promise<void> => {
    running ??= work()
      .catch(failed)
      .finally(() => {
        running = undefined;
      });
    return running;
  };
  const timer = setInterval(begin, ms).unref();
  return {
    now: async () => {
      await running;
      await begin();
    },
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
