/** The tree and its tiles against a literal implementation of RFC 6962. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  append,
  emptyFrontier,
  emptyRoot,
  type Hash,
  hashLeaf,
  hashNode,
  leafHashSource,
  rootAt,
  rootOf,
  tileRoot,
  tileSource,
  toHex,
} from "./index.ts";
import { mth } from "./testing/reference-tree.ts";

const leaves = (size: number): string[] => Array.from({ length: size }, (_, i) => `leaf ${i} é`);
const onesOf = (size: number): number => size.toString(2).replaceAll("0", "").length;

describe("appending", () => {
  test("the empty tree's root is the SHA-256 of nothing", () => {
    expect(toHex(rootOf(emptyFrontier, 0n))).toBe(
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
  });

  test("gives the root of RFC 6962, however the leaves are batched", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 }), { maxLength: 8 }), (batches) => {
        const all = leaves(batches.reduce((sum, batch) => sum + batch, 0));
        let tree = { frontier: emptyFrontier, size: 0n };
        for (const batch of batches) {
          const from = Number(tree.size);
          tree = append(
            tree.frontier,
            tree.size,
            all.slice(from, from + batch).map((leaf) => hashLeaf(leaf)),
          );
        }
        expect(tree.size).toBe(BigInt(all.length));
        expect(tree.frontier.length).toBe(32 * onesOf(all.length));
        expect(rootOf(tree.frontier, tree.size)).toEqual(mth(all));
      }),
      { numRuns: 60 },
    );
  });

  test("the frontier holds the roots of the full subtrees, largest first", () => {
    const all = leaves(11);
    const { frontier } = append(emptyFrontier, 0n, all.map(hashLeaf));
    const parts = [all.slice(0, 8), all.slice(8, 10), all.slice(10)];
    expect(frontier).toEqual(Uint8Array.from(parts.flatMap((part) => [...mth(part)])));
  });

  test("works past 2^32 leaves, where 32-bit arithmetic would not", () => {
    // 2^33 - 1 leaves are 33 full subtrees; one more leaf completes them all.
    const roots = Array.from({ length: 33 }, (_, i) => hashLeaf(`${i}`));
    const grown = append(Buffer.concat(roots), 2n ** 33n - 1n, [hashLeaf("last")]);
    expect(grown.size).toBe(2n ** 33n);
    const root = roots.reduceRight((right, left) => hashNode(left, right), hashLeaf("last"));
    expect(grown.frontier).toEqual(root);
    const next = append(grown.frontier, grown.size, [hashLeaf("a"), hashLeaf("b")]);
    expect(rootOf(next.frontier, next.size)).toEqual(hashNode(root, hashNode(hashLeaf("a"), hashLeaf("b"))));
  });

  test("leaves what it was given as it was, and gives out nothing that shares its bytes", () => {
    const given = Buffer.from(append(emptyFrontier, 0n, [hashLeaf("a")]).frontier);
    const before = toHex(given);
    const grown = append(given, 1n, []);
    const root = rootOf(given, 1n);
    grown.frontier.fill(0);
    root.fill(0);
    rootOf(emptyFrontier, 0n).fill(0);
    expect(toHex(given)).toBe(before);
    expect(toHex(emptyRoot)).toMatch(/^e3b0c442/);
  });

  test("refuses a frontier that is not that of the size, and hashes that are not 32 bytes", () => {
    const one = append(emptyFrontier, 0n, [hashLeaf("a")]).frontier;
    for (const [frontier, size] of [
      [one, 0n],
      [one, 3n],
      [emptyFrontier, 1n],
      [one.slice(1), 1n],
      [one, -1n],
      [emptyFrontier, -1n],
      [one, 2n ** 60n],
    ] as const) {
      expect(() => rootOf(frontier, size)).toThrow(expect.objectContaining({ code: "internal" }));
      expect(() => append(frontier, size, [])).toThrow(expect.objectContaining({ code: "internal" }));
    }
    expect(() => append(one, 1n, [new Uint8Array(31)])).toThrow(/32 bytes/);
    // nothing is hashed with it yet, which would notice
    expect(() => append(emptyFrontier, 0n, [new Uint8Array(33)])).toThrow(/leaf hash is not 32 bytes/);
    expect(() => hashNode(one, new Uint8Array(33))).toThrow(/32 bytes/);
  });
});

/** Every tile of a tree, full and partial, made by the definition, level by level. */
function tilesOf(leafHashes: readonly Hash[]): Map<string, Uint8Array> {
  const tiles = new Map<string, Uint8Array>();
  let row: readonly Hash[] = leafHashes;
  for (let level = 0; row.length > 0; level++) {
    const above: Hash[] = [];
    for (let at = 0; at < row.length; at += 256) {
      const hashes = Buffer.concat(row.slice(at, at + 256));
      tiles.set(`${level}/${at / 256}`, hashes);
      if (hashes.length === 256 * 32) above.push(tileRoot(hashes));
    }
    row = above;
  }
  return tiles;
}

describe("tiles", () => {
  test("a full tile's root is that of RFC 6962", () => {
    const all = leaves(256);
    expect(tileRoot(Buffer.concat(all.map((leaf) => hashLeaf(leaf))))).toEqual(mth(all));
    expect(() => tileRoot(new Uint8Array(255 * 32))).toThrow(/full tile/);
  });

  test("as a source they give the same roots as the leaf hashes, across three levels", async () => {
    const leafHashes = Array.from({ length: 66_000 }, (_, i) => hashLeaf(`${i}`));
    const tiles = tilesOf(leafHashes);
    const source = tileSource(({ level, index }) => tiles.get(`${level}/${index}`) ?? new Uint8Array(0));
    expect(tiles.has("2/0")).toBe(true);
    for (const size of [1, 255, 256, 257, 511, 65_535, 65_536, 65_537, 66_000]) {
      const { frontier } = append(emptyFrontier, 0n, leafHashes.slice(0, size));
      expect(await rootAt(source, BigInt(size)), String(size)).toEqual(rootOf(frontier, BigInt(size)));
    }
    expect(await rootAt(source, 0n)).toEqual(emptyRoot);
    await expect(rootAt(source, 66_001n)).rejects.toThrow(/fewer hashes/);
    expect(() => leafHashSource(leafHashes.slice(0, 3))(0n, 4n)).toThrow(/leaf hashes/);
  });
});
