/**
 * `npm run coverage -- [FILES ...]`: runs the tests with v8's coverage and prints the coverage of each folder. ./coverage/index.html shows
 * the lines. Exits with 1 if a folder is below its floor (floors.ts) or a test fails. Code in other processes doesn't count. With test
 * files as arguments, only these run, and there are no floors.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../support/working-copy.ts";
import { belowFloors, byFolder, tableOfCoverage } from "./by-folder.ts";
import { coverageFloors } from "./floors.ts";

const files = process.argv.slice(2);
const { status } = spawnSync("npx", ["vitest", "run", ...files, "--coverage", "--coverage.reportOnFailure"], {
  cwd: repository,
  stdio: ["ignore", 2, 2],
});
const summary = JSON.parse(readFileSync(join(repository, "coverage/coverage-summary.json"), "utf8"));
const folders = byFolder(summary, repository);
const floors = files.length === 0 ? coverageFloors : {};
const faults = belowFloors(folders, floors);
console.log([tableOfCoverage(folders, floors), ...faults].join("\n"));
process.exit(status === 0 && faults.length === 0 ? 0 : 1);
