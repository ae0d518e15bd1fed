/** Combined reads: which read answers which request. */
import { expect, test } from "vitest";
import { coalesced } from "./coalesce.ts";

const hashOf = (n: number): Uint8Array => new Uint8Array(32).fill(n);

interface HeldRead {
  readonly hashes: readonly Uint8Array[];
  readonly answer: (numbers: readonly number[]) => void;
  readonly fail: () => void;
}

/** Reads that the test completes by hand. */
function byHand(): {
  reads: HeldRead[];
  find: (hash: Uint8Array) => Promise<{ tokenHash: Uint8Array } | undefined>;
} {
  const reads: HeldRead[] = [];
  const find = coalesced(
    (hashes) =>
      new Promise<{ tokenHash: Uint8Array }[]>((resolve, reject) => {
        const answer = (numbers: readonly number[]): void =>
          resolve(numbers.map((n) => ({ tokenHash: hashOf(n) })));
        reads.push({ hashes, answer, fail: () => reject(new Error("no database")) });
      }),
  );
  return { reads, find };
}
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("who asks while a read runs is answered by the next one, never by that which began before", async () => {
  const { reads, find } = byHand();
  const first = find(hashOf(1));
  const again = find(hashOf(1));
  const other = find(hashOf(2));
  await settle();
  expect(reads.map(({ hashes }) => hashes.length)).toEqual([1]);
  reads[0]!.answer([1]);
  await expect(first).resolves.toEqual({ tokenHash: hashOf(1) });
  await settle();
  expect(reads[1]!.hashes).toEqual([hashOf(1), hashOf(2)]);
  // the token that the first read found has ended since
  reads[1]!.answer([2]);
  await expect(again).resolves.toBeUndefined();
  await expect(other).resolves.toEqual({ tokenHash: hashOf(2) });
});

test("a read that fails fails for those who went into it, and the next one is tried", async () => {
  const { reads, find } = byHand();
  const first = find(hashOf(1));
  const second = find(hashOf(2));
  reads[0]!.fail();
  await expect(first).rejects.toThrow("no database");
  await settle();
  reads[1]!.answer([2]);
  await expect(second).resolves.toEqual({ tokenHash: hashOf(2) });
  const third = find(hashOf(3));
  reads[2]!.answer([]);
  await expect(third).resolves.toBeUndefined();
});

test("many at once are read by the thousand", async () => {
  const sizes: number[] = [];
  const find = coalesced(async (hashes) => {
    sizes.push(hashes.length);
    return hashes.map((tokenHash) => ({ tokenHash }));
  });
  const hashes = Array.from({ length: 2500 }, (_, i) => Buffer.from(String(i).padStart(32)));
  const found = await Promise.all(hashes.map(find));
  expect(found.map((each) => each?.tokenHash)).toEqual(hashes);
  expect(sizes).toEqual([1, 1000, 1000, 499]);
});
