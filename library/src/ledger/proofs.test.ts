/** Proofs against a literal implementation of RFC 6962, and hostile ones by name. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  consistencyProof,
  fromBase64,
  type Hash,
  hashLeaf,
  inclusionProof,
  rootAt,
  tileSource,
  toBase64,
  verifyConsistency,
  verifyInclusion,
} from "./index.ts";
import { consistency, mth, path } from "./testing/reference-tree.ts";
import { trees } from "./testing/vectors.ts";

const leaves = (size: number): string[] => Array.from({ length: size }, (_, i) => `leaf ${i}`);
const refused = expect.objectContaining({ code: "proof-invalid" });

/** 0 <= seq < size <= 130 */
const seqAndSize = fc
  .integer({ min: 1, max: 130 })
  .chain((size) => fc.tuple(fc.nat({ max: size - 1 }), fc.constant(size)));

test("an inclusion proof is PATH of RFC 6962, and holds", async () => {
  await fc.assert(
    fc.asyncProperty(seqAndSize, async ([seq, size]) => {
      const all = leaves(size);
      const leafHashes = all.map(hashLeaf);
      const proof = await inclusionProof(leafHashes, BigInt(seq), BigInt(size));
      expect(proof).toEqual(path(seq, all));
      const leafHash = leafHashes[seq] as Hash;
      verifyInclusion({ leafHash, seq: BigInt(seq), size: BigInt(size), proof, root: mth(all) });
    }),
  );
});

test("a consistency proof is PROOF of RFC 6962, and holds", async () => {
  await fc.assert(
    fc.asyncProperty(seqAndSize, async ([last, size]) => {
      const all = leaves(size);
      const oldSize = last + 1;
      const proof = await consistencyProof(all.map(hashLeaf), BigInt(oldSize), BigInt(size));
      expect(proof).toEqual(consistency(oldSize, all));
      verifyConsistency({
        older: { size: BigInt(oldSize), root: mth(all.slice(0, oldSize)) },
        newer: { size: BigInt(size), root: mth(all) },
        proof,
      });
    }),
  );
});

describe("spec/vectors/tree.json", () => {
  const bytes = (text: string): Hash => fromBase64(text) as Hash;
  const leafHashes = Array.from({ length: 65_537 }, (_, i) => hashLeaf(`${i}`));
  const rootOf = (size: number): Promise<Hash> => rootAt(leafHashes, BigInt(size));

  test("roots", async () => {
    for (const { size, root } of trees.roots) expect(toBase64(await rootOf(size)), `${size}`).toBe(root);
  });

  test("inclusion proofs", async () => {
    for (const { seq, size, leafHash, proof } of trees.inclusion) {
      expect(toBase64(leafHashes[seq] as Hash)).toBe(leafHash);
      const made = await inclusionProof(leafHashes, BigInt(seq), BigInt(size));
      expect(made.map(toBase64), `${seq} of ${size}`).toEqual(proof);
      const root = await rootOf(size);
      verifyInclusion({
        leafHash: bytes(leafHash),
        seq: BigInt(seq),
        size: BigInt(size),
        proof: proof.map(bytes),
        root,
      });
    }
  });

  test("consistency proofs", async () => {
    for (const { older, newer, proof } of trees.consistency) {
      const made = await consistencyProof(leafHashes, BigInt(older), BigInt(newer));
      expect(made.map(toBase64), `${older} to ${newer}`).toEqual(proof);
      verifyConsistency({
        older: { size: BigInt(older), root: await rootOf(older) },
        newer: { size: BigInt(newer), root: await rootOf(newer) },
        proof: proof.map(bytes),
      });
    }
  });
});

test("for every size up to 40, an inclusion proof holds for its own seq and size alone", async () => {
  for (let size = 1; size <= 40; size++) {
    const leafHashes = leaves(size).map(hashLeaf);
    const root = await rootAt(leafHashes, BigInt(size));
    for (let seq = 0; seq < size; seq++) {
      const proof = await inclusionProof(leafHashes, BigInt(seq), BigInt(size));
      const leafHash = leafHashes[seq] as Hash;
      for (let other = 0; other < size; other++) {
        const verify = (): void =>
          verifyInclusion({ leafHash, seq: BigInt(other), size: BigInt(size), proof, root });
        if (other === seq) verify();
        else expect(verify, `${seq} as ${other} of ${size}`).toThrow(refused);
      }
    }
  }
});

