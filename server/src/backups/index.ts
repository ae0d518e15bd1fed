/** The public names of `backups`, for other folders. */
export type { Backups } from "./backups.ts";
export { BackupRuns, fileError, openPart } from "./part-file.ts";
export { removeOld } from "./rotation.ts";
export { type BackupTarget, readTarget } from "./target.ts";
