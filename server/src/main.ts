/** Where the rooms are put together, and the only place that names a driver. Nothing is decided here that a room could. */
import type { Readable, Writable } from "node:stream";
import { DaybookError } from "daybook/error";
import { type Logger, pino } from "pino";
import { type Access, openAccess } from "./access/index.ts";
import { type ApiOptions, type ApiRooms, buildApp } from "./api/index.ts";
import type { Config } from "./config.ts";
import { openDeployment } from "./deployment.ts";
import { type EventTypes, openEventTypes } from "./event-types/index.ts";
import { type Exports, openExports } from "./export/index.ts";
import { type EventLog, openLog } from "./log/index.ts";
import { openPeople, type People } from "./people/index.ts";
import { openRefusals, type Refusals } from "./refusals/index.ts";
import { openSearch, type Search } from "./search/index.ts";
import { openSignIn, type SignIn } from "./sign-in/index.ts";
import { startEmbedded } from "./store/embedded/index.ts";
import {
  type BackupProgress,
  backup,
  type Connection,
  migrate,
  openPostgres,
  restore,
} from "./store/postgres/index.ts";
import { type Store, StoreError } from "./store/store.ts";

/** Is told in a line each what is going on, for the person who started it. */
export interface Told {
  readonly say: (line: string) => void;
}

/** The rooms of one process. */
export interface Rooms {
  readonly store: Store;
  readonly log: EventLog;
  readonly people: People;
  readonly eventTypes: EventTypes;
  readonly search: Search;
  readonly exports: Exports;
  readonly access: Access;
  readonly signIn: SignIn;
  readonly refusals: Refusals;
  /** Answers what was taken, then lets the database go. */
  close(): Promise<void>;
}

/** A database, before there are rooms over it. */
export interface Database {
  readonly connection: Connection;
  /** Brings the schema up to date; the numbers of the migrations that were applied. */
  migrate(): Promise<number[]>;
  /** Everything in it, as it was at one moment. */
  backup(to: Writable, onProgress: (at: BackupProgress) => void): Promise<void>;
  /** A backup into an empty database, or nothing of it. */
  restore(from: Readable, onProgress: (at: BackupProgress) => void): Promise<void>;
}

/** A server that listens. */
export interface Server {
  /** `http://127.0.0.1:4400` */
  readonly url: string;
  readonly rooms: Rooms;
  /** Stops accepting, ends follows, answers what was taken, lets the database go: at most 10 seconds, without the database. */
  close(): Promise<void>;
}

/** Starts the embedded PostgreSQL, or takes the server of DATABASE_URL. */
async function openDatabase({ databaseUrl, dataFolder }: Config, { say }: Told): Promise<OpenDatabase> {
  if (databaseUrl !== undefined) return { connection: databaseUrl, stop: async () => {} };
  const { connection, stop } = await startEmbedded({ dataFolder, log: say });
  return { connection, stop };
}

interface OpenDatabase {
  readonly connection: Connection;
  readonly stop: () => Promise<void>;
}

/** Runs work on the database of a configuration, and lets it go. */
export async function withDatabase(
  config: Config,
  told: Told,
  work: (database: Database) => Promise<void>,
): Promise<void> {
  const { connection, stop } = await openDatabase(config, told);
  try {
    await work({
      connection,
      migrate: () => migrate(connection),
      backup: (to, onProgress) => backup(connection, to, onProgress),
      restore: (from, onProgress) => restore(connection, from, onProgress),
    });
  } finally {
    await stop();
  }
}

/** Opens the rooms: the database brought up to date, and on the first start its secrets and its own log. */
export async function openRooms(config: Config, told: Told): Promise<Rooms> {
  const database = await openDatabase(config, told);
  let store: Store | undefined;
  try {
    store = await openPostgres(database.connection);
    const eventTypes = openEventTypes({ store });
    const log = openLog({ store, types: eventTypes });
    await openDeployment(config, { store, log, types: eventTypes, say: told.say });
    return roomsOver(config, { store, eventTypes, log, stop: database.stop });
  } catch (error) {
    await store?.close();
    await database.stop();
    throw error;
  }
}

