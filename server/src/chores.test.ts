/** Chores run again and again, whatever becomes of a run, until they are told to end. */
import { expect, test } from "vitest";
import { startChores } from "./chores.ts";

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test("a chore runs again after it ended, and one that fails is said and tried again", async () => {
  let runs = 0;
  const failures: string[] = [];
  const chores = startChores(
    [
      { name: "works", every: 5, run: async () => void runs++ },
      { name: "fails", every: 5, run: () => Promise.reject(new Error("no disk")) },
    ],
    (name, error) => failures.push(`${name}: ${(error as Error).message}`),
  );
  while (runs < 3 || failures.length < 3) await pause(2);
  await chores.close();
  expect(new Set(failures)).toEqual(new Set(["fails: no disk"]));
});

test("closing waits for the run under way, and starts no other", async () => {
  let ended = 0;
  let begun = 0;
  const run = async (): Promise<void> => {
    begun++;
    await pause(30);
    ended++;
  };
  const chores = startChores([{ name: "slow", every: 1, run }], () => {});
  while (begun === 0) await pause(1);
  await chores.close();
  expect([begun, ended]).toEqual([1, 1]);
  await pause(20);
  expect(begun).toBe(1);
});
