/** Old backups of a series, which are removed when a new one is complete. */
import { readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { BackupTarget } from "./target.ts";

/**
 * Removes all but the `keep` newest backups of the series; returns their paths. The one of this run counts as the newest: the clock may have
 * been ahead when another was made. No other file is touched.
 */
export function removeOld({ folder, path, series }: BackupTarget, keep: number): string[] {
  const others = readdirSync(folder)
    .filter((name) => series.test(name) && name !== basename(path))
    .sort();
  const old = others.slice(0, Math.max(0, others.length - (keep - 1))).map((name) => join(folder, name));
  for (const each of old) rmSync(each, { force: true });
  return old;
}