interface Opened extends Pick<Rooms, "store" | "log" | "eventTypes"> {
  readonly stop: () => Promise<void>;
}

function roomsOver(config: Config, { store, log, eventTypes, stop }: Opened): Rooms {
  const search = openSearch({ store, appended: (listener) => log.appended(listener) });
  const refusals = openRefusals({ store, log });
  const { passwords, limits } = config;
  const signIn = openSignIn({ store, log, refusals, passwords, limits: limits.on });
  return {
    store,
    log,
    people: openPeople({ store, log, accounts: signIn.accounts }),
    eventTypes,
    search,
    exports: openExports({ store, log }),
    access: openAccess({ store, doors: signIn.doors }),
    signIn,
    refusals,
    async close() {
      search.close();
      await signIn.close();
      await refusals.close();
      await log.close();
      await store.close();
      await stop();
    },
  };
}

/** Runs work with the rooms of a configuration, and closes them. */
export async function withRooms(
  config: Config,
  told: Told,
  work: (rooms: Rooms) => Promise<void>,
): Promise<void> {
  const rooms = await openRooms(config, told);
  try {
    await work(rooms);
  } finally {
    await rooms.close();
  }
}

/** What the routes need of the rooms. */
function apiRooms(rooms: Rooms, logger: Logger): ApiRooms {
  return { ...rooms, ready: () => rooms.store.ready(), explain, logger };
}

/** The store's failures as what is answered; writing explains its own. */
function explain(error: unknown): DaybookError | undefined {
  if (!(error instanceof StoreError)) return undefined;
  const transient = ["unavailable", "unknown", "busy", "retry"].includes(error.failure);
  return new DaybookError(transient ? "store-unavailable" : "internal", {
    ...(transient
      ? { detail: "The database can't be reached or did not answer in time.", retryAfter: 2 }
      : {}),
    cause: error,
  });
}

/** What `serve` may be told besides its configuration. */
export interface ServeOptions extends Told {
  /** Gets the log lines; standard output if absent. */
  readonly output?: Writable;
  readonly api?: ApiOptions;
  /** How long answers that are under way may take once the server stops, in milliseconds; 8,000 if absent. */
  readonly patienceMs?: number;
}

/**
 * Opens the rooms and listens.
 * @throws DaybookError `config-invalid`, one clear sentence, for whatever the operator has to change
 */
export async function serve(config: Config, told: ServeOptions): Promise<Server> {
  const logger = pino({ level: config.logLevel }, told.output ?? pino.destination({ dest: 1, sync: false }));
  const rooms = await openRooms(config, told);
  const app = await buildApp(apiRooms(rooms, logger), told.api);
  try {
    await app.listen({ port: config.port, host: config.host });
  } catch (error) {
    await app.close();
    await rooms.close();
    throw listening(error, config);
  }
  const address = app.server.address();
  const port = typeof address === "object" && address !== null ? address.port : config.port;
  const url = `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${port}`;
  told.say(`Daybook listens at ${url}`);
  return {
    url,
    rooms,
    async close() {
      const force = setTimeout(() => app.server.closeAllConnections(), told.patienceMs ?? 8_000);
      await app.close();
      clearTimeout(force);
      await rooms.close();
    },
  };
}

/** Why it can't listen, in a sentence. */
function listening(error: unknown, { host, port }: Config): unknown {
  const sentences: Record<string, [string, string]> = {
    EADDRINUSE: [`The port ${port} of ${host} is in use.`, "Stop what uses it, or set PORT to another."],
    EACCES: [`Listening on the port ${port} is not allowed for this user.`, "Set PORT to one from 1024 on."],
    EADDRNOTAVAIL: [`This machine has no address ${host}.`, "Set HOST to one of its addresses."],
    ENOTFOUND: [`There is no host named '${host}'.`, "Set HOST to an address of this machine."],
  };
  const sentence = sentences[(error as NodeJS.ErrnoException).code ?? ""];
  return sentence
    ? new DaybookError("config-invalid", { detail: sentence[0], remedy: sentence[1], cause: error })
    : error;
}
