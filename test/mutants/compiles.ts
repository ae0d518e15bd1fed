/**
 * Finds the mutants that the compiler accepts. One compiler run tries many: one in each declaration of a file, because an error is in the
 * declaration that causes it. If an error is elsewhere, the mutants of the file are tried one by one. The linter reports unused code.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Mutant, mutated } from "./mutant.ts";

const options =
  "--noEmit --composite false --incremental false --noUnusedLocals false --noUnusedParameters false";

/** The lines with errors, by file, of a package in a copy that is built. */
function errorsIn(copy: string, folder: string): Map<string, number[]> {
  const words = ["-p", folder, "--pretty", "false", ...options.split(" ")];
  const { stdout } = spawnSync(join(copy, "node_modules/.bin/tsc"), words, { cwd: copy, encoding: "utf8" });
  const errors = new Map<string, number[]>();
  for (const [, file, line] of stdout.matchAll(/^(\S+?)\((\d+),\d+\): error/gm)) {
    errors.set(file as string, [...(errors.get(file as string) ?? []), Number(line)]);
  }
  return errors;
}

/** The line on which the declaration at a line begins: the last one before it that isn't indented. */
function declarationAt(text: string, line: number): number {
  const lines = text.split("\n");
  let at = line - 1;
  while (at > 0 && !/^(export|const|let|class|function|async|interface|type)\b/.test(lines[at] ?? ""))
    at -= 1;
  return at + 1;
}

/** A mutant to be tried, and the declaration in which it may not stand together with another; or it must be alone in its file. */
interface UncheckedMutant {
  readonly mutant: Mutant;
  readonly declaration: number;
  readonly isAlone: boolean;
}

/** The next mutants: of each file one for each declaration, or one that must be alone. */
function nextRound(unchecked: readonly UncheckedMutant[]): [UncheckedMutant[], UncheckedMutant[]] {
  const taken = new Set<string>();
  const full = new Set<string>();
  const now: UncheckedMutant[] = [];
  const later: UncheckedMutant[] = [];
  for (const each of unchecked) {
    const { file } = each.mutant;
    const place = `${file}:${each.declaration}`;
    const isFree = each.isAlone ? !taken.has(file) : !full.has(file) && !taken.has(place);
    (isFree ? now : later).push(each);
    if (!isFree) continue;
    taken.add(file).add(place);
    if (each.isAlone) full.add(file);
  }
  return [now, later];
}

/** The text with mutants in it, on the lines on which it was. */
function withMutants(text: string, mutants: readonly Mutant[]): string {
  const fromTheEnd = [...mutants].sort((a, b) => b.from - a.from);
  return fromTheEnd.reduce((changed, mutant) => {
    const missing = linesOf(text.slice(mutant.from, mutant.to)) - linesOf(mutant.replacement);
    return mutated(changed, {
      ...mutant,
      replacement: mutant.replacement + "\n".repeat(Math.max(0, missing)),
    });
  }, text);
}

const linesOf = (text: string): number => text.split("\n").length;

/** Tries mutants of one package together: those that are refused, and the files whose errors nobody in them explains. */
function tryTogether(
  copy: string,
  texts: ReadonlyMap<string, string>,
  round: readonly UncheckedMutant[],
): { refused: Set<Mutant>; unexplained: Set<string> } {
  const byFile = new Map<string, UncheckedMutant[]>();
  for (const each of round) byFile.set(each.mutant.file, [...(byFile.get(each.mutant.file) ?? []), each]);
  for (const [file, own] of byFile) {
    const mutants = own.map(({ mutant }) => mutant);
    writeFileSync(join(copy, file), withMutants(texts.get(file) as string, mutants));
  }
  const folders = new Set([...byFile.keys()].map((file) => file.split("/")[0] as string));
  const refused = new Set<Mutant>();
  const unexplained = new Set<string>();
  for (const [file, lines] of [...folders].flatMap((folder) => [...errorsIn(copy, folder)])) {
    const own = byFile.get(file) ?? [];
    for (const line of lines) {
      const declaration = declarationAt(texts.get(file) ?? "", line);
      const guilty = own.length === 1 ? own[0] : own.find((each) => each.declaration === declaration);
      if (guilty) refused.add(guilty.mutant);
      else unexplained.add(file);
    }
  }
  for (const file of byFile.keys()) writeFileSync(join(copy, file), texts.get(file) as string);
  return { refused, unexplained };
}

/** Those that the compiler accepts, in their order. The sources of the copy are as they were afterwards. */
export function accepted(copy: string, mutants: readonly Mutant[]): Mutant[] {
  const files = new Set(mutants.map(({ file }) => file));
  const texts = new Map([...files].map((file) => [file, readFileSync(join(copy, file), "utf8")]));
  const refused = new Set<Mutant>();
  let unchecked: UncheckedMutant[] = mutants.map((mutant) => ({
    mutant,
    declaration: declarationAt(texts.get(mutant.file) as string, mutant.line),
    isAlone: false,
  }));
  while (unchecked.length > 0) {
    const [round, later] = nextRound(unchecked);
    const result = tryTogether(copy, texts, round);
    for (const mutant of result.refused) refused.add(mutant);
    // an error that a mutant of the same file brought about elsewhere: each of them again, alone
    const again = round
      .filter(({ mutant }) => result.unexplained.has(mutant.file) && !refused.has(mutant))
      .map((each) => ({ ...each, isAlone: true }));
    unchecked = [...later, ...again];
  }
  return mutants.filter((mutant) => !refused.has(mutant));
}
