/** The summary of v8's coverage, summed by folder and compared with the floors. All functions are pure. */
import { posix } from "node:path";
import { folderOf } from "../house/house.ts";
import type { CoverageShares } from "./floors.ts";

/** The number of elements of a file, and how many of them ran. */
interface CoveredCount {
  readonly total: number;
  readonly covered: number;
}

const kinds = ["lines", "branches", "functions"] as const;
type CoverageKind = (typeof kinds)[number];
type FileCoverage = Readonly<Record<CoverageKind, CoveredCount>>;

/** The output of the reporter `json-summary`: by absolute path, and `total`. */
export type CoverageSummary = Readonly<Record<string, FileCoverage>>;

/** The coverage of a folder. */
export interface FolderCoverage extends CoverageShares {
  readonly folder: string;
  readonly files: number;
}

/** By folder, in order of their names. */
export function byFolder(summary: CoverageSummary, root: string): FolderCoverage[] {
  const folders = new Map<string, FileCoverage[]>();
  for (const [path, file] of Object.entries(summary)) {
    if (path === "total") continue;
    const folder = folderOf(posix.relative(root, path));
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return [...folders]
    .map(([folder, files]) => ({ folder, files: files.length, ...sharesOf(files) }))
    .sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** A folder without elements counts as covered. */
function sharesOf(files: readonly FileCoverage[]): CoverageShares {
  const share = (kind: CoverageKind): number => {
    const sum = (of: keyof CoveredCount): number => files.reduce((all, file) => all + file[kind][of], 0);
    return sum("total") === 0 ? 100 : (100 * sum("covered")) / sum("total");
  };
  return { lines: share("lines"), branches: share("branches"), functions: share("functions") };
}

/** The folders below their floor, one sentence each. */
export const belowFloors = (
  folders: readonly FolderCoverage[],
  floors: Readonly<Record<string, CoverageShares>>,
): string[] =>
  Object.entries(floors).flatMap(([name, floor]) => {
    const found = folders.find(({ folder }) => folder === name);
    if (found === undefined) return [`${name}: there is no such folder.`];
    return kinds
      .filter((kind) => found[kind] < floor[kind])
      .map(
        (kind) =>
          `${name}: the tests reach ${found[kind].toFixed(2)}% of the ${kind}, below ${floor[kind]}%.`,
      );
  });

/** The table by folder, with the floors. */
export function tableOfCoverage(
  folders: readonly FolderCoverage[],
  floors: Readonly<Record<string, CoverageShares>>,
): string {
  const rows = folders.map((each) => {
    const shares = kinds.map((kind) => each[kind].toFixed(1).padStart(10));
    const floor = floors[each.folder];
    const least = floor && `   at least ${kinds.map((kind) => floor[kind]).join(", ")}`;
    return `${each.folder.padEnd(26)}${String(each.files).padStart(6)}${shares.join("")}${least ?? ""}`;
  });
  return [`${"folder".padEnd(26)} files     lines  branches functions`, ...rows].join("\n");
}
