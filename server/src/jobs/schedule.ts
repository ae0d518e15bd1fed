/**
 * Work that comes round again by itself while the process lives, without keeping it alive: one round at a time, and one that
 * fails is only told. It refuses to know what the work is.
 */

/** Work that comes round. */
export interface ScheduledJob {
  /** A round that begins now, or when one that runs has ended; resolves with its end. Never rejects. */
  now(): Promise<void>;
  /** No further rounds; resolves when one that runs has ended. */
  stop(): Promise<void>;
}

/** Starts a scheduled job; its first round is `ms` milliseconds away. `failed` is told what a round threw. */
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
