/**
 * What every process does from time to time, beside its requests: each chore may run in many processes at once. One that fails is
 * said and tried again the next time. It refuses to know what the chores do.
 */

export interface Chore {
  /** For the line that says that it failed. */
  readonly name: string;
  /** Milliseconds from the end of one run to the start of the next; a tenth more or less, so that processes part ways. */
  readonly every: number;
  run(): Promise<unknown>;
}

export interface Chores {
  /** Starts no more runs; resolves once those under way have ended. */
  close(): Promise<void>;
}

/** Starts them; the first runs come after their time, too. No timer keeps the process alive. */
export function startChores(
  chores: readonly Chore[],
  failed: (name: string, error: unknown) => void,
): Chores {
  const timers = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  let closed = false;

  function schedule(chore: Chore): void {
    if (closed) return;
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        const run = once(chore);
        running.add(run);
        void run.then(() => {
          running.delete(run);
          schedule(chore);
        });
      },
      chore.every * (0.9 + Math.random() * 0.2),
    );
    timer.unref();
    timers.add(timer);
  }

  async function once(chore: Chore): Promise<void> {
    try {
      await chore.run();
    } catch (error) {
      failed(chore.name, error);
    }
  }

  for (const chore of chores) schedule(chore);
  return {
    async close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}
