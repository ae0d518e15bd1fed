/**
 * `npm run faults -- [NAME ...]`: plants the faults of the list one at a time, or those that are named, in a copy of the repository, runs the tests
 * that must catch each, and prints a table. Exits 1 if a fault isn't caught, if its place is gone, or if a test fails without a fault.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, copyWorkingTree } from "../support/working-copy.ts";
import { type PlantedFault, plantedFaults } from "./list.ts";
import { runTestFiles, timesFound, tryFault } from "./plant.ts";

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !plantedFaults.some((fault) => fault.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no fault named ${unknown.join(", ")}. The names: ${plantedFaults.map(({ name }) => name).join(", ")}`,
  );
  process.exit(2);
}
const faults =
  wanted.length === 0 ? plantedFaults : plantedFaults.filter(({ name }) => wanted.includes(name));

const folder = mkdtempSync(join(tmpdir(), "daybook-faults-"));
const copy = join(folder, "copy");
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));

copyWorkingTree(copy);
build(copy);
const broken = new Set<string>();
for (const { file, failed } of runTestFiles(copy, [...new Set(faults.flatMap(({ caughtBy }) => caughtBy))])) {
  if (failed === undefined) continue;
  broken.add(file);
  console.error(`${file} fails without any fault: ${failed}`);
}

let missed = 0;
for (const [index, fault] of faults.entries()) {
  const problem = problemOf(fault);
  if (problem.sentence !== undefined) missed++;
  const result = problem.sentence ?? `caught by ${problem.caughtBy}`;
  console.log(`${String(index + 1).padStart(2)}  ${fault.name.padEnd(28)} ${result}\n    ${fault.breaks}`);
}
console.log(`\n${faults.length - missed} of ${faults.length} planted faults are caught.`);
process.exit(missed === 0 ? 0 : 1);

/** Why a fault counts as missed; or the tests that caught it. */
function problemOf(fault: PlantedFault): { sentence?: string; caughtBy?: string } {
  const times = timesFound(copy, fault);
  if (times !== 1) return { sentence: `NOT PLANTED: its text stands ${times} times in ${fault.file}` };
  const untried = fault.caughtBy.filter((file) => broken.has(file));
  if (untried.length > 0) return { sentence: `NOT PLANTED: ${untried.join(", ")} fails without it` };
  const runs = tryFault(copy, fault);
  const passed = runs.filter(({ failed }) => failed === undefined).map(({ file }) => file);
  if (passed.length > 0) return { sentence: `NOT CAUGHT by ${passed.join(", ")}` };
  return { caughtBy: runs.map(({ file, failed }) => `${file}: '${failed}'`).join("; ") };
}
