/**
 * Inclusion and consistency proofs. Making them: RFC 6962 sections 2.1.1 and 2.1.2; verifying them: RFC 9162 sections 2.1.3.2 and 2.1.4.2.
 */
import { DaybookError } from "../error/index.ts";
import { equalBytes } from "./bytes.ts";
import { type Hash, hashBytes } from "./crypto.ts";
import { type HashSource, leafHashSource } from "./tiles.ts";
import { emptyRoot, foldRight, hashNode } from "./tree.ts";

/** The limit of sizes; a larger one is refused before any work. */
const sizeLimit = 1n << 64n;

/** A tree, as in a checkpoint. */
export interface TreeHead {
  readonly size: bigint;
  readonly root: Hash;
}

/** Proves that the leaf at `seq` is in the tree. */
export interface InclusionClaim extends TreeHead {
  readonly seq: bigint;
  readonly leafHash: Hash;
  /** From the leaf's sibling up. */
  readonly proof: readonly Hash[];
}

/** Proves that the newer tree starts with all leaves of the older one. */
export interface ConsistencyClaim {
  readonly older: TreeHead;
  readonly newer: TreeHead;
  readonly proof: readonly Hash[];
}

/** The source of hashes: a function, or all leaf hashes of a small tree. */
export type Hashes = HashSource | readonly Hash[];

/** The inclusion proof of the leaf at `seq` in the tree of the first `size` leaves. Throws `proof-invalid` unless 0 <= seq < size. */
export async function inclusionProof(hashes: Hashes, seq: bigint, size: bigint): Promise<Hash[]> {
  if (seq < 0n || seq >= size) throw invalid(`there is no leaf ${seq} in a tree of ${size}`);
  const siblings: Range[] = [];
  let range: Range = [0n, size];
  while (range[1] - range[0] > 1n) {
    const [left, right] = halves(range);
    const isLeft = seq < right[0];
    siblings.push(isLeft ? right : left);
    range = isLeft ? left : right;
  }
  return rootsOf(hashes, siblings.reverse());
}

/**
 * The consistency proof from the tree of the first `oldSize` leaves to that of the first `newSize`; empty if they are equal. Throws
 * `proof-invalid` unless 0 < oldSize <= newSize: the empty tree proves nothing.
 */
export async function consistencyProof(hashes: Hashes, oldSize: bigint, newSize: bigint): Promise<Hash[]> {
  if (oldSize <= 0n || oldSize > newSize) throw invalid(`${newSize} leaves can't extend ${oldSize}`);
  const parts: Range[] = [];
  let range: Range = [0n, newSize];
  while (range[1] !== oldSize) {
    const [left, right] = halves(range);
    const isLeft = oldSize <= right[0];
    parts.push(isLeft ? right : left);
    range = isLeft ? left : right;
  }
  // The verifier already has the root of the older tree.
  if (range[0] !== 0n) parts.push(range);
  return rootsOf(hashes, parts.reverse());
}

/** The root of the tree of the first `size` leaves. */
export const rootAt = async (hashes: Hashes, size: bigint): Promise<Hash> =>
  size === 0n ? emptyRoot.slice() : rootOfRange(asSource(hashes), [0n, size]);

/** Throws `proof-invalid` unless the leaf is at `seq` in the tree of that size and root. */
export function verifyInclusion({ leafHash, seq, size, proof, root }: InclusionClaim): void {
  if (size >= sizeLimit) throw invalid("its size is out of range");
  if (seq < 0n || seq >= size) throw invalid("its leaf is not in a tree of that size");
  checkLengths([leafHash, root, ...proof]);
  let node = seq;
  let last = size - 1n;
  let hash = leafHash;
  for (const sibling of proof) {
    if (last === 0n) throw invalid("it is too long");
    if (isRight(node) || node === last) {
      hash = hashNode(sibling, hash);
      // A node without a right sibling rises until it is a right sibling itself.
      for (; !isRight(node) && node !== 0n; node >>= 1n) last >>= 1n;
    } else {
      hash = hashNode(hash, sibling);
    }
    node >>= 1n;
    last >>= 1n;
  }
  if (last !== 0n) throw invalid("it is too short");
  if (!equalBytes(hash, root)) throw invalid("it leads to another root");
}

/** Throws `proof-invalid` unless the newer tree extends the older one; the empty tree proves nothing. */
export function verifyConsistency({ older, newer, proof }: ConsistencyClaim): void {
  if (newer.size >= sizeLimit) throw invalid("its size is out of range");
  if (older.size <= 0n) throw invalid("nothing can be proven from an empty tree");
  if (older.size > newer.size) throw invalid("the newer tree is the smaller one");
  if (older.size === newer.size) {
    // Nothing needs hashing: with the same size, the roots must be equal.
    if (proof.length > 0) throw invalid("it is too long");
    if (!equalBytes(older.root, newer.root)) throw invalid("trees of one size have two roots");
    return;
  }
  checkLengths([older.root, newer.root, ...proof]);
  let node = older.size - 1n;
  let last = newer.size - 1n;
  for (; isRight(node); node >>= 1n) last >>= 1n;
  // If the older tree is one full subtree, the proof starts with its root.
  const [start, ...rest] = node === 0n ? [older.root, ...proof] : proof;
  if (start === undefined) throw invalid("it is too short");
  let oldHash = start;
  let newHash = start;
  for (const sibling of rest) {
    if (last === 0n) throw invalid("it is too long");
    if (isRight(node) || node === last) {
      oldHash = hashNode(sibling, oldHash);
      newHash = hashNode(sibling, newHash);
      for (; !isRight(node) && node !== 0n; node >>= 1n) last >>= 1n;
    } else {
      newHash = hashNode(newHash, sibling);
    }
    node >>= 1n;
    last >>= 1n;
  }
  if (last !== 0n) throw invalid("it is too short");
  if (!equalBytes(oldHash, older.root)) throw invalid("it leads to another older root");
  if (!equalBytes(newHash, newer.root)) throw invalid("it leads to another newer root");
}

/** Leaves [from, to). */
type Range = readonly [from: bigint, to: bigint];

/** RFC 6962: the left half is the largest power of two that is smaller than the whole. */
function halves([from, to]: Range): [Range, Range] {
  const middle = from + (1n << BigInt((to - from - 1n).toString(2).length - 1));
  return [
    [from, middle],
    [middle, to],
  ];
}

const rootsOf = (hashes: Hashes, ranges: readonly Range[]): Promise<Hash[]> => {
  const source = asSource(hashes);
  return Promise.all(ranges.map((range) => rootOfRange(source, range)));
};

const asSource = (hashes: Hashes): HashSource =>
  typeof hashes === "function" ? hashes : leafHashSource(hashes);

/** The root over leaves of which only the rightmost subtree can be incomplete. */
async function rootOfRange(source: HashSource, [from, to]: Range): Promise<Hash> {
  const full: (Hash | Promise<Hash>)[] = [];
  for (let at = from; at < to; ) {
    const next = at + (1n << BigInt((to - at).toString(2).length - 1));
    full.push(source(at, next));
    at = next;
  }
  return foldRight(await Promise.all(full));
}

const isRight = (node: bigint): boolean => (node & 1n) === 1n;

function checkLengths(hashes: readonly Hash[]): void {
  if (hashes.some((hash) => hash.length !== hashBytes)) throw invalid("a hash in it is not 32 bytes long");
}

const invalid = (why: string): DaybookError =>
  new DaybookError("proof-invalid", { detail: `The proof is not valid: ${why}.` });
