/**
 * Keeps what was read for at most a second, so that a busy path need not read for each request. Concurrent readers of one
 * key share one reading; a value that is half as old as allowed is read again while it still serves.
 */

const allowedMs = 1000;

interface Kept<T> {
  readonly value: T;
  readonly readAt: number;
}

export interface Fresh<T> {
  /** The value, at once if it is fresh enough. Rejects as the reading did; what is undefined is never kept. */
  get(key: string): T | undefined | Promise<T | undefined>;
}

/** `most` is how many values are kept at most; the one read longest ago goes first. `now` is in milliseconds. */
export function fresh<T>(
  read: (key: string) => Promise<T | undefined>,
  { now = () => performance.now(), most }: { now?: (() => number) | undefined; most: number },
): Fresh<T> {
  const kept = new Map<string, Kept<T>>();
  const reading = new Map<string, Promise<T | undefined>>();

  async function readAnew(key: string): Promise<T | undefined> {
    const readAt = now();
    try {
      const value = await read(key);
      kept.delete(key);
      if (value !== undefined) {
        const eldest = kept.size >= most ? kept.keys().next().value : undefined;
        if (eldest !== undefined) kept.delete(eldest);
        kept.set(key, { value, readAt });
      }
      return value;
    } finally {
      reading.delete(key);
    }
  }

  function begin(key: string): Promise<T | undefined> {
    let under = reading.get(key);
    if (under === undefined) {
      under = readAnew(key);
      reading.set(key, under);
    }
    return under;
  }

  return {
    get(key) {
      const found = kept.get(key);
      const age = found === undefined ? Number.POSITIVE_INFINITY : now() - found.readAt;
      if (found === undefined || age >= allowedMs) return begin(key);
      if (age >= allowedMs / 2) begin(key).catch(() => undefined);
      return found.value;
    },
  };
}
