/** The worked example of the formats, spec/vectors/leaf.json, to the byte. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { canonicalize, type Json } from "../event/index.ts";
import {
  append,
  consistencyProof,
  disclosure,
  emptyFrontier,
  formatOrigin,
  fromBase64url,
  hashLeaf,
  inclusionProof,
  keyPairOf,
  leafData,
  leafHash,
  openCheckpoint,
  readDisclosure,
  rootOf,
  signCheckpoint,
  slotDigest,
  toBase64,
  toHex,
  verifyConsistency,
  verifyInclusion,
  vkey,
} from "./index.ts";

interface SlotExample {
  salt: string;
  value: Json;
  jcs: string;
  disclosure: string;
  digest: string;
}
interface LeafExample {
  assigned: { log: string; seq: number };
  slots: Record<string, SlotExample>;
  leafData: string;
  leafHashHex: string;
  leafHash: string;
}
interface LeafVectors {
  log: string;
  logIdBytes: string;
  testKeySeedHex: string;
  vkey: string;
  leaves: LeafExample[];
  roots: { size: number; hex: string; root: string; checkpoint: string }[];
}

const file = new URL("../../../spec/vectors/leaf.json", import.meta.url);
const vectors = JSON.parse(readFileSync(file, "utf8")) as LeafVectors;
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
const leafHashes = vectors.leaves.map((leaf) => hashLeaf(leaf.leafData));

test("the example has three leaves, and a root after each", () => {
  expect(vectors.leaves).toHaveLength(3);
  expect(vectors.roots.map(({ size }) => size)).toEqual([1, 2, 3]);
});

test("its origin is made of its name and 16 bytes", () => {
  expect(formatOrigin("log.example.org", bytes(vectors.logIdBytes))).toBe(vectors.log);
});

describe.each(vectors.leaves)("leaf $assigned.seq", (leaf) => {
  test.each(Object.entries(leaf.slots))("slot %s: disclosure and digest", (slot, example) => {
    const salt = fromBase64url(example.salt) as Uint8Array;
    const valueJcs = canonicalize(example.value);
    expect(`["${example.salt}","${slot}",${valueJcs}]`).toBe(example.jcs);
    expect(disclosure(salt, slot, valueJcs)).toBe(example.disclosure);
    expect(slotDigest(salt, slot, valueJcs)).toBe(example.digest);
    const read = readDisclosure(example.disclosure);
    expect(read.slot).toBe(slot);
    expect(read.salt).toEqual(salt);
    expect(read.valueJcs).toBe(valueJcs);
    expect(JSON.parse(JSON.stringify(read.value))).toEqual(example.value);
  });

  test("leaf data and leaf hash", () => {
    const digests = Object.entries(leaf.slots).map(([slot, { digest }]) => [slot, digest] as const);
    const public_ = JSON.parse(leaf.leafData) as Record<
      "id" | "type" | "occurredAt" | "recordedAt" | "outcome",
      string
    >;
    const fields = {
      ...public_,
      log: vectors.log,
      seq: BigInt(leaf.assigned.seq),
      // in a different order from the leaf's
      sd: Object.fromEntries(digests.reverse()),
    };
    expect(leafData(fields)).toBe(leaf.leafData);
    expect(leafData(fields)).toBe(canonicalize(JSON.parse(leaf.leafData) as Json));
    expect(toHex(leafHash(fields))).toBe(leaf.leafHashHex);
    expect(toBase64(hashLeaf(leaf.leafData))).toBe(leaf.leafHash);
    expect(hashLeaf(new TextEncoder().encode(leaf.leafData))).toEqual(hashLeaf(leaf.leafData));
  });
});

describe.each(vectors.roots)("the tree of $size", ({ size, hex, root, checkpoint }) => {
  const tree = append(emptyFrontier, 0n, leafHashes.slice(0, size));

  test("root", () => {
    expect(tree.size).toBe(BigInt(size));
    expect(toHex(rootOf(tree.frontier, tree.size))).toBe(hex);
    expect(toBase64(rootOf(tree.frontier, tree.size))).toBe(root);
  });

  test("checkpoint, signed and opened", () => {
    const state = { origin: vectors.log, size: BigInt(size), root: rootOf(tree.frontier, tree.size) };
    expect(signCheckpoint(state, bytes(vectors.testKeySeedHex))).toBe(checkpoint);
    const opened = openCheckpoint(checkpoint, [vectors.vkey]);
    expect(opened).toMatchObject({ ...state, extensions: [] });
    expect(opened.signers.map(({ name }) => name)).toEqual([vectors.log]);
  });

  test("every leaf is in it, and it extends those before it", async () => {
    const newer = { size: BigInt(size), root: rootOf(tree.frontier, tree.size) };
    for (let seq = 0; seq < size; seq++) {
      const proof = await inclusionProof(leafHashes, BigInt(seq), BigInt(size));
      verifyInclusion({ ...newer, seq: BigInt(seq), leafHash: leafHashes[seq] as Uint8Array, proof });
      const before = append(emptyFrontier, 0n, leafHashes.slice(0, seq + 1));
      const older = { size: before.size, root: rootOf(before.frontier, before.size) };
      verifyConsistency({ older, newer, proof: await consistencyProof(leafHashes, older.size, newer.size) });
    }
  });
});

test("its vkey is that of the test key", () => {
  expect(vkey(vectors.log, keyPairOf(bytes(vectors.testKeySeedHex)).publicKey)).toBe(vectors.vkey);
});
