/**
 * The link by which the first person makes their account, in a file that its owner alone reads: what a server prints is collected,
 * and read by more people than may become its first operator. Knows nothing of whether the link still works.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { DaybookError } from "daybook/internal";
import { replaceSecret } from "./secret-file.ts";

const pathIn = (dataFolder: string): string => join(dataFolder, "set-up-link");

/** Writes the link to `<dataFolder>/set-up-link`, in place of one that is there; its path. Throws `config-invalid` where it can't be written. */
export function keepSetUpLink(dataFolder: string, link: string): string {
  const path = pathIn(dataFolder);
  try {
    replaceSecret(path, `${link}\n`);
  } catch (cause) {
    throw new DaybookError("config-invalid", {
      detail: `The set-up link can't be written to ${path}: ${(cause as Error).message}.`,
      remedy:
        "Give the user who runs Daybook write access to its data folder, or choose another DAYBOOK_DATA.",
      cause,
    });
  }
  return path;
}

/** Once the link was used; does nothing where there is no file. */
export const removeSetUpLink = (dataFolder: string): void => rmSync(pathIn(dataFolder), { force: true });
