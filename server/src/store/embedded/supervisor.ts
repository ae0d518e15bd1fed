/**
 * The supervisor of the embedded PostgreSQL: starts it or adopts a running one, restarts it when it dies, and stops it when the last
 * Daybook process leaves.
 *
 * It uses no lock files. A cluster is made aside and renamed into place; of two postmasters that start simultaneously, PostgreSQL's own
 * interlock refuses one; and an advisory lock decides who stops it (presence.ts).
 */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DaybookError } from "daybook/internal";
import { fileTrouble } from "../../files/index.ts";
import { type Attached, attach, type Site, stopDeaf } from "./attach.ts";
import { findPackage, prepareBinaries } from "./binaries.ts";
import { makeCluster, writeSettings } from "./cluster.ts";
import { findPlace, handOver, usersOf } from "./place.ts";
import { fastStopMs, readPidFile, stopPostmaster } from "./postmaster.ts";
import type { Presence } from "./presence.ts";
import { refuseRemains } from "./remains.ts";
import { makeRoles } from "./roles.ts";
import { trimServerLog } from "./server-log.ts";
import {
  isSocketGone,
  port,
  removeSocketFolder,
  removeStaleSocketFolders,
  socketFolderOf,
} from "./socket-folder.ts";

/** The options of `startEmbedded`. */
export interface EmbeddedOptions {
  /** `DAYBOOK_DATA`; made if it doesn't exist. */
  readonly dataFolder: string;
  /** Called with one line for each action. */
  readonly log: (line: string) => void;
  /** Where root puts files that the user who runs PostgreSQL could not otherwise reach. */
  readonly elsewhere?: string;
  /** Whether a new database may be made where the files of an earlier one are, for a restore. Default: no. */
  readonly besideKeys?: boolean;
}

/** How to connect; `host` is the socket's folder. There is no password: the operating system identifies the user. */
interface ClusterConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

/** A running embedded PostgreSQL. */
export interface Embedded {
  /** As the owner of Daybook's database, which is not a superuser. */
  readonly connection: ClusterConnection;
  /** The same as a connection string. */
  readonly url: string;
  /** Whether it was already running. */
  readonly adopted: boolean;
  /** Stops the server if no other Daybook process uses it, and waits until it has ended. Repeating it is harmless. */
  stop(): Promise<void>;
}

/** How often the socket is looked for. */
const lookMs = 2_000;

/** The connection string of a connection over a socket. */
const connectionUrl = ({ host, port, user, database }: ClusterConnection): string =>
  `postgresql:///${database}?host=${encodeURIComponent(host)}&port=${port}&user=${user}`;

/** Errors of the operating system here are a matter of the configuration, and become one sentence. */
const prepare = async (options: EmbeddedOptions): Promise<Site> => {
  try {
    return await prepareSite(options);
  } catch (cause) {
    if (cause instanceof DaybookError || (cause as NodeJS.ErrnoException).syscall === undefined) throw cause;
    throw new DaybookError("config-invalid", {
      detail: `The embedded PostgreSQL can't be set up in ${options.dataFolder}: ${(cause as Error).message}.`,
      remedy:
        fileTrouble(cause)?.remedy ??
        "Give the user who runs Daybook write access to that folder, or choose another DAYBOOK_DATA.",
      cause,
    });
  }
};

const prepareSite = async (options: EmbeddedOptions): Promise<Site> => {
  const log = (line: string): void => options.log(`embedded PostgreSQL: ${line}`);
  const elsewhere = options.elsewhere ?? "/var/lib/daybook";
  const found = findPackage();
  const place = findPlace(options.dataFolder, elsewhere, log);
  const inPlace = (name: string): string => join(place.folder, name);
  const { account, clusterFolder: folder } = place;
  const [libraries, settings, note] = [
    "postgres-libraries",
    "postgres-settings",
    "postgres-socket-is-in",
  ] as const;
  const linkFolder = inPlace(libraries);
  const binaries = prepareBinaries(found, { account, linkFolder, elsewhere, log });
  const cluster = { folder, binaries, account, log };
  if (!options.besideKeys) refuseRemains(options.dataFolder, place);
  await makeCluster(cluster);
  const socketFolder = (settled?: string): string => {
    const made = socketFolderOf({ clusterFolder: folder, account, note: inPlace(note), settled });
    removeStaleSocketFolders(made);
    handOver(place, [note]);
    return made;
  };
  const configFile = writeSettings(inPlace(settings), usersOf(place));
  handOver(place, [libraries, settings]);
  return { cluster, around: { configFile, port, serverLog: inPlace("postgres.log") }, socketFolder };
};

