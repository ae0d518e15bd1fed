/** What other rooms may use of the PostgreSQL driver. */
export { backup } from "./backup.ts";
export type { BackupProgress } from "./backup-format.ts";
export type { Connection } from "./connection.ts";
export { migrate } from "./migrate.ts";
export { openPostgres } from "./open.ts";
export { restore } from "./restore.ts";
