/** Finds the records for the hashes of tokens, those of many requests in one read. */
import { coalesced } from "../fairness/index.ts";

/** The record for the hash of a token. */
interface Hashed {
  readonly tokenHash: Uint8Array;
}

const textOf = (hash: Uint8Array): string =>
  Buffer.from(hash.buffer, hash.byteOffset, hash.length).toString("hex");

/** Finds one record by its hash, or undefined. As `coalesced`. */
export function coalescedByHash<V extends Hashed>(
  readMany: (hashes: readonly Uint8Array[]) => Promise<readonly V[]>,
): (hash: Uint8Array) => Promise<V | undefined> {
  return coalesced<Uint8Array, V | undefined>(textOf, async (hashes) => {
    const found = new Map((await readMany(hashes)).map((row) => [textOf(row.tokenHash), row]));
    return hashes.map((hash) => found.get(textOf(hash)));
  });
}
