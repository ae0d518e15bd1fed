/** The results of a run of mutants: one line each in a file, so that an interrupted run can continue, and a table by folder. */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { mutatedFolders } from "./mutant.ts";
import type { TriedMutant } from "./trial.ts";

/** A mutant that was tried, as it is written down. */
export interface MutantResult extends TriedMutant {
  readonly key: string;
  readonly folder: string;
  readonly file: string;
  readonly line: number;
  readonly kind: string;
  readonly original: string;
  readonly replacement: string;
}

/** The results in a file, the last one of each mutant. */
export function readResults(path: string): Map<string, MutantResult> {
  if (!existsSync(path)) return new Map();
  const lines = readFileSync(path, "utf8").split("\n").filter(Boolean);
  return new Map(lines.map((line): [string, MutantResult] => [JSON.parse(line).key, JSON.parse(line)]));
}

export const appendResult = (path: string, result: MutantResult): void =>
  appendFileSync(path, `${JSON.stringify(result)}\n`);

const isCaught = ({ outcome }: TriedMutant): boolean => outcome === "caught" || outcome === "timed out";

/** The share that is caught, from 0 to 1. */
export const shareCaught = (results: readonly TriedMutant[]): number =>
  results.length === 0 ? 0 : results.filter(isCaught).length / results.length;

const short = (text: string): string => text.replace(/\s+/g, " ").slice(0, 90);

/** A mutant in two lines, for those that nothing caught. */
export const described = ({ file, line, kind, outcome, original, replacement }: MutantResult): string =>
  `${file}:${line} ${kind} (${outcome})\n    ${short(original)}\n -> ${short(replacement)}`;

/** The table by folder, and what nothing caught. */
export function tableOfMutants(results: readonly MutantResult[]): string {
  const rows = [...mutatedFolders, "all"].map((name) => {
    const own = results.filter(({ folder }) => name === "all" || folder === name);
    const count = (outcome: string): string => String(own.filter((each) => each.outcome === outcome).length);
    const cells = ["caught", "timed out", "survived", "not reached"].map((outcome) =>
      count(outcome).padStart(11),
    );
    return `${name.padEnd(20)}${String(own.length).padStart(8)}${cells.join("")}${(100 * shareCaught(own)).toFixed(1).padStart(8)}%`;
  });
  const head = `${"folder".padEnd(20)} mutants     caught  timed out   survived not reached   share`;
  const survivors = results.filter((each) => !isCaught(each)).map(described);
  return [head, ...rows, "", ...survivors].join("\n");
}
