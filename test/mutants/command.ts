/**
 * `npm run mutants -- [--count 100] [--seed 1] [--floor 85] [--sessions 1] [--fresh]`: plants mutants in the ledger, the log and the store,
 * equally many in each folder, and runs the tests that reach each. ./mutants has the results: an interrupted run continues with its copy,
 * and a caught mutant isn't tried again while its text stays the same. `--fresh` removes all results. Exits with 1 below the floor, in
 * percent.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { repository } from "../support/working-copy.ts";
import { type PreparedRun, prepare } from "./prepare.ts";
import { openSession } from "./sessions.ts";
import {
  appendResult,
  described,
  type MutantResult,
  readResults,
  shareCaught,
  tableOfMutants,
} from "./table.ts";
import { Trials } from "./trial.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
    floor: { type: "string", default: "85" },
    sessions: { type: "string", default: "1" },
    fresh: { type: "boolean", default: false },
  },
});
const { seed } = values;
const [count, floor, sessions] = [values.count, values.floor, values.sessions].map(Number) as [
  number,
  number,
  number,
];
if (![count, sessions].every((each) => Number.isInteger(each) && each > 0) || !(floor >= 0 && floor <= 100)) {
  console.error(
    "usage: npm run mutants -- [--count OF EACH FOLDER] [--seed TEXT] [--floor PERCENT] [--sessions NUMBER] [--fresh]",
  );
  process.exit(2);
}

const folder = join(repository, "mutants");
const resultsFile = join(folder, `results-${seed}.jsonl`);
const progress = (line: string): void => console.error(`${new Date().toISOString().slice(11, 19)} ${line}`);
if (values.fresh) rmSync(folder, { recursive: true, force: true });

const run = await prepare(folder, { count, seed, sessions, progress });
const known = readResults(resultsFile);
const isKnown = (key: string): boolean => ["caught", "timed out"].includes(known.get(key)?.outcome ?? "");
// hashed keys mix the folders, so that a run that is cut short has tried some of each; mutants that survived before come last
const order = ({ key }: { readonly key: string }): string => `${known.has(key) ? 1 : 0} ${key}`;
const waiting = run.sample.filter(({ key }) => !isKnown(key)).sort((a, b) => (order(a) < order(b) ? -1 : 1));
progress(`${run.sample.length} mutants, ${waiting.length} to try, ${run.ground.files.length} files of tests`);
await Promise.all(Array.from({ length: sessions }, () => tryWaiting(run)));
const all = readResults(resultsFile);
const results = run.sample.map(({ key }) => all.get(key)!);
console.log(tableOfMutants(results));
run.remove();
process.exit(100 * shareCaught(results) >= floor ? 0 : 1);

/** Tries one after the other, in a session of its own, until there are none left. */
async function tryWaiting({ copy, reachFolder, ground }: PreparedRun): Promise<void> {
  const session = openSession(copy, reachFolder);
  const trials = new Trials(session, ground);
  for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
    const { key, folder: of, file, line, kind, original, replacement } = mutant;
    const tried = await trials.try(mutant);
    const result: MutantResult = { key, folder: of, file, line, kind, original, replacement, ...tried };
    appendResult(resultsFile, result);
    progress(`${waiting.length} wait; ${tried.by ? `'${tried.by}' ` : ""}${described(result)}`);
  }
  await session.close();
}
