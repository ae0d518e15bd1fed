/** What is known about the backups of this database. */
import type { LastBackup } from "../store/contract/maintenance.ts";

export interface Backups {
  /** The last run of the command `backup`, on whatever machine; undefined if there was none. */
  last(): Promise<LastBackup | undefined>;
}
