/**
 * The set-up link, with which the first person makes their account, in a file that only its owner can read. It is not printed, because more
 * people read a server's output than should be able to become its first operator.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { DaybookError } from "daybook/internal";
import { fullDisk, replaceSecret } from "./secret-file.ts";

const pathIn = (dataFolder: string): string => join(dataFolder, "set-up-link");

/**
 * Writes the link to `<dataFolder>/set-up-link`, replacing an existing one; returns the path. Throws `config-invalid` if it can't be
 * written.
 */
export function keepSetUpLink(dataFolder: string, link: string): string {
  const path = pathIn(dataFolder);
  try {
    replaceSecret(path, `${link}\n`);
  } catch (cause) {
    throw new DaybookError("config-invalid", {
      detail: `The set-up link can't be written to ${path}: ${(cause as Error).message}.`,
      remedy:
        fullDisk(cause) ??
        "Give the user who runs Daybook write access to its data folder, or choose another DAYBOOK_DATA.",
      cause,
    });
  }
  return path;
}

/** Removes the file after the link was used; does nothing if there is no file. */
export const removeSetUpLink = (dataFolder: string): void => rmSync(pathIn(dataFolder), { force: true });
