/**
 * Runs before each test file on instrumented sources: stores which test runs, and which mutants each reached. Mutants that are reached
 * outside a test (while modules load, or in a beforeAll) belong to all tests of the file.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach } from "vitest";

/** What instrumented sources keep in the global object. */
interface StrykerSpace {
  currentTestId?: string | undefined;
  /** How often the mutant that is awake was reached: more often than `hitLimit` it throws, so that no loop goes on. */
  hitCount?: number;
  hitLimit?: number;
  mutantCoverage?: {
    static: Record<string, number>;
    perTest: Record<string, Record<string, number>>;
  };
}

/** Which mutants the tests of a file reach, by the number of the mutant; tests are named by their ids. */
export interface ReachOfFile {
  readonly file: string;
  readonly always: readonly string[];
  readonly byTest: Readonly<Record<string, readonly string[]>>;
}

const world = globalThis as { __stryker__?: StrykerSpace };
world.__stryker__ ??= {};
const space = world.__stryker__;
const folder = process.env.DAYBOOK_MUTANTS_REACH;
space.hitCount = 0;
space.hitLimit = 10_000_000;
let file: { readonly id: string; readonly filepath: string } | undefined;

beforeEach(({ task }) => {
  file = task.file;
  space.currentTestId = task.id;
});
afterEach(() => {
  space.currentTestId = undefined;
});

afterAll(() => {
  if (folder === undefined || file === undefined) return;
  const { static: always = {}, perTest = {} } = space.mutantCoverage ?? {};
  const reach: ReachOfFile = {
    file: file.filepath,
    always: Object.keys(always),
    byTest: Object.fromEntries(Object.entries(perTest).map(([id, hits]) => [id, Object.keys(hits)])),
  };
  writeFileSync(join(folder, `${file.id}.json`), JSON.stringify(reach));
});
