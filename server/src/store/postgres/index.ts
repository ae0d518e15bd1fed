/** What other rooms may use of the PostgreSQL driver. */
export { backup } from "./backup/backup.ts";
export type { BackupProgress } from "./backup/format.ts";
export { restore } from "./backup/restore.ts";
export type { Connection } from "./connection/connection.ts";
export { openPostgres } from "./open.ts";
export { migrate } from "./schema/migrate.ts";
