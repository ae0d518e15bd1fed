/**
 * The growing tree of a log: the new frontier, and the tiles that become full, at every level. Hashes of a tile from earlier transactions
 * are read from the rows.
 */
import { append, DaybookError, tileRoot, tileWidth } from "daybook/internal";
import type { Head, Tile } from "../store/contract/logs.ts";
import type { WriteTransaction } from "../store/contract/transaction.ts";

const width = tileWidth;
const hashBytes = 32;

/** The result of growing by some leaves. */
export interface Growth {
  readonly frontier: Uint8Array;
  readonly size: bigint;
  /** The tiles that became full, lowest level first. */
  readonly tiles: readonly Tile[];
}

type TileReader = Pick<WriteTransaction, "leafHashes" | "tileRoots">;

/** Appends leaf hashes to the tree of a log whose head is locked. */
export async function grow(tx: TileReader, head: Head, leafHashes: readonly Uint8Array[]): Promise<Growth> {
  const { frontier, size } = append(head.frontier, head.size, leafHashes);
  const tiles: Tile[] = [];
  let from = head.size;
  let fresh: readonly Uint8Array[] = leafHashes;
  // Each level's full tiles are the hashes of the level above; most transactions fill no tile.
  for (let level = 0; from / BigInt(width) < (from + BigInt(fresh.length)) / BigInt(width); level++) {
    const full = await fullTiles(tx, head, { level, from, fresh });
    tiles.push(...full);
    from = full[0]!.index;
    fresh = full.map((tile) => tile.root);
  }
  return { frontier, size, tiles };
}

/** The hashes that a level gained; the first is hash number `from` of the level. */
interface Gain {
  readonly level: number;
  readonly from: bigint;
  readonly fresh: readonly Uint8Array[];
}

async function fullTiles(tx: TileReader, head: Head, { level, from, fresh }: Gain): Promise<Tile[]> {
  const { organizationId, logNo } = head;
  const first = from / BigInt(width);
  const start = first * BigInt(width);
  const earlier = start === from ? [] : await hashesBefore(tx, head, { level, start, from });
  if (BigInt(earlier.length) !== from - start) {
    throw new DaybookError("internal", {
      detail: `The hashes before ${from} on level ${level} are not all there.`,
    });
  }
  const hashes = [...earlier, ...fresh];
  const tiles: Tile[] = [];
  for (let at = 0; at + width <= hashes.length; at += width) {
    const joined = join(hashes, at);
    const index = first + BigInt(at / width);
    tiles.push({ organizationId, logNo, level, index, hashes: joined, root: tileRoot(joined) });
  }
  return tiles;
}

function hashesBefore(
  tx: TileReader,
  head: Head,
  part: { level: number; start: bigint; from: bigint },
): Promise<Uint8Array[]> {
  const { organizationId, logNo } = head;
  const { level, start, from } = part;
  return level === 0
    ? tx.leafHashes(organizationId, logNo, start, from)
    : tx.tileRoots(organizationId, logNo, level - 1, start, from);
}

function join(hashes: readonly Uint8Array[], at: number): Uint8Array {
  const joined = new Uint8Array(width * hashBytes);
  for (let i = 0; i < width; i++) joined.set(hashes[at + i]!, i * hashBytes);
  return joined;
}
