/**
 * Tiles: the stored hashes of a tree, 256 at a time (c2sp.org/tlog-tiles). Level 0 has leaf hashes, and each level above has the roots of
 * the full tiles below.
 */
import { DaybookError } from "../error/index.ts";
import { type Hash, hashBytes } from "./crypto.ts";
import { hashNode } from "./tree.ts";

/** Hashes in a full tile. */
export const tileWidth = 256;
const width = BigInt(tileWidth);

/** The root over the 256 hashes of a full tile, which is one hash of the level above. Throws `internal` for another length. */
export function tileRoot(hashes: Uint8Array): Hash {
  if (hashes.length !== tileWidth * hashBytes) throw damaged(`A full tile is not ${hashes.length} bytes.`);
  return rootOfFull(split(hashes, 0, tileWidth));
}

/** The root over a power of two of hashes, at least one. */
function rootOfFull(hashes: readonly Hash[]): Hash {
  let row = hashes;
  while (row.length > 1) {
    const above: Hash[] = [];
    for (let i = 0; i < row.length; i += 2) above.push(hashNode(row[i] as Hash, row[i + 1] as Hash));
    row = above;
  }
  return row[0] as Hash;
}

/** The position of a tile: `index` counts from 0 within its level. */
export interface TilePlace {
  readonly level: number;
  readonly index: bigint;
}

/**
 * The source of hashes for proofs: the root over leaves [from, to), which are always a full subtree: a power of two, starting at a multiple
 * of it.
 */
export type HashSource = (from: bigint, to: bigint) => Hash | Promise<Hash>;

/** Returns the hashes of a tile, 32 bytes each; for a partial tile, as many as exist. */
export type TileReader = (place: TilePlace) => Uint8Array | Promise<Uint8Array>;

/** A source over tiles: reads one tile for each requested hash. Throws `internal` if a tile has too few hashes. */
export const tileSource =
  (read: TileReader): HashSource =>
  async (from, to) => {
    let level = 0;
    let first = from;
    let count = to - from;
    for (; count >= width; count /= width) {
      first /= width;
      level += 1;
    }
    const hashes = await read({ level, index: first / width });
    return rootOfFull(split(hashes, Number(first % width), Number(count)));
  };

/** A source over the leaf hashes of a whole tree, for small trees: computes each requested hash. */
export const leafHashSource =
  (leafHashes: readonly Hash[]): HashSource =>
  (from, to) => {
    if (to > BigInt(leafHashes.length)) throw damaged(`There are not ${to} leaf hashes.`);
    return rootOfFull(leafHashes.slice(Number(from), Number(to)));
  };

function split(hashes: Uint8Array, from: number, count: number): Hash[] {
  if (hashes.length < (from + count) * hashBytes) throw damaged("A tile has fewer hashes than its tree.");
  // A copy of each: `slice` of a Buffer is a view into the tile.
  return Array.from({ length: count }, (_, i) =>
    Uint8Array.from(hashes.subarray((from + i) * hashBytes, (from + i + 1) * hashBytes)),
  );
}

const damaged = (detail: string): DaybookError => new DaybookError("internal", { detail });