/**
 * Starts the embedded PostgreSQL of a data folder, or adopts the one that runs there. Ready when it resolves. Throws `config-invalid` with
 * one clear sentence for anything that the operator must change.
 */
export const startEmbedded = async (options: EmbeddedOptions): Promise<Embedded> => {
  const site = await prepare(options);
  const watch = new ClusterWatch(site);
  const { adopted, address, hasRoles } = await watch.begin();
  if (!hasRoles)
    await makeRoles(address).catch(async (error) => {
      await watch.stop();
      throw error;
    });
  const connection = { ...address, user: "daybook", database: "daybook" };
  return { connection, url: connectionUrl(connection), adopted, stop: () => watch.stop() };
};

/** Keeps the server of one site running until `stop`. */
class ClusterWatch {
  #site: Site;
  readonly #trimming: NodeJS.Timeout;
  readonly #looking: NodeJS.Timeout;
  #isLooking = false;
  #presence: Presence | undefined;
  #reviving: Promise<void> | undefined;
  #stopped: Promise<void> | undefined;
  readonly #stopping = new AbortController();
  #socketFolder: string | undefined;

  constructor(site: Site) {
    this.#site = site;
    this.#trimming = setInterval(() => trimServerLog(site.around.serverLog), 60_000).unref();
    this.#looking = setInterval(() => void this.#look(), lookMs).unref();
  }

  /**
   * Connections go on without a socket, but no new one can begin. A server that has lost it is stopped, which all processes notice; it makes
   * a new socket when it starts.
   */
  async #look(): Promise<void> {
    const { folder } = this.#site.cluster;
    if (this.#presence === undefined || this.#stopped !== undefined || this.#isLooking) return;
    this.#isLooking = true;
    try {
      const found = readPidFile(folder);
      if (found?.status === "ready" && isSocketGone(found.socketFolder))
        await stopDeaf(this.#site.cluster, found);
    } catch {
      // what can't be read now can be at the next look
    } finally {
      this.#isLooking = false;
    }
  }

  async begin(): Promise<Pick<Attached, "adopted" | "address"> & Pick<Presence, "hasRoles">> {
    try {
      const { presence, adopted, address, pid } = await attach(this.#site, this.#lost);
      this.#presence = presence;
      const { socketFolder } = this.#site;
      this.#site = { ...this.#site, socketFolder: () => socketFolder(address.host) };
      this.#socketFolder = address.host;
      this.#site.cluster.log(
        `${adopted ? "adopted the running" : "started"} server ${pid} (${address.host}, user '${this.#site.cluster.account.name}')`,
      );
      return { adopted, address, hasRoles: presence.hasRoles };
    } catch (error) {
      clearInterval(this.#trimming);
      clearInterval(this.#looking);
      throw error;
    }
  }

  #lost = (): void => {
    this.#presence = undefined;
    if (this.#stopped === undefined)
      this.#reviving ??= this.#revive().finally(() => (this.#reviving = undefined));
  };

  /** Tries until the server runs again or `stop` is called. Each reason for a failure is logged once. */
  async #revive(): Promise<void> {
    const { log } = this.#site.cluster;
    const since = Date.now();
    let output = "";
    log("the server is gone or has cut us off; starting it again");
    for (let wait = 100; this.#stopped === undefined; wait = Math.min(2 * wait, 5_000)) {
      try {
        const { presence, adopted, pid } = await attach(this.#site, this.#lost, this.#stopping.signal);
        this.#presence = presence;
        log(
          `${adopted ? "server" : "started again as server"} ${pid} answers after ${Date.now() - since} ms`,
        );
        return;
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        const { message } = error as Error;
        if (message !== output) log(`it does not start: ${message} Trying on.`);
        output = message;
        await sleep(wait);
      }
    }
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    const { cluster } = this.#site;
    clearInterval(this.#trimming);
    clearInterval(this.#looking);
    this.#stopping.abort();
    await this.#reviving;
    const presence = this.#presence;
    // a server that has just gone needs no stop: the next start recovers it
    const last = await presence?.leave().catch(() => undefined);
    if (last === true) {
      const clean = await stopPostmaster(cluster.folder, fastStopMs);
      cluster.log(
        clean ? "stopped" : `stopped at once after ${fastStopMs / 1000} s; the next start recovers`,
      );
      if (this.#socketFolder) removeSocketFolder(this.#socketFolder);
    }
    if (last === false) cluster.log("left running: another Daybook process uses it");
    await presence?.close();
  }
}
