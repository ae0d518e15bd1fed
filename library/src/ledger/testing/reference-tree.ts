/** RFC 6962 section 2.1 implemented literally: recursive, slow, and easy to verify. Tests compare the tree and its proofs with it. */
import { createHash } from "node:crypto";

const sha256 = (...parts: (Uint8Array | string)[]): Uint8Array => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return Uint8Array.from(hash.digest());
};

/** The largest power of two smaller than n, n > 1. */
const split = (n: number): number => {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
};

/** MTH(D[n]) where D is data, not hashes. */
export function mth(leaves: readonly string[]): Uint8Array {
  if (leaves.length === 0) return sha256("");
  if (leaves.length === 1) return sha256(Uint8Array.of(0), leaves[0] as string);
  const k = split(leaves.length);
  return sha256(Uint8Array.of(1), mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}

/** PATH(m, D[n]), section 2.1.1. */
export function path(m: number, leaves: readonly string[]): Uint8Array[] {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  const left = leaves.slice(0, k);
  const right = leaves.slice(k);
  return m < k ? [...path(m, left), mth(right)] : [...path(m - k, right), mth(left)];
}

/** PROOF(m, D[n]), section 2.1.2. */
export const consistency = (m: number, leaves: readonly string[]): Uint8Array[] => subproof(m, leaves, true);

function subproof(m: number, leaves: readonly string[], complete: boolean): Uint8Array[] {
  if (m === leaves.length) return complete ? [] : [mth(leaves)];
  const k = split(leaves.length);
  const left = leaves.slice(0, k);
  const right = leaves.slice(k);
  return m <= k
    ? [...subproof(m, left, complete), mth(right)]
    : [...subproof(m - k, right, false), mth(left)];
}
