/**
 * The minimum coverage of each folder, in percent: a little below the present one. Raise it together with the coverage, and don't lower it.
 */

/** The coverage of lines, branches and functions, in percent. */
export interface CoverageShares {
  readonly lines: number;
  readonly branches: number;
  readonly functions: number;
}

export const coverageFloors: Readonly<Record<string, CoverageShares>> = {
  "library/ledger": { lines: 99, branches: 98, functions: 99 },
  "server/access": { lines: 96, branches: 94, functions: 94 },
  "server/log": { lines: 88, branches: 81, functions: 86 },
  "server/store": { lines: 99, branches: 99, functions: 99 },
  "server/store/postgres": { lines: 97, branches: 88, functions: 96 },
};
