/**
 * Combines reads for many requests: requests that arrive while a read runs go together into the next one. It caches nothing: every result
 * comes from a read that began after the request, so the very next request sees an ended token.
 */

/** The record for the hash of a token. */
interface Hashed {
  readonly tokenHash: Uint8Array;
}

/** A request that waits for one hash. */
interface WaitingRead<V> {
  readonly hash: Uint8Array;
  readonly resolve: ((found: V | undefined) => void)[];
  readonly reject: ((error: unknown) => void)[];
}

/** The maximum of hashes in one read; further ones go into the next read. */
const mostInOneRead = 1000;

const keyOf = (hash: Uint8Array): string =>
  Buffer.from(hash.buffer, hash.byteOffset, hash.length).toString("hex");

/** Finds one record by its hash, or undefined; at most one read runs at a time. Rejects if its read does; the next read starts fresh. */
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
