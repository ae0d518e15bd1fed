/**
 * The postmaster, PostgreSQL's first process: what its pid file says, starting it, and stopping it.
 * Knows nothing of connections or of other Daybook processes.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { asAccount } from "./account.ts";
import type { Cluster } from "./cluster.ts";
import { isAlive, isPostgresOf } from "./process.ts";
import { environment } from "./run.ts";
import { fixedSettings } from "./settings.ts";

/** The lines of `postmaster.pid`; those that PostgreSQL has not written yet are empty or NaN. */
export interface PidFile {
  readonly pid: number;
  readonly socketFolder: string;
  readonly port: number;
  /** `starting`, `ready`, `stopping` … */
  readonly status: string;
  readonly text: string;
}

/** Reads `postmaster.pid`; undefined if there is none. */
export const readPidFile = (clusterFolder: string): PidFile | undefined => {
  try {
    const text = readFileSync(join(clusterFolder, "postmaster.pid"), "utf8");
    const lines = text.split("\n");
    return {
      pid: Math.abs(Number(lines[0])),
      socketFolder: lines[4] ?? "",
      port: Number(lines[3]),
      status: (lines[7] ?? "").trim(),
      text,
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
};

/** Whether the pid file names a living postmaster of this cluster. */
export const isRunning = (clusterFolder: string, { pid }: PidFile): boolean =>
  Number.isSafeInteger(pid) && pid > 0 && isPostgresOf(pid, clusterFolder);

/**
 * Removes a pid file whose process id meanwhile belongs to another program: PostgreSQL would refuse to start. A file that a
 * new postmaster wrote since it was read is put back. (PostgreSQL's shared memory is a second lock behind this one.)
 */
export const removeStalePidFile = (clusterFolder: string, { text }: PidFile): void => {
  const path = join(clusterFolder, "postmaster.pid");
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, "utf8") !== text) linkSync(aside, path);
    rmSync(aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
};

/** Where a postmaster finds its configuration, makes its socket and writes its log. */
export interface Surroundings {
  readonly configFile: string;
  readonly socketFolder: string;
  readonly port: number;
  readonly serverLog: string;
}

/**
 * Starts a postmaster in a session of its own, so that neither Ctrl+C nor our death reaches it. Does not wait until it
 * answers.
 */
export const startPostmaster = (cluster: Cluster, around: Surroundings): ChildProcess => {
  const logFile = openSync(around.serverLog, "a", 0o600);
  try {
    const settings = [
      "-c",
      `config_file=${around.configFile}`,
      ...fixedSettings(around.socketFolder, around.port),
    ];
    const child = spawn(cluster.binaries.postgres, ["-D", cluster.folder, ...settings], {
      ...asAccount(cluster.account),
      cwd: "/",
      env: environment(cluster.binaries.libraryPath),
      stdio: ["ignore", logFile, logFile],
      detached: true,
    });
    child.on("error", () => {});
    child.unref();
    return child;
  } finally {
    closeSync(logFile);
  }
};

/** Waits until a process has ended; false if it still runs after `ms`. */
export const ended = async (pid: number, ms: number): Promise<boolean> => {
  for (const until = Date.now() + ms; isAlive(pid); await sleep(10)) if (Date.now() > until) return false;
  return true;
};

/**
 * Stops a postmaster: fast (open transactions are rolled back, a checkpoint is written), and if that takes longer than
 * `fastMs`, at once: the next start then recovers from the write-ahead log. Resolves to whether the fast stop was enough.
 */
export const stopPostmaster = async (clusterFolder: string, fastMs: number): Promise<boolean> => {
  const found = readPidFile(clusterFolder);
  if (!found || !isRunning(clusterFolder, found)) return true;
  process.kill(found.pid, "SIGINT");
  if (await ended(found.pid, fastMs)) return true;
  if (isRunning(clusterFolder, found)) process.kill(found.pid, "SIGQUIT");
  await ended(found.pid, 10_000);
  return false;
};
