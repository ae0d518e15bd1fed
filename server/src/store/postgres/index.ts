/** The public names of the PostgreSQL store, for other folders. */
export { backup } from "./backup/backup.ts";
export type { BackupProgress } from "./backup/format.ts";
export { noteBackup } from "./backup/maintenance.ts";
export { restore } from "./backup/restore.ts";
export type { Connection } from "./connection/database.ts";
export type { PoolerMode } from "./connection/pooler.ts";
export { openPostgres, type StoreOptions } from "./open.ts";
export { printSql } from "./rights/print.ts";
export { migrate } from "./schema/migrate.ts";
