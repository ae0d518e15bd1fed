/**
 * All mutants of the sources, and the sources with all of them, each inactive until its number is set. Stryker's instrumenter makes them,
 * except for two kinds: texts for people contain no logic, and any test catches an empty SQL statement, so small changes of the statement
 * replace it (sql.ts).
 */
import { createHash } from "node:crypto";
import { Instrumenter } from "@stryker-mutator/instrumenter";
import { readSources } from "../house/house.ts";
import { isMutated, type Mutant, mutatedFolders } from "./mutant.ts";
import { isSql, sqlChanges } from "./sql.ts";

/** The sources, instrumented, and their mutants. */
export interface InstrumentedSources {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly mutants: readonly Mutant[];
}

const digest = (...texts: readonly string[]): string =>
  createHash("sha256").update(texts.join("\0")).digest("hex").slice(0, 16);

/** Instruments the sources below a root. The seed chooses among the changes of an SQL statement. */
export async function instrument(root: string, seed: string): Promise<InstrumentedSources> {
  const quiet = { isDebugEnabled: () => false, debug() {}, info() {}, warn: console.error };
  const instrumenter = new Instrumenter(quiet as never);
  const sources = readSources(root, mutatedFolders).filter(({ path }) => isMutated(path));
  const { files, mutants } = await instrumenter.instrument(
    sources.map(({ path, text }) => ({ name: path, mutate: true, content: text })),
    { plugins: null, excludedMutations: [], ignorers: [] },
  );
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  const kept = withKeys(
    mutants.map((mutant) => located(mutant, texts.get(mutant.fileName) as string)),
    (mutant) => counted(mutant, { text: texts.get(mutant.file) as string, seed }),
  );
  return {
    files: files.map(({ name, content }) => ({ path: name, text: withSqlChanges(content, kept, name) })),
    mutants: kept,
  };
}

interface PositionInFile {
  readonly line: number;
  readonly column: number;
}

/** A mutant as the instrumenter gives it. */
interface StrykerMutant {
  readonly id: string;
  readonly fileName: string;
  readonly mutatorName: string;
  readonly replacement: string;
  readonly location: { readonly start: PositionInFile; readonly end: PositionInFile };
}

type WithoutKey = Omit<Mutant, "key">;

function located(
  { id, fileName, mutatorName, replacement, location }: StrykerMutant,
  text: string,
): WithoutKey {
  const lines = text.split("\n");
  const offset = ({ line, column }: PositionInFile): number =>
    lines.slice(0, line).reduce((all, each) => all + each.length + 1, 0) + column;
  return {
    number: id,
    folder: mutatedFolders.find((folder) => fileName.startsWith(`${folder}/`))!,
    file: fileName,
    line: location.start.line + 1,
    from: offset(location.start),
    to: offset(location.end),
    replacement,
    kind: mutatorName,
  };
}

/** The mutant if it counts, as it counts. */
function counted(
  mutant: WithoutKey,
  { text, seed }: { readonly text: string; readonly seed: string },
): WithoutKey | undefined {
  if (mutant.kind !== "StringLiteral") return mutant;
  const literal = text.slice(mutant.from, mutant.to);
  if (!isSql(literal)) return /\s/.test(literal) ? undefined : mutant;
  const changes = sqlChanges(literal);
  const chosen = changes[Number.parseInt(digest(seed, literal).slice(0, 8), 16) % changes.length];
  return chosen && { ...mutant, kind: chosen.kind, replacement: chosen.text };
}

/** Gives each mutant that counts its key; those that are alike on lines that are alike are numbered. */
function withKeys(
  mutants: readonly WithoutKey[],
  count: (mutant: WithoutKey) => WithoutKey | undefined,
): Mutant[] {
  const seen = new Map<string, number>();
  return mutants.flatMap((each) => {
    const mutant = count(each);
    if (mutant === undefined) return [];
    const { file, kind, replacement, from, to } = mutant;
    const alike = digest(file, kind, replacement, String(to - from));
    const nth = seen.get(alike) ?? 0;
    seen.set(alike, nth + 1);
    return [{ ...mutant, key: digest(alike, String(nth)) }];
  });
}

function withSqlChanges(text: string, mutants: readonly Mutant[], path: string): string {
  let changed = text;
  for (const { kind, number, replacement, file } of mutants) {
    if (file !== path || !kind.startsWith("Sql")) continue;
    const asleep = new RegExp(`stryMutAct_9fa48\\("${number}"\\) \\? (?:\`\`|"")`);
    if (!asleep.test(changed))
      throw new Error(`The mutant ${number} of ${path} isn't in its instrumented text.`);
    changed = changed.replace(asleep, () => `stryMutAct_9fa48("${number}") ? ${replacement}`);
  }
  return changed;
}

/** Mutants of a folder in the order of the seed: the first of them are the sample. */
export const inSeedOrder = (mutants: readonly Mutant[], seed: string): Mutant[] =>
  mutants
    .map((mutant) => ({ mutant, at: digest(seed, mutant.key) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ mutant }) => mutant);
