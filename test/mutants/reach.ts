/** Finds which tests reach which mutant, with one run of all tests without an active mutant; and the order in which they are tried. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ChosenTests, SessionResult } from "./session.ts";
import type { ReachOfFile } from "./setup.ts";

/** A file of tests, with what it reaches and how long each of its tests takes. */
export interface TestFile extends ReachOfFile {
  readonly milliseconds: Readonly<Record<string, number>>;
}

/** A file with fewer milliseconds runs whole: choosing among its tests saves nothing. */
const shortFile = 3_000;
/** What starting a file costs. */
const startOfFile = 1_000;
/** No file is added to what costs as much. */
const mostSpent = 60_000;

/** Reads what the tests wrote down (setup.ts), without the files that failed without any mutant. */
export function readReach(folder: string, { ran, failed }: SessionResult): TestFile[] {
  const broken = new Set(failed.map(({ file }) => file));
  return readdirSync(folder)
    .map((name): ReachOfFile => JSON.parse(readFileSync(join(folder, name), "utf8")))
    .filter(({ file }) => !broken.has(file))
    .map((reach) => ({
      ...reach,
      milliseconds: Object.fromEntries(
        ran.filter(({ file }) => file === reach.file).map(({ id, ms }) => [id, ms]),
      ),
    }));
}

/** Tests to run for a mutant, with what they are expected to cost. */
export interface PlannedTests extends ChosenTests {
  readonly milliseconds: number;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** A mutant, as far as it matters which tests reach it. */
export interface MutantToReach {
  readonly number: string;
  readonly folder: string;
  /** The numbers of all mutants of its file. */
  readonly inItsFile: ReadonlySet<string>;
}

/**
 * The tests of a file that reach a mutant; undefined if none does. What runs while modules load is reached by each file that
 * imports it: of these count the tests that reach anything else in the mutant's file.
 */
function chosenOf(
  { file, always, byTest, milliseconds }: TestFile,
  { number, inItsFile }: MutantToReach,
  whole: ReadonlySet<string>,
): PlannedTests | undefined {
  const isLoaded = always.includes(number);
  const ids = Object.keys(byTest).filter((id) =>
    byTest[id]?.some((hit) => hit === number || (isLoaded && inItsFile.has(hit))),
  );
  if (ids.length === 0) return undefined;
  const total = sum(Object.values(milliseconds));
  return total < shortFile || whole.has(file)
    ? { file, milliseconds: total }
    : { file, ids, milliseconds: sum(ids.map((id) => milliseconds[id] ?? 0)) };
}

const wholeFile = ({ file, milliseconds }: TestFile): PlannedTests => ({
  file,
  milliseconds: sum(Object.values(milliseconds)),
});

/** The tests that reach a mutant: those in its own folder first, then the cheapest. After a minute of tests, no more files. */
export function plannedTests(
  files: readonly TestFile[],
  mutant: MutantToReach,
  whole: ReadonlySet<string>,
): PlannedTests[] {
  const cost = ({ file, milliseconds }: PlannedTests): number =>
    (startOfFile + milliseconds) / (file.includes(`/${mutant.folder}/`) ? 4 : 1);
  const reaching = files.map((file) => chosenOf(file, mutant, whole)).filter((one) => one !== undefined);
  const loading = files.filter(({ always }) => always.includes(mutant.number)).map(wholeFile);
  const planned = (reaching.length > 0 ? reaching : loading).sort((a, b) => cost(a) - cost(b));
  let spent = 0;
  return planned.filter(({ milliseconds }) => {
    const isWithin = spent < mostSpent;
    spent += startOfFile + milliseconds;
    return isWithin;
  });
}
