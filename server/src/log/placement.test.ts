/** Recording with a store that has two placements: which requests share a transaction, and which wait for others. */
import { expect, test } from "vitest";
import type { WriteNames } from "../store/contract/placement.ts";
import { checkNames } from "../store/named-writes.ts";
import type { Store } from "../store/store.ts";
import { anEvent, openTestServices } from "./testing/test-services.ts";

const placementOf = (organizationId: number): string => (organizationId % 2 === 0 ? "even" : "odd");

/** The store as two shards. It stores the names of each write; a write waits at `gate` before it begins. */
const sharded = (gate: (names: WriteNames) => Promise<void>, named: WriteNames[]) => (store: Store) => ({
  ...store,
  placementOf,
  write: async <T>(work: Parameters<typeof store.write<T>>[0], names: WriteNames): Promise<T> => {
    named.push(names);
    checkNames(names, placementOf);
    await gate(names);
    return store.write(work, names);
  },
});

test("no group of recordings spans placements, and a slow one does not hold up the others", async () => {
  const named: WriteNames[] = [];
  let release = (): void => {};
  const slow = new Promise<void>((resolve) => {
    release = resolve;
  });
  const gate = async ({ lane, organizations }: WriteNames): Promise<void> => {
    if (lane === "events" && [...organizations].some((each) => placementOf(each) === "odd")) await slow;
  };
  const services = await openTestServices({ wrap: sharded(gate, named) });
  const all = [];
  for (let i = 0; i < 6; i++) all.push(await services.newOrganization(`org-${i}`));
  const recording = all.map((each) => ({ each, answer: services.record(each, anEvent()) }));
  const [even, odd] = ["even", "odd"].map((one) =>
    recording.filter(({ each }) => placementOf(each.organizationId) === one).map(({ answer }) => answer),
  );
  expect((await Promise.all(even!)).map(({ recorded }) => recorded)).toEqual([1, 1, 1]);
  let isDone = false;
  void Promise.all(odd!).then(() => {
    isDone = true;
  });
  // a second round passes while the first of the others still waits
  for (const each of all.filter(({ organizationId }) => placementOf(organizationId) === "even"))
    expect((await services.record(each, anEvent())).recorded).toBe(1);
  expect(isDone).toBe(false);
  release();
  expect((await Promise.all(odd!)).map(({ recorded }) => recorded)).toEqual([1, 1, 1]);
  const groups = named.filter(({ lane }) => lane === "events").map(({ organizations }) => [...organizations]);
  expect(groups.some((group) => group.length > 1)).toBe(true);
  for (const group of groups) expect(new Set(group.map(placementOf)).size).toBe(1);
  expect(await services.findings()).toEqual([]);
  await services.close();
});
