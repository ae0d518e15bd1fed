/** Attaches to the server of a cluster: to the running one, or to one that it starts. */
import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { DaybookError } from "daybook/internal";
import { fileTrouble } from "../../files/index.ts";
import type { Cluster } from "./cluster.ts";
import {
  fastStopMs,
  isUnfinished,
  membership,
  type PidFile,
  type PostmasterSite,
  readPidFile,
  removeStalePidFile,
  startPostmaster,
  stopPostmaster,
} from "./postmaster.ts";
import { type Address, becomePresent, type Presence } from "./presence.ts";
import { lastFailure, serverLogEnd, trimServerLog } from "./server-log.ts";
import { isSocketGone } from "./socket-folder.ts";

/** A cluster and the environment of its server. */
export interface Site {
  readonly cluster: Cluster;
  readonly around: Omit<PostmasterSite, "socketFolder">;
  /** Finds or makes the folder of the socket: the process that stopped an earlier server can remove it at any time. */
  readonly socketFolder: (settled?: string) => string;
}

/** A presence, and the server that it is at. */
export interface Attached {
  readonly presence: Presence;
  readonly adopted: boolean;
  readonly address: Address;
  readonly pid: number;
}

/** How long a server that reports ready can be silent, or processes of a dead one can hold its memory. */
const patienceMs = 30_000;

/** Log lines of temporary failures: another postmaster was first, or the processes of a dead one are still ending. */
const passing = /lock file ".*" already exists|pre-existing shared memory block|could not create lock file/;

/**
 * Becomes present, and starts the server if none runs. Waits as long as a server starts, recovers or stops. Throws `config-invalid` if it
 * can't be started or does not respond, and the signal's reason if that is aborted.
 */
export const attach = async (site: Site, lost: () => void, signal?: AbortSignal): Promise<Attached> => {
  const { cluster, around } = site;
  let ours: Starting | undefined;
  let patience = performance.now() + patienceMs;
  let nextWord = performance.now() + 5_000;
  for (;;) {
    signal?.throwIfAborted();
    const found = readPidFile(cluster.folder);
    const stands = found ? membership(cluster.folder, found) : "none";
    if (found && stands === "here") {
      const address = { host: found.socketFolder, port: found.port };
      const answer = await answerOf(found, cluster.folder, lost);
      if (typeof answer === "object")
        return { presence: answer, adopted: ours?.child.pid !== found.pid, address, pid: found.pid };
      if (answer !== "silent") patience = performance.now() + patienceMs;
      else if (isSocketGone(found.socketFolder)) await stopDeaf(cluster, found);
      if (performance.now() > patience) throw silent(found, cluster);
    } else if (ours && isStarting(ours.child)) {
      // it has not written its pid file yet
    } else if (stands === "ending" || (found && isUnfinished(found))) {
      // it will be gone in a moment, or another postmaster is writing the file
    } else {
      const failure = ours && failureOf(ours, around.serverLog);
      if (failure !== undefined && !(passing.test(failure) && performance.now() < patience))
        throw cannotStart(failure, site);
      if (found && !(found.pid > 0 && stands === "none")) removeStalePidFile(cluster.folder, found);
      if (ours) await sleep(50);
      ours = start(site);
    }
    if (performance.now() > nextWord) {
      cluster.log(`waiting for it to answer (${found?.status || "starting"})`);
      nextWord = performance.now() + 10_000;
    }
    await sleep(5);
  }
};

/** Stops a server that nothing can reach any more. PostgreSQL makes its socket only when it starts. */
export const stopDeaf = async (cluster: Cluster, { pid, socketFolder }: PidFile): Promise<void> => {
  // another process may have started it again meanwhile
  if (readPidFile(cluster.folder)?.pid !== pid) return;
  cluster.log(`something has removed the socket in ${socketFolder}; starting server ${pid} again`);
  await stopPostmaster(cluster.folder, fastStopMs);
};

interface Starting {
  readonly child: ChildProcess;
  /** The length of the log before. */
  readonly logFrom: number;
  /** Why it could not be run. */
  error?: Error;
}

const failureOf = ({ child, logFrom, error }: Starting, serverLog: string): string =>
  error?.message ?? lastFailure(serverLog, logFrom, child.pid ?? 0);

const start = ({ cluster, around, socketFolder }: Site): Starting => {
  trimServerLog(around.serverLog);
  const logFrom = serverLogEnd(around.serverLog);
  const child = startPostmaster(cluster, { ...around, socketFolder: socketFolder() });
  const starting: Starting = { child, logFrom };
  child.on("error", (error) => {
    starting.error = error;
  });
  return starting;
};

const isStarting = (child: ChildProcess): boolean =>
  child.pid !== undefined && child.exitCode === null && child.signalCode === null;

const answerOf = async (
  found: PidFile,
  clusterFolder: string,
  lost: () => void,
): Promise<Awaited<ReturnType<typeof becomePresent>>> => {
  if (found.status !== "ready") return "starting";
  return becomePresent({ host: found.socketFolder, port: found.port }, clusterFolder, lost);
};

const silent = ({ pid, socketFolder }: PidFile, { folder }: Cluster): DaybookError =>
  new DaybookError("config-invalid", {
    detail: `PostgreSQL runs on ${folder} as process ${pid}, but does not answer at ${socketFolder}.`,
    remedy: `Stop it with 'kill -INT ${pid}' and start Daybook again.`,
  });

const cannotStart = (failure: string, { cluster, around }: Site): DaybookError =>
  new DaybookError("config-invalid", {
    detail: `PostgreSQL does not start on ${cluster.folder}: ${failure.replace(/\.?$/, ".")}`,
    remedy: `${fileTrouble(failure)?.remedy ?? ""} See ${around.serverLog}.`.trimStart(),
  });
