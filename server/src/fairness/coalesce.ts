/**
 * Combines reads for many requests: those of one turn of the event loop go together into one read, and those that arrive while it runs into
 * the next one. It caches nothing: every result comes from a read that began after the request, so the very next request sees what has
 * changed.
 */

/** A request that waits for one key. */
interface WaitingRead<K, V> {
  readonly key: K;
  readonly resolve: ((found: V) => void)[];
  readonly reject: ((error: unknown) => void)[];
}

/** The maximum of keys in one read; further ones go into the next read. */
const mostInOneRead = 1000;
/** How long the next read waits for the one that runs, in milliseconds: a database that is silent must not hold up two in turn. */
const patienceMs = 100;

/** What one read finds for each of its keys, in their order. */
type ReadMany<K, V> = (keys: readonly K[]) => Promise<readonly V[]>;

/** Finds what there is for one key; keys are the same if their texts are. Rejects if its read does; the next read starts fresh. */
export function coalesced<K, V>(
  textOf: (key: K) => string,
  readMany: ReadMany<K, V>,
): (key: K) => Promise<V> {
  const next = new Map<string, WaitingRead<K, V>>();
  let running = false;

  async function run(): Promise<void> {
    running = true;
    // after everything that has arrived by now has been read
    await new Promise((resolve) => setImmediate(resolve));
    while (next.size > 0) {
      const taken = new Map([...next].slice(0, mostInOneRead));
      for (const text of taken.keys()) next.delete(text);
      await patiently(answer([...taken.values()], readMany));
    }
    running = false;
  }

  return (key) =>
    new Promise((resolve, reject) => {
      const text = textOf(key);
      const waiting = next.get(text) ?? { key, resolve: [], reject: [] };
      waiting.resolve.push(resolve);
      waiting.reject.push(reject);
      next.set(text, waiting);
      if (!running) void run();
    });
}

async function answer<K, V>(taken: readonly WaitingRead<K, V>[], readMany: ReadMany<K, V>): Promise<void> {
  try {
    const found = await readMany(taken.map(({ key }) => key));
    for (const [index, { resolve }] of taken.entries()) for (const each of resolve) each(found[index]!);
  } catch (error) {
    for (const { reject } of taken) for (const each of reject) each(error);
  }
}

/** Resolves when the read has ended, or has taken long. */
function patiently(read: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, patienceMs);
    void read.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
