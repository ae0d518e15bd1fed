/** A mutant: one small change of a source file, by Stryker's instrumenter or of the text of an SQL statement. */

/** The folders whose mutants are counted, with the files in them that are only for tests or that run PostgreSQL itself. */
export const mutatedFolders = ["library/src/ledger", "server/src/log", "server/src/store"] as const;
export type MutatedFolder = (typeof mutatedFolders)[number];

/** Whether a file has mutants: a source of these folders. Running PostgreSQL as a child is tested by killing processes. */
export const isMutated = (path: string): boolean =>
  mutatedFolders.some((folder) => path.startsWith(`${folder}/`)) &&
  /\.ts$/.test(path) &&
  !/\.(test|d)\.ts$|\/testing\/|\/embedded\/|\/conformance\.ts$/.test(path);

export interface Mutant {
  /** Stays the same as long as the line that it changes. */
  readonly key: string;
  /** The instrumenter's number, in the instrumented sources. */
  readonly number: string;
  readonly folder: MutatedFolder;
  readonly file: string;
  readonly line: number;
  /** Where in the file's text, and what is put there. */
  readonly from: number;
  readonly to: number;
  readonly replacement: string;
  /** The name of the change, such as `EqualityOperator` or `SqlCondition`. */
  readonly kind: string;
}

/** The text of a file with a mutant in it. */
export const mutated = (text: string, { from, to, replacement }: Mutant): string =>
  text.slice(0, from) + replacement + text.slice(to);
