/** Old backups of a series, which are removed when a new one is complete. */
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { BackupTarget } from "./target.ts";

/** Removes all but the newest `keep` backups of the series; returns their paths. No other file is touched. */
export function removeOld({ folder, series }: BackupTarget, keep: number): string[] {
  if (series === undefined) return [];
  const old = readdirSync(folder)
    .filter((name) => series.test(name))
    .sort()
    .slice(0, -keep)
    .map((name) => join(folder, name));
  for (const path of old) rmSync(path);
  return old;
}
