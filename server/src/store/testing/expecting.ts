/** Expectations of failures and of waiting, for the tests of a store. */
import { expect } from "vitest";
import { StoreError, type StoreFailure } from "../contract/errors.ts";
import type { WriteTransaction } from "../contract/transaction.ts";
import type { Store } from "../store.ts";
import { anywhere } from "./anywhere.ts";

/** The StoreError of failing work. */
async function failureOf(work: Promise<unknown>): Promise<StoreError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StoreError);
  return error as StoreError;
}

/** The kind of failure of some work. */
export const failed = async (work: Promise<unknown>): Promise<StoreFailure> =>
  (await failureOf(work)).failure;

/** The constraint in the conflict of failing work. */
export async function conflict(work: Promise<unknown>): Promise<string | undefined> {
  const error = await failureOf(work);
  expect(error.failure).toBe("conflict");
  return error.constraint;
}

/** Expects that of two simultaneous calls one succeeds, and the other gets a conflict with this constraint. */
export async function expectOneConflict(
  works: readonly [Promise<unknown>, Promise<unknown>],
  constraint: string,
): Promise<void> {
  const results = await Promise.allSettled(works);
  const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  expect(refused).toHaveLength(1);
  expect(await conflict(Promise.reject(refused[0]))).toBe(constraint);
}

/** A point in time that others wait for. */
interface TestMoment {
  readonly reached: Promise<void>;
  reach(): void;
}

export function moment(): TestMoment {
  let reach = (): void => {};
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  return { reached, reach };
}

/** Expects that two transactions that begin with `lock` run one after the other. */
export async function expectToFollow(
  store: Store,
  lock: (tx: WriteTransaction) => Promise<unknown>,
): Promise<void> {
  const steps: string[] = [];
  const held = moment();
  const first = store.write(async (tx) => {
    await lock(tx);
    held.reach();
    await new Promise((resolve) => setTimeout(resolve, 150));
    steps.push("the first leaves");
  }, anywhere);
  await Promise.race([held.reached, first]);
  const second = store.write(async (tx) => {
    await lock(tx);
    steps.push("the second enters");
  }, anywhere);
  await Promise.all([first, second]);
  expect(steps).toEqual(["the first leaves", "the second enters"]);
}
