/**
 * Files of a database that is gone: its volume isn't mounted, or someone removed it. A new, empty log in its place would turn an outage into
 * lost events, because producers give up when their organization doesn't exist.
 */
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { DaybookError } from "daybook/internal";
import type { ClusterPlace } from "./place.ts";

/** Made only after a database. Operators may put the operator token and the secrets key there before the first start. */
const besideDatabase = ["postgres.log", "postgres-settings"] as const;
const inDataFolder = ["signing-key.pem", "signing-key.pub"] as const;

/** Throws `config-invalid` if there is no database, but files that are made only after one. */
export const refuseRemains = (
  dataFolder: string,
  { folder, clusterFolder }: Pick<ClusterPlace, "folder" | "clusterFolder">,
): void => {
  const data = resolve(dataFolder);
  // read before the database is looked for, which another process may be making: it is there before these are
  const remains = [
    ...inDataFolder.map((name) => join(data, name)),
    ...besideDatabase.map((name) => join(folder, name)),
  ].filter((path) => existsSync(path));
  if (remains.length === 0 || hasFiles(clusterFolder)) return;
  throw new DaybookError("config-invalid", {
    detail: `The database is missing: ${clusterFolder} ${existsSync(clusterFolder) ? "is empty" : "does not exist"}, but there are files of a database that was there: ${remains.join(", ")}.`,
    remedy: `Mount the volume that has it, or set DATABASE_URL if the log is on a server of yours. To restore a backup, run 'daybook-server restore FILE'. To begin with an empty log, move these files elsewhere.`,
  });
};

const hasFiles = (folder: string): boolean => existsSync(folder) && readdirSync(folder).length > 0;
