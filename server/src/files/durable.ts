/** Names in folders that outlive a power cut. */
import { closeSync, fsyncSync, openSync } from "node:fs";

/** Flushes the names in a folder to the disk: after a file in it was made, renamed or linked. */
export const syncFolder = (folder: string): void => {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};
