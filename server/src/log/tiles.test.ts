/** The growing tree, against the whole tree computed at once. */
import { append, emptyFrontier, hashLeaf, sha256, tileRoot, toHex } from "daybook/internal";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Head, Tile } from "../store/contract/logs.ts";
import { grow } from "./tiles.ts";

/** A log in the form of its rows: all leaf hashes, all tiles. */
class TileRows {
  readonly leaves: Uint8Array[] = [];
  readonly tiles: Tile[] = [];
  head: Head = {
    organizationId: 1,
    logNo: 0,
    origin: "log.example.org/o/aaaqeayeaudaocajbifqydiob4",
    size: 0n,
    frontier: emptyFrontier,
    recordedAt: null,
    closed: false,
  };
  reads = 0;

  leafHashes = async (
    _organization: number,
    _log: number,
    from: bigint,
    to: bigint,
  ): Promise<Uint8Array[]> => {
    this.reads++;
    return this.leaves.slice(Number(from), Number(to));
  };

  tileRoots = async (
    _o: number,
    _l: number,
    level: number,
    from: bigint,
    to: bigint,
  ): Promise<Uint8Array[]> => {
    this.reads++;
    const roots = this.tiles.filter((tile) => tile.level === level).map((tile) => tile.root);
    return roots.slice(Number(from), Number(to));
  };

  async add(count: number): Promise<void> {
    const fresh = Array.from({ length: count }, (_, i) => hashLeaf(`leaf ${this.leaves.length + i}`));
    const { frontier, size, tiles } = await grow(this, this.head, fresh);
    this.leaves.push(...fresh);
    this.tiles.push(...tiles);
    this.head = { ...this.head, frontier, size };
  }
}

/** The full tiles of a level, computed from all its hashes at once. */
function tilesOf(level: number, hashes: readonly Uint8Array[]): Tile[] {
  const tiles: Tile[] = [];
  for (let i = 0; (i + 1) * 256 <= hashes.length; i++) {
    const joined = Buffer.concat(hashes.slice(i * 256, (i + 1) * 256));
    const root = tileRoot(joined);
    tiles.push({
      organizationId: 1,
      logNo: 0,
      level,
      index: BigInt(i),
      hashes: new Uint8Array(joined),
      root,
    });
  }
  if (tiles.length === 0) return [];
  return [
    ...tiles,
    ...tilesOf(
      level + 1,
      tiles.map((tile) => tile.root),
    ),
  ];
}

/** Tiles in a form that compares quickly. */
const tileNames = (tiles: readonly Tile[]): string[] =>
  tiles
    .map(({ level, index, hashes, root }) => `${level} ${index} ${toHex(sha256(hashes))} ${toHex(root)}`)
    .sort();

test("however a log grows, its tiles and its frontier are those of the whole tree", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 12 }), async (counts) => {
      const rows = new TileRows();
      for (const count of counts) await rows.add(count);
      expect(tileNames(rows.tiles)).toEqual(tileNames(tilesOf(0, rows.leaves)));
      const whole = append(emptyFrontier, 0n, rows.leaves);
      expect([rows.head.size, rows.head.frontier]).toEqual([whole.size, whole.frontier]);
    }),
    { numRuns: 20 },
  );
});

test("the level above is filled by tiles of many transactions, and by many tiles of one", async () => {
  const rows = new TileRows();
  await rows.add(65_000);
  for (const count of [100, 436, 1, 1000]) await rows.add(count);
  expect(tileNames(rows.tiles)).toEqual(tileNames(tilesOf(0, rows.leaves)));
  expect(rows.tiles.filter((tile) => tile.level === 1).length).toBe(1);
});

test("a hash that is missing below a tile is an error, at any level", async () => {
  const rows = new TileRows();
  await rows.add(300);
  rows.leaves.splice(270, 1);
  await expect(rows.add(300)).rejects.toThrow("The hashes before 300 on level 0 are not all there.");
  const above = new TileRows();
  await above.add(65_400);
  above.tiles.splice(7, 1);
  await expect(above.add(200)).rejects.toThrow("The hashes before 255 on level 1 are not all there.");
});

test("a transaction that fills no tile reads nothing back", async () => {
  const rows = new TileRows();
  for (const count of [1, 200, 54, 0]) await rows.add(count);
  expect(rows.reads).toBe(0);
  await rows.add(1);
  expect([rows.reads, rows.tiles.length]).toEqual([1, 1]);
});
