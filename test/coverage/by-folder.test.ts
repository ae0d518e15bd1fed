/** Coverage is summed by folder, and folders below their floor are reported. */
import { expect, test } from "vitest";
import { belowFloors, byFolder, type CoverageSummary, tableOfCoverage } from "./by-folder.ts";

const count = (covered: number, total: number): { covered: number; total: number } => ({ covered, total });
const file = (covered: number, total: number): CoverageSummary[string] => ({
  lines: count(covered, total),
  branches: count(0, 0),
  functions: count(covered, total),
});
const summary: CoverageSummary = {
  total: file(9, 9),
  "/root/server/src/log/accept.ts": file(1, 2),
  "/root/server/src/log/answer.ts": file(2, 2),
  "/root/library/src/ledger/leaf.ts": file(3, 3),
};
const folders = byFolder(summary, "/root");

test("files are added up by folder, and what has none of a kind reaches all of it", () => {
  expect(folders).toEqual([
    { folder: "library/ledger", files: 1, lines: 100, branches: 100, functions: 100 },
    { folder: "server/log", files: 2, lines: 75, branches: 100, functions: 75 },
  ]);
});

test("a folder below its floor is named, with what it reaches; one at its floor isn't", () => {
  const floor = { lines: 75, branches: 100, functions: 75.5 };
  expect(belowFloors(folders, { "server/log": floor })).toEqual([
    "server/log: the tests reach 75.00% of the functions, below 75.5%.",
  ]);
  expect(belowFloors(folders, { "server/gone": floor })).toEqual(["server/gone: there is no such folder."]);
});

test("the table has a row for each folder, with its floor", () => {
  const floor = { lines: 70, branches: 90, functions: 70 };
  expect(tableOfCoverage(folders, { "server/log": floor }).split("\n")[2]).toBe(
    "server/log                     2      75.0     100.0      75.0   at least 70, 90, 70",
  );
});
