/** The list of planted faults is true: each place stands once in its file, and the tests that must catch it are there. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../support/working-copy.ts";
import { plantedFaults } from "./list.ts";
import { timesFound } from "./plant.ts";

test.each(plantedFaults)("the place of '$name' stands once in its file", (fault) => {
  expect(timesFound(repository, fault), `${fault.file}: ${fault.text}`).toBe(1);
  expect(fault.by).not.toBe(fault.text);
});

test.each(plantedFaults)("the tests that catch '$name' are there", ({ caughtBy }) => {
  expect(caughtBy.length).toBeGreaterThan(0);
  for (const file of caughtBy) expect(existsSync(join(repository, file)), file).toBe(true);
});

test("the list has at least thirty faults, each with a name of its own", () => {
  expect(plantedFaults.length).toBeGreaterThanOrEqual(30);
  expect(new Set(plantedFaults.map(({ name }) => name)).size).toBe(plantedFaults.length);
});
