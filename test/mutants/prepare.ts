/**
 * Prepares a run of mutants: a copy of the working tree with all mutants inactive, a sample of them, and the tests that reach each. The
 * copy is made once and kept until the run is complete.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, copyWorkingTree } from "../support/working-copy.ts";
import { accepted } from "./compiles.ts";
import { inSeedOrder, instrument } from "./instrument.ts";
import { type Mutant, type MutatedFolder, mutatedFolders } from "./mutant.ts";
import { type MutantToReach, readReach, type TestFile } from "./reach.ts";
import type { RanTest, SessionResult } from "./session.ts";
import { openSession } from "./sessions.ts";
import { testFilesOfMutants } from "./tests.ts";
import type { TrialGround } from "./trial.ts";

export interface RunOptions {
  /** How many of each folder. */
  readonly count: number;
  readonly seed: string;
  /** How many processes run tests at a time. */
  readonly sessions: number;
  readonly progress: (line: string) => void;
}

/** A sampled mutant, with what it replaces and what tells which tests reach it. */
export interface SampledMutant extends Mutant, MutantToReach {
  readonly folder: MutatedFolder;
  readonly original: string;
}

export interface PreparedRun {
  readonly copy: string;
  readonly reachFolder: string;
  readonly sample: readonly SampledMutant[];
  readonly ground: TrialGround;
  /** Removes all but the results. */
  remove(): void;
}

/** Prepares a run in a folder, or takes up the one that stopped there. */
export async function prepare(folder: string, options: RunOptions): Promise<PreparedRun> {
  const copy = join(folder, "copy");
  const reachFolder = join(folder, "reach");
  const state = join(folder, "run.json");
  const remove = (): void => {
    for (const each of [state, copy, reachFolder]) rmSync(each, { recursive: true, force: true });
  };
  if (!existsSync(state)) {
    remove();
    mkdirSync(reachFolder, { recursive: true });
    const sample = await plantSample(copy, options);
    options.progress("runs the tests once, without any mutant");
    const files = await findReach(copy, reachFolder, options);
    writeFileSync(state, JSON.stringify({ sample, files }));
  }
  const { sample, files } = JSON.parse(readFileSync(state, "utf8")) as {
    sample: SampledMutant[];
    files: TestFile[];
  };
  return { copy, reachFolder, sample, ground: { files, sound: new Set(), whole: new Set() }, remove };
}

/** Copies the working tree, builds it, and puts all mutants into it. */
async function plantSample(copy: string, { count, seed, progress }: RunOptions): Promise<SampledMutant[]> {
  progress("copies the working tree and builds it");
  copyWorkingTree(copy);
  build(copy);
  const { files, mutants } = await instrument(copy, seed);
  progress(`${mutants.length} mutants in ${files.length} files; leaves out what the compiler refuses`);
  const texts = new Map(files.map(({ path }) => [path, readFileSync(join(copy, path), "utf8")]));
  const sample = sampleOf(mutants, { copy, count, seed }).map((mutant) => traced(mutant, mutants, texts));
  for (const { path, text } of files) writeFileSync(join(copy, path), text);
  return sample;
}

/** A mutant with what tells which tests reach it. */
export function traced(
  mutant: Mutant,
  mutants: readonly Mutant[],
  texts: ReadonlyMap<string, string>,
): SampledMutant {
  const text = texts.get(mutant.file) as string;
  const inItsFile = mutants.filter(({ file }) => file === mutant.file).map(({ number }) => number);
  const whereNamed = linesThatName(constantAt(text, mutant.from), texts).map(({ file, line }) =>
    mutants.filter((each) => each.file === file && each.line === line).map(({ number }) => number),
  );
  return { ...mutant, original: text.slice(mutant.from, mutant.to), inItsFile, whereNamed };
}

/** The name of the top-level constant in which a place stands; undefined if it stands in another declaration. */
function constantAt(text: string, at: number): string | undefined {
  const declarations = [...text.slice(0, at).matchAll(/^(?:export )?(?:const (\w+)|\w+ )/gm)];
  return declarations.at(-1)?.[1];
}

function linesThatName(
  name: string | undefined,
  texts: ReadonlyMap<string, string>,
): { file: string; line: number }[] {
  if (name === undefined) return [];
  const named = new RegExp(`\\b${name}\\b`);
  return [...texts].flatMap(([file, text]) =>
    text.split("\n").flatMap((each, index) => (named.test(each) ? [{ file, line: index + 1 }] : [])),
  );
}

interface SampleOptions {
  readonly copy: string;
  readonly count: number;
  readonly seed: string;
}

/** The first mutants of each folder that the compiler accepts, in the order of the seed. */
function sampleOf(mutants: readonly Mutant[], { copy, count, seed }: SampleOptions): Mutant[] {
  const ordered = mutatedFolders.map((folder) =>
    inSeedOrder(
      mutants.filter((mutant) => mutant.folder === folder),
      seed,
    ),
  );
  const samples = mutatedFolders.map((): Mutant[] => []);
  // of all folders together, and some to spare: a run of the compiler takes longer than a mutant in it
  const step = Math.ceil(count * 1.5);
  for (let at = 0; samples.some(({ length }) => length < count); at += step) {
    const next = ordered.map((each, index) =>
      (samples[index]?.length ?? 0) < count ? each.slice(at, at + step) : [],
    );
    if (next.every(({ length }) => length === 0)) break;
    const taken = new Set(accepted(copy, next.flat()));
    next.forEach((each, index) => {
      samples[index]?.push(...each.filter((mutant) => taken.has(mutant)));
    });
  }
  return samples.flatMap((sample) => sample.slice(0, count));
}

/** Runs all tests with no mutant awake; those that fail are left out. */
async function findReach(
  copy: string,
  reachFolder: string,
  { sessions, progress }: RunOptions,
): Promise<TestFile[]> {
  const waiting = testFilesOfMutants(copy);
  const ran: RanTest[] = [];
  const failed: SessionResult["failed"][number][] = [];
  const runWaiting = async (): Promise<void> => {
    const session = openSession(copy, reachFolder);
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const result = await session.run({ tests: [{ file }], all: true }, 1_200_000);
      ran.push(...(result?.ran ?? []));
      const lost = { file, name: file, message: "It didn't end within 20 minutes." };
      const failures = result?.failed ?? [lost];
      failed.push(...failures.map((each) => ({ ...each, file })));
      for (const { name, message } of failures)
        progress(`left out, fails without a mutant: ${name}: ${message}`);
    }
    await session.close();
  };
  await Promise.all(Array.from({ length: sessions }, runWaiting));
  return readReach(reachFolder, { ran, failed });
}
