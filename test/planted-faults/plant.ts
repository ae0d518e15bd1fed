/** Plants one fault at a time in a copy of the repository, and tells which of its tests fail. */
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "../support/working-copy.ts";
import type { PlantedFault } from "./list.ts";

/** How often a fault's text stands in its file. */
export const timesFound = (root: string, { file, text }: PlantedFault): number =>
  readFileSync(join(root, file), "utf8").split(text).length - 1;

/** A file of tests that ran with a fault. */
export interface FaultyTestRun {
  readonly file: string;
  /** The first test that failed; undefined if none did. */
  readonly failed: string | undefined;
}

/** What vitest's reporter `json` writes, as far as it is read here. */
interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** Runs files of tests in a copy; a single one no further than its first failure. Throws if they can't run. */
export function runTestFiles(copy: string, files: readonly string[]): FaultyTestRun[] {
  const report = join(copy, "report.json");
  rmSync(report, { force: true });
  const words = ["run", ...files, "--reporter=json", `--outputFile=${report}`];
  if (files.length === 1) words.push("--bail=1");
  const { stderr } = spawnSync(join(copy, "node_modules/.bin/vitest"), words, {
    cwd: copy,
    encoding: "utf8",
    timeout: 3_600_000,
  });
  const { testResults } = readReport(report, stderr);
  return files.map((file) => {
    const result = testResults.find(({ name }) => name.endsWith(`/${file}`));
    if (result === undefined) throw new Error(`${file} didn't run.`);
    if (result.status !== "failed") return { file, failed: undefined };
    const test = result.assertionResults.find(({ status }) => status === "failed");
    return { file, failed: test?.fullName ?? (result.message.split("\n")[0] || "the whole file") };
  });
}

function readReport(path: string, stderr: string): VitestReport {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    throw new Error(`The tests didn't run: ${stderr.slice(-1_000)}`);
  }
}

/** Plants the fault, runs its tests, and takes it out again. */
export function tryFault(copy: string, fault: PlantedFault): FaultyTestRun[] {
  const path = join(copy, fault.file);
  const text = readFileSync(path, "utf8");
  writeFileSync(
    path,
    text.replace(fault.text, () => fault.by),
  );
  // these start processes from what is built
  const isBuilt = fault.caughtBy.some((file) => /^test\/[\w-]+\.test\.ts$/.test(file));
  if (isBuilt) build(copy);
  const runs = runTestFiles(copy, fault.caughtBy);
  writeFileSync(path, text);
  if (isBuilt) build(copy);
  return runs;
}
