/**
 * Makes the cluster (PostgreSQL's data folder), and checks an existing one. It is made beside its final place, and renamed when it is
 * complete and on the disk, so that a half-made cluster is never mistaken for a complete one. This file starts no server.
 */
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DaybookError } from "daybook/internal";
import { syncFolder } from "../../files/index.ts";
import { isRoot, type SystemAccount } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { isAlive } from "./process.ts";
import { run } from "./run.ts";
import { firstStatements, hostBasedAccess, identities, settings } from "./settings.ts";

/** A cluster, its programs and its user. */
export interface Cluster {
  readonly folder: string;
  readonly binaries: Binaries;
  readonly account: SystemAccount;
  readonly log: (line: string) => void;
}

/** More than the time of any initdb: a half-made cluster older than that was abandoned. */
const makingMs = 120_000;

/** The clusters that this process is making: any other with this process id is from an earlier process. */
const making = new Set<string>();

/** Whether the cluster exists. Throws `config-invalid` if another major version of PostgreSQL made it. */
const clusterExists = ({ folder, binaries }: Cluster): boolean => {
  const versionFile = join(folder, "PG_VERSION");
  if (!existsSync(folder) || readdirSync(folder).length === 0) return false;
  const version = existsSync(versionFile) ? readFileSync(versionFile, "utf8").trim() : "";
  if (version === String(binaries.major)) return true;
  const made = version === "" ? "is not a whole PostgreSQL cluster" : `was made by PostgreSQL ${version}`;
  throw new DaybookError("config-invalid", {
    detail: `The database in ${folder} ${made}; this Daybook has PostgreSQL ${binaries.major}.`,
    remedy:
      version === ""
        ? "Restore what is missing, or choose another DAYBOOK_DATA and use 'daybook-server restore'."
        : "Use 'daybook-server backup' of the Daybook that made it, then 'daybook-server restore' into another DAYBOOK_DATA.",
  });
};

/** Makes the cluster unless it exists or another process makes it meanwhile. */
export const makeCluster = async (cluster: Cluster): Promise<void> => {
  const started = Date.now();
  while (!clusterExists(cluster) && othersAreMaking(cluster)) await sleep(50);
  if (clusterExists(cluster)) return;
  const parent = dirname(cluster.folder);
  const fresh = `${cluster.folder}.new-${process.pid}-${started}`;
  making.add(fresh);
  try {
    mkdirSync(fresh, { mode: 0o700 });
    if (isRoot()) chownSync(fresh, cluster.account.uid, cluster.account.gid);
    await fill(fresh, cluster);
    if (!clusterExists(cluster)) renameSync(fresh, cluster.folder);
    syncFolder(parent);
    cluster.log(`made a new database in ${cluster.folder} (${Date.now() - started} ms)`);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // another process was first
    if ((code === "ENOTEMPTY" || code === "EEXIST") && clusterExists(cluster)) return;
    throw error instanceof DaybookError ? error : cannotMake(cluster, (error as Error).message);
  } finally {
    rmSync(fresh, { recursive: true, force: true, maxRetries: 3 });
    making.delete(fresh);
  }
};

/** Removes the half-made clusters of killed processes; returns whether a running process is making one. */
const othersAreMaking = ({ folder, log }: Cluster): boolean => {
  const parent = dirname(folder);
  let living = false;
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(`${basename(folder)}.new-`)) continue;
    const half = join(parent, name);
    const [pid, since] = name
      .slice(basename(folder).length + 5)
      .split("-")
      .map(Number) as [number, number];
    const young = Math.abs(Date.now() - since) < makingMs;
    if (young && (pid === process.pid ? making.has(half) : isAlive(pid))) {
      living = true;
      continue;
    }
    log(`removing ${half}, which a process that was killed left half-made`);
    rmSync(half, { recursive: true, force: true, maxRetries: 3 });
  }
  return living;
};

/** Runs initdb, makes role and database, and flushes everything to the disk. */
const fill = async (fresh: string, cluster: Cluster): Promise<void> => {
  const { initdb, postgres } = cluster.binaries;
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const options = [
    "--username=postgres",
    "--auth=peer",
    "--data-checksums",
    "--no-instructions",
    "--no-sync",
  ];
  await mustRun(cluster, initdb, ["-D", fresh, ...locale, ...options, "--set=huge_pages=off"]);
  await mustRun(cluster, postgres, ["--single", "-D", fresh, "postgres"], firstStatements);
  await mustRun(cluster, initdb, ["--sync-only", "-D", fresh]);
};

const mustRun = async (cluster: Cluster, file: string, args: string[], input = ""): Promise<void> => {
  const { account, binaries } = cluster;
  const { code, output } = await run({ file, args, input, account, libraryPath: binaries.libraryPath });
  const failure = /^.*(?:FATAL|ERROR|PANIC|error): .*$/m.exec(output)?.[0];
  if (code !== 0 || failure !== undefined) throw cannotMake(cluster, failure ?? output.trim());
};

const cannotMake = ({ folder, account, binaries }: Cluster, why: string): DaybookError => {
  if (/ENOENT/.test(why) && existsSync(binaries.initdb)) {
    // the program exists, but not its loader, which is that of glibc
    const remedy = "Use a system with glibc (not Alpine), or set DATABASE_URL.";
    return new DaybookError("config-invalid", {
      detail: "The embedded PostgreSQL's programs don't run here: they need glibc, which this system lacks.",
      remedy,
    });
  }
  return /no space left|ENOSPC|quota exceeded/i.test(why)
    ? new DaybookError("config-invalid", {
        detail: `The disk of ${folder} is full: a new database needs about 50 MB.`,
        remedy: "Free some space, or choose a DAYBOOK_DATA on another disk.",
      })
    : new DaybookError("config-invalid", {
        detail: `A new database can't be made in ${folder} as user '${account.name}': ${why}`,
        remedy: "Choose a DAYBOOK_DATA that this user can write, or set DATABASE_URL.",
      });
};

/**
 * Writes the configuration of this version of Daybook to a separate folder, and returns the path of the main file. The user who runs
 * PostgreSQL can read it, but can't change it if root chose that user. `users` of the operating system can connect.
 */
export const writeSettings = (folder: string, users: readonly string[]): string => {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const files = {
    "postgresql.conf": settings(folder, existsSync(join(folder, "local.conf"))),
    "pg_hba.conf": hostBasedAccess,
    "pg_ident.conf": identities(users),
  };
  for (const [name, text] of Object.entries(files)) {
    const fresh = join(folder, `${name}.${process.pid}`);
    rmSync(fresh, { force: true });
    writeFileSync(fresh, text, { mode: 0o644, flag: "wx" });
    renameSync(fresh, join(folder, name));
  }
  return join(folder, "postgresql.conf");
};
