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
  readonly inItsFile: readonly string[];
  /** Of a mutant in a constant: the numbers of the mutants on each line that names it. */
  readonly whereNamed: readonly (readonly string[])[];
}

const reaches = ({ byTest }: TestFile, number: string): string[] =>
  Object.keys(byTest).filter((id) => byTest[id]?.includes(number));

/**
 * What stands for a mutant. What runs while modules load, such as a statement in a constant, is reached by each file that imports
 * it; so the lines that name it count, each by the mutant on it that the fewest tests reach. If none is reached, its file counts.
 */
function standIns(files: readonly TestFile[], mutant: MutantToReach): readonly string[] {
  if (!files.some(({ always }) => always.includes(mutant.number))) return [mutant.number];
  const count = (number: string): number =>
    files.reduce((all, file) => all + reaches(file, number).length, 0);
  const narrowest = mutant.whereNamed.flatMap((numbers) => {
    const counted = numbers.map((number) => ({ number, tests: count(number) }));
    const [first] = counted.filter(({ tests }) => tests > 0).sort((a, b) => a.tests - b.tests);
    return first === undefined ? [] : [first.number];
  });
  return [mutant.number, ...(narrowest.length > 0 ? narrowest : mutant.inItsFile)];
}

/** The tests of a file that reach one of these mutants; undefined if none does. `whole`: files whose tests need one another. */
function chosenOf(
  { file, byTest, milliseconds }: TestFile,
  numbers: ReadonlySet<string>,
  whole: ReadonlySet<string>,
): PlannedTests | undefined {
  const ids = Object.keys(byTest).filter((id) => byTest[id]?.some((hit) => numbers.has(hit)));
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

/** The tests that reach a mutant, the cheapest first; after a minute of tests, those of its own folder alone. */
export function plannedTests(
  files: readonly TestFile[],
  mutant: MutantToReach,
  whole: ReadonlySet<string>,
): PlannedTests[] {
  const isNear = ({ file }: PlannedTests): boolean => file.includes(`/${mutant.folder}/`);
  const cost = (tests: PlannedTests): number => (startOfFile + tests.milliseconds) / (isNear(tests) ? 4 : 1);
  const numbers = new Set(standIns(files, mutant));
  const reaching = files.map((file) => chosenOf(file, numbers, whole)).filter((one) => one !== undefined);
  const loading = files.filter(({ always }) => always.includes(mutant.number)).map(wholeFile);
  const planned = (reaching.length > 0 ? reaching : loading).sort((a, b) => cost(a) - cost(b));
  let spent = 0;
  return planned.filter((tests) => {
    const isWithin = spent < mostSpent;
    spent += startOfFile + tests.milliseconds;
    return isWithin || (reaching.length > 0 && isNear(tests));
  });
}
