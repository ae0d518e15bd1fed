/** Reads one value after the other, and collects the faults. */
import { flagName } from "./page.ts";
import { type SettingReader, Wrong, wrong } from "./readers.ts";
import { type ConfigFlags, type RowName, rows, together } from "./table.ts";

/** The value of a row, read by its reader; `otherwise` if it is not set or invalid. */
export type ReadSetting = <T, D>(key: RowName, reader: SettingReader<T>, otherwise: D) => T | D;

/** The reader with the faults so far: sentences that begin with a variable or an option. */
export interface SettingsReading {
  readonly read: ReadSetting;
  readonly faults: string[];
}

export function readingOf(
  env: Readonly<Record<string, string | undefined>>,
  flags: ConfigFlags,
): SettingsReading {
  const faults: string[] = [];
  for (const group of together) {
    const missing = group.filter((key) => env[rows[key].name] === undefined);
    if (missing.length === group.length) continue;
    const names = group.map((key) => rows[key].name).join(", ");
    for (const key of missing) faults.push(`${rows[key].name} is missing: ${names} go together`);
  }
  const read: ReadSetting = (key, reader, otherwise) => {
    const row = rows[key];
    const flag = row.flag && flags[row.flag];
    const text = flag ?? env[row.name];
    if (text === undefined) return otherwise;
    try {
      return text === "" ? wrong("is set but empty: set a value, or remove the variable") : reader(text);
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      faults.push(`${flag === undefined ? row.name : flagName(row.flag ?? "")} ${error.message}`);
      return otherwise;
    }
  };
  return { read, faults };
}
