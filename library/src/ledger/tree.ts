/**
 * The hashes of the RFC 6962 Merkle tree, and its frontier, which is all that appending needs. Source: RFC 6962 section 2.1,
 * spec/ledger.md.
 */
import { DaybookError } from "../error/index.ts";
import { joinBytes } from "./bytes.ts";
import { type Hash, hashBytes, sha256 } from "./crypto.ts";

/** The hash of a leaf: SHA-256(0x00 || leaf data); a text counts as its UTF-8 bytes. */
export const hashLeaf = (leafData: string | Uint8Array): Hash =>
  typeof leafData === "string" ? sha256(`\0${leafData}`) : sha256(joinBytes([leafPrefix, leafData]));

const leafPrefix = Uint8Array.of(0);
const nodeData = new Uint8Array(1 + 2 * hashBytes);
nodeData[0] = 1;

/** The hash of an inner node: SHA-256(0x01 || left || right), each 32 bytes. */
export function hashNode(left: Hash, right: Hash): Hash {
  if (left.length !== hashBytes || right.length !== hashBytes) {
    throw new DaybookError("proof-invalid", { detail: "A hash in the tree is not 32 bytes long." });
  }
  nodeData.set(left, 1);
  nodeData.set(right, 1 + hashBytes);
  return sha256(nodeData);
}

/** The root of the tree without leaves: SHA-256 of nothing. */
export const emptyRoot: Hash = sha256("");

/** The frontier of the tree without leaves. */
export const emptyFrontier: Uint8Array = new Uint8Array(0);

/** The part of a tree that appending needs: its size, and the roots of its full subtrees, largest first, 32 bytes each. */
export interface Frontier {
  readonly frontier: Uint8Array;
  readonly size: bigint;
}

/**
 * The tree after appending leaf hashes, with about one hash for each leaf. The frontier of a tree of `size` leaves has one root for each 1
 * in the binary form of `size`. Throws `internal` if frontier and size don't match.
 */
export function append(frontier: Uint8Array, size: bigint, leafHashes: readonly Hash[]): Frontier {
  const roots = rootsOf(frontier, size);
  let count = Number(size);
  for (const leafHash of leafHashes) {
    if (leafHash.length !== hashBytes) throw damaged("A leaf hash is not 32 bytes long.");
    let root = leafHash;
    // A carry in count + 1 means that the new leaf completes a subtree.
    for (let rest = count; rest % 2 === 1; rest = (rest - 1) / 2) root = hashNode(roots.pop() as Hash, root);
    roots.push(root);
    count += 1;
  }
  if (!Number.isSafeInteger(count)) throw damaged("A log has at most 2^53-1 leaves.");
  return { frontier: joinBytes(roots), size: BigInt(count) };
}

/** The root of the tree with this frontier. Throws `internal` if frontier and size don't match. */
export function rootOf(frontier: Uint8Array, size: bigint): Hash {
  const roots = rootsOf(frontier, size);
  return Uint8Array.from(roots.length === 0 ? emptyRoot : foldRight(roots));
}

/** The root over subtrees, largest first, at least one: each is joined with everything on its right. */
export const foldRight = (roots: readonly Hash[]): Hash =>
  roots.reduceRight((right, left) => hashNode(left, right));

function rootsOf(frontier: Uint8Array, size: bigint): Hash[] {
  if (size < 0n || size > Number.MAX_SAFE_INTEGER) throw damaged("A log has from 0 to 2^53-1 leaves.");
  const roots: Hash[] = [];
  for (let at = 0; at < frontier.length; at += hashBytes) roots.push(frontier.subarray(at, at + hashBytes));
  let ones = 0;
  for (let rest = Number(size); rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  if (frontier.length !== ones * hashBytes) {
    throw damaged(`A frontier of ${frontier.length} bytes is not that of a tree of ${size} leaves.`);
  }
  return roots;
}

const damaged = (detail: string): DaybookError => new DaybookError("internal", { detail });