test("no flipped bit, no missing, added or swapped hash passes", async () => {
  const all = leaves(107);
  const leafHashes = all.map(hashLeaf);
  const root = mth(all);
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 106 }), fc.nat(), fc.nat({ max: 255 }), async (seq, which, bit) => {
      const proof = await inclusionProof(leafHashes, BigInt(seq), 107n);
      const claim = { leafHash: leafHashes[seq] as Hash, seq: BigInt(seq), size: 107n, root };
      const at = which % proof.length;
      const flipped = proof.map((hash) => hash.slice());
      (flipped[at] as Hash)[bit >> 3]! ^= 1 << (bit & 7);
      const next = (at + 1) % proof.length;
      const swapped = proof.map(
        (hash, i) => (i === at ? proof[next] : i === next ? proof[at] : hash) as Hash,
      );
      const hostile = [flipped, proof.toSpliced(at, 1), proof.toSpliced(at, 0, root), [...proof, root]];
      if (proof.length > 1) hostile.push(swapped);
      for (const wrong of hostile) expect(() => verifyInclusion({ ...claim, proof: wrong })).toThrow(refused);
      verifyInclusion({ ...claim, proof });
    }),
    { numRuns: 60 },
  );
});

test("no consistency claim passes with a flipped bit in a root or the proof, or with a hash missing or added", async () => {
  const all = leaves(23);
  const leafHashes = all.map(hashLeaf);
  const newer = { size: 23n, root: mth(all) };
  const flip = (hash: Hash, bit: number): Hash =>
    hash.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 22 }),
      fc.nat(),
      fc.nat({ max: 255 }),
      async (m, which, bit) => {
        const older = { size: BigInt(m), root: mth(all.slice(0, m)) };
        const proof = await consistencyProof(leafHashes, older.size, newer.size);
        const at = which % proof.length;
        const good = { older, newer, proof };
        verifyConsistency(good);
        for (const change of [
          { older: { ...older, root: flip(older.root, bit) } },
          { newer: { ...newer, root: flip(newer.root, bit) } },
          { proof: proof.with(at, flip(proof[at] as Hash, bit)) },
          { proof: proof.toSpliced(at, 1) },
          { proof: proof.toSpliced(at, 0, newer.root) },
          { proof: [...proof, newer.root] },
        ]) {
          expect(() => verifyConsistency({ ...good, ...change })).toThrow(refused);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test("for every size up to 20, a consistency proof holds for its own older size alone", async () => {
  const all = leaves(20);
  const leafHashes = all.map(hashLeaf);
  for (let size = 2; size <= 20; size++) {
    const newer = { size: BigInt(size), root: mth(all.slice(0, size)) };
    for (let m = 1; m < size; m++) {
      const root = mth(all.slice(0, m));
      const proof = await consistencyProof(leafHashes, BigInt(m), newer.size);
      for (let other = 1; other <= size; other++) {
        const verify = (): void => verifyConsistency({ older: { size: BigInt(other), root }, newer, proof });
        if (other === m) verify();
        else expect(verify, `${m} as ${other} of ${size}`).toThrow(refused);
      }
    }
  }
});

test("a source is asked for full subtrees only, and for no more than a path needs", async () => {
  const requested: [bigint, bigint][] = [];
  const source = (from: bigint, to: bigint): Hash => {
    requested.push([from, to]);
    return new Uint8Array(32);
  };
  await inclusionProof(source, 5n, 1_000_003n);
  await consistencyProof(source, 999_999n, 1_000_003n);
  for (const [from, to] of requested) {
    const count = to - from;
    expect(count & (count - 1n), `${from}-${to}`).toBe(0n);
    expect(from % count).toBe(0n);
  }
  expect(requested.length).toBeLessThan(60);
});

test("proofs made from tiles are those made from leaf hashes", async () => {
  const leafHashes = leaves(700).map(hashLeaf);
  const rows = [leafHashes, [await rootAt(leafHashes.slice(0, 256), 256n)]];
  (rows[1] as Hash[]).push(await rootAt(leafHashes.slice(256, 512), 256n));
  const source = tileSource(({ level, index }) =>
    Buffer.concat((rows[level] ?? []).slice(Number(index) * 256, Number(index) * 256 + 256)),
  );
  for (const seq of [0n, 255n, 256n, 511n, 512n, 699n]) {
    expect(await inclusionProof(source, seq, 700n)).toEqual(await inclusionProof(leafHashes, seq, 700n));
    expect(await consistencyProof(source, seq + 1n, 700n)).toEqual(
      await consistencyProof(leafHashes, seq + 1n, 700n),
    );
  }
});

describe("hostile inclusion claims:", () => {
  const all = leaves(5);
  const good = { leafHash: hashLeaf("leaf 4"), seq: 4n, size: 5n, proof: path(4, all), root: mth(all) };
  const hash = new Uint8Array(32);

  test("the good one holds", () => verifyInclusion(good));

  test.each([
    ["a seq as large as the size", { seq: 5n }],
    ["a negative seq", { seq: -1n }],
    ["an empty tree", { seq: 0n, size: 0n, proof: [] }],
    ["a negative size", { size: -5n }],
    ["a size of 2^64", { size: 1n << 64n }],
    ["a size of a million bits", { size: 1n << 1_000_000n }],
    ["a proof of no hash", { proof: [] }],
    ["a proof of a million hashes", { proof: Array.from({ length: 1_000_000 }, () => hash) }],
    ["a hash of 31 bytes in the proof", { proof: [new Uint8Array(31)] }],
    ["an empty hash in the proof", { proof: [...good.proof, new Uint8Array(0)] }],
    ["an empty root", { root: new Uint8Array(0) }],
    [
      "an empty root and an empty leaf",
      { root: hash.slice(0, 0), leafHash: hash.slice(0, 0), seq: 0n, size: 1n, proof: [] },
    ],
    ["a root of 33 bytes", { root: new Uint8Array(33) }],
    ["an inner node as a leaf", { leafHash: mth(all.slice(0, 4)), seq: 0n, proof: [hashLeaf("leaf 4")] }],
    ["the root as the leaf", { leafHash: good.root, proof: [] }],
  ])("%s", (_, change) => {
    expect(() => verifyInclusion({ ...good, ...change })).toThrow(refused);
  });
});

describe("hostile consistency claims:", () => {
  const all = leaves(7);
  const older = { size: 4n, root: mth(all.slice(0, 4)) };
  const newer = { size: 7n, root: mth(all) };
  const good = { older, newer, proof: consistency(4, all) };
  const forked = mth(["another", ...all.slice(1)]);

  test("the good one holds", () => verifyConsistency(good));

  test.each([
    ["from the empty tree", { older: { size: 0n, root: mth([]) }, proof: [] }],
    ["from a negative size", { older: { ...older, size: -4n } }],
    ["to a smaller tree", { older: newer, newer: older }],
    ["to a size of 2^64", { newer: { ...newer, size: 1n << 64n } }],
    ["a proof of no hash", { proof: [] }],
    ["one hash too many", { proof: [...good.proof, older.root] }],
    ["one hash too few", { proof: good.proof.slice(1) }],
    ["the older root before the proof, though it is implied", { proof: [older.root, ...good.proof] }],
    ["swapped roots", { older: { ...older, root: newer.root }, newer: { ...newer, root: older.root } }],
    ["a forked history of the same size", { newer: { ...newer, root: forked } }],
    ["two roots of one size", { older: { size: 7n, root: forked }, proof: [] }],
    ["the same tree with a proof", { older: newer }],
    ["an empty older root", { older: { size: 4n, root: new Uint8Array(0) } }],
    ["another older root", { older: { ...older, root: forked } }],
  ])("%s", (_, change) => {
    expect(() => verifyConsistency({ ...good, ...change })).toThrow(refused);
  });
});

test("no proof is made for a leaf that isn't there or from an empty tree", async () => {
  const leafHashes = leaves(3).map(hashLeaf);
  await expect(inclusionProof(leafHashes, 3n, 3n)).rejects.toThrow(refused);
  await expect(inclusionProof(leafHashes, -1n, 3n)).rejects.toThrow(refused);
  await expect(consistencyProof(leafHashes, 0n, 3n)).rejects.toThrow(refused);
  await expect(consistencyProof(leafHashes, 4n, 3n)).rejects.toThrow(refused);
  expect(await consistencyProof(leafHashes, 3n, 3n)).toEqual([]);
});
