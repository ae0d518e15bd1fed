/** The postmaster, PostgreSQL's first process: reads its pid file, starts it, and stops it. */
import { type ChildProcess, spawn } from "node:child_process";
import {
  closeSync,
  constants,
  fchownSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { asAccount, isRoot } from "./account.ts";
import type { Cluster } from "./cluster.ts";
import { isAlive, membershipOf, type ProcessMembership } from "./process.ts";
import { environment } from "./run.ts";
import { fixedSettings } from "./settings.ts";

/** The lines of `postmaster.pid`; lines that PostgreSQL has not written yet are empty or NaN. */
export interface PidFile {
  readonly pid: number;
  readonly socketFolder: string;
  readonly port: number;
  /** `starting`, `ready`, `stopping` … */
  readonly status: string;
  readonly text: string;
  /** When it was last written, in milliseconds since 1970. */
  readonly changedAt: number;
}

/** Reads `postmaster.pid`; undefined if there is none. */
export const readPidFile = (clusterFolder: string): PidFile | undefined => {
  try {
    const path = join(clusterFolder, "postmaster.pid");
    const text = readFileSync(path, "utf8");
    const lines = text.split("\n");
    return {
      pid: Math.abs(Number(lines[0])),
      socketFolder: lines[4] ?? "",
      port: Number(lines[3]),
      status: (lines[7] ?? "").trim(),
      text,
      changedAt: statSync(path).mtimeMs,
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
};

/** The relation of the process in the pid file to this cluster. */
export const membership = (clusterFolder: string, { pid }: PidFile): ProcessMembership =>
  Number.isSafeInteger(pid) && pid > 0 ? membershipOf(pid, clusterFolder) : "none";

/** Whether the pid file may still be incomplete: it names no process, and is new. */
export const isUnfinished = ({ pid, changedAt }: PidFile): boolean =>
  !(pid > 0) && Math.abs(Date.now() - changedAt) < 2_000;

/**
 * Removes a pid file that names no process, or one that is now another program: PostgreSQL would refuse to start. A file that a new
 * postmaster has written since is put back. (PostgreSQL's shared memory is a second lock behind this one.)
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
export interface PostmasterSite {
  readonly configFile: string;
  readonly socketFolder: string;
  readonly port: number;
  readonly serverLog: string;
}

/**
 * Starts a postmaster in a session of its own, so that neither Ctrl+C nor the end of this process reaches it. Does not wait until it
 * responds; the caller handles the child's `error`.
 */
export const startPostmaster = (cluster: Cluster, around: PostmasterSite): ChildProcess => {
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants;
  const logFile = openSync(around.serverLog, O_APPEND | O_CREAT | O_NOFOLLOW | O_WRONLY, 0o600);
  try {
    // so that its user can also start it the next time
    if (isRoot()) fchownSync(logFile, cluster.account.uid, cluster.account.gid);
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
    child.unref();
    return child;
  } finally {
    closeSync(logFile);
  }
};

/** Waits until a process has ended; false if it still runs after `ms`. */
const ended = async (pid: number, ms: number): Promise<boolean> => {
  for (const until = performance.now() + ms; isAlive(pid); await sleep(10))
    if (performance.now() > until) return false;
  return true;
};

/** How long a fast stop can take (it writes a checkpoint) before the server is stopped immediately. */
export const fastStopMs = 60_000;

/**
 * Stops a postmaster: a fast stop (roll back open transactions, write a checkpoint), and if that takes longer than `fastMs`, an immediate
 * one: the next start then recovers from the write-ahead log. Resolves to whether the fast stop was enough.
 */
export const stopPostmaster = async (clusterFolder: string, fastMs: number): Promise<boolean> => {
  const found = readPidFile(clusterFolder);
  if (!found || membership(clusterFolder, found) !== "here") return true;
  process.kill(found.pid, "SIGINT");
  if (await ended(found.pid, fastMs)) return true;
  if (membership(clusterFolder, found) === "here") process.kill(found.pid, "SIGQUIT");
  await ended(found.pid, 10_000);
  return false;
};
