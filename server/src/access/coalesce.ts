/**
 * Reading what many requests ask for at once: those that come in while a read runs go into the next one together. Keeps
 * nothing: whoever asks is answered by a read that began after they asked, so what has ended is seen by the very next request.
 */

/** What is found by the hash of a token. */
interface Hashed {
  readonly tokenHash: Uint8Array;
}

/** Who waits for one hash. */
interface WaitingRead<V> {
  readonly hash: Uint8Array;
  readonly resolve: ((found: V | undefined) => void)[];
  readonly reject: ((error: unknown) => void)[];
}

/** Hashes in one read; the rest goes into the one after it. */
const mostInOneRead = 1000;

const keyOf = (hash: Uint8Array): string =>
  Buffer.from(hash.buffer, hash.byteOffset, hash.length).toString("hex");

/**
 * Finds one by its hash, undefined if there is none; at most one read runs at a time. Rejects as the read did that it went into;
 * the next read is tried anew.
 */
export function coalesced<V extends Hashed>(
  readMany: (hashes: readonly Uint8Array[]) => Promise<readonly V[]>,
): (hash: Uint8Array) => Promise<V | undefined> {
  const next = new Map<string, WaitingRead<V>>();
  let running = false;

  async function run(): Promise<void> {
    running = true;
    while (next.size > 0) {
      const taken = new Map([...next].slice(0, mostInOneRead));
      for (const key of taken.keys()) next.delete(key);
      await answer(taken, readMany);
    }
    running = false;
  }

  return (hash) =>
    new Promise((resolve, reject) => {
      const key = keyOf(hash);
      const waiting = next.get(key) ?? { hash, resolve: [], reject: [] };
      waiting.resolve.push(resolve);
      waiting.reject.push(reject);
      next.set(key, waiting);
      if (!running) void run();
    });
}

async function answer<V extends Hashed>(
  taken: ReadonlyMap<string, WaitingRead<V>>,
  readMany: (hashes: readonly Uint8Array[]) => Promise<readonly V[]>,
): Promise<void> {
  try {
    const rows = await readMany([...taken.values()].map(({ hash }) => hash));
    const found = new Map(rows.map((row) => [keyOf(row.tokenHash), row]));
    for (const [key, { resolve }] of taken) for (const each of resolve) each(found.get(key));
  } catch (error) {
    for (const { reject } of taken.values()) for (const each of reject) each(error);
  }
}
