/** The public names of the PostgreSQL store, for other folders. */
export { backup } from "./backup/backup.ts";
export type { BackupProgress } from "./backup/format.ts";
export { restore } from "./backup/restore.ts";
export type { Connection } from "./connection/database.ts";
export { openPostgres } from "./open.ts";
export { migrate } from "./schema/migrate.ts";
