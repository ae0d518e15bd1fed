/** Where the rooms are put together, and the only place that names a driver. Nothing is decided here that a room could. */
import type { Readable, Writable } from "node:stream";
import { type Access, openAccess } from "./access/index.ts";
import { type ApiClients, apiClientPrefix, openApiClients } from "./api-clients/index.ts";
import type { Config } from "./config/index.ts";
import { type Denials, openDenials } from "./denials/index.ts";
import { openDeployment, openSecrets } from "./deployment.ts";
import { type EventTypes, openEventTypes } from "./event-types/index.ts";
import { type Exports, openExports } from "./export/index.ts";
import { type FullTextIndexing, openFullTextIndexing } from "./full-text/index.ts";
import { schedule } from "./jobs/index.ts";
import { type EventLog, openLog } from "./log/index.ts";
import { openMail } from "./mail/index.ts";
import { type OperatorToken, openOperatorToken } from "./operator-token/index.ts";
import { openPeople, type People } from "./people/index.ts";
import { openSearch, type Search } from "./search/index.ts";
import type { Sealer } from "./secrets/index.ts";
import { openSignIn, type SignIn, type SignInOptions } from "./sign-in/index.ts";
import { startEmbedded } from "./store/embedded/index.ts";
import {
  type BackupProgress,
  backup,
  type Connection,
  migrate,
  openPostgres,
  restore,
} from "./store/postgres/index.ts";
import type { Store } from "./store/store.ts";

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
  readonly wordIndexing: FullTextIndexing;
  readonly exports: Exports;
  readonly access: Access;
  readonly signIn: SignIn;
  readonly apiClients: ApiClients;
  readonly denials: Denials;
  readonly operatorToken: OperatorToken;
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
export async function openRooms(config: Config, told: Told, serving?: Serving): Promise<Rooms> {
  const database = await openDatabase(config, told);
  let store: Store | undefined;
  try {
    store = await openPostgres(database.connection);
    const eventTypes = openEventTypes({ store });
    const log = openLog({ store, types: eventTypes });
    await openDeployment(config, { store, log, types: eventTypes, say: told.say });
    const { sealer } = await openSecrets(config, { store, say: told.say });
    return roomsOver(config, { store, eventTypes, log, sealer, stop: database.stop, ...serving });
  } catch (error) {
    await store?.close();
    await database.stop();
    throw error;
  }
}

/** What only a server that listens has. */
export interface Serving {
  /** Where people reach it, without a slash at its end: what links begin with. */
  readonly address: () => string;
  /** Of work that nobody waits for: what it was, and why it failed. It is tried again, or nothing depends on it. */
  readonly failed: (what: string, error: unknown) => void;
  /** Is told once the first person has set up. */
  readonly wasSetUp: () => void;
  /** For tests, which have no time for passwords as they are kept for real: see `openSignIn`. */
  readonly scryptLn?: number | undefined;
}

interface Opened extends Pick<Rooms, "store" | "log" | "eventTypes">, Partial<Serving> {
  readonly sealer: Sealer;
  readonly stop: () => Promise<void>;
}

function roomsOver(config: Config, { store, log, eventTypes, sealer, stop, ...serving }: Opened): Rooms {
  const failed =
    (what: string) =>
    (error: unknown): void =>
      serving.failed?.(what, error);
  const search = openSearch({ store, appended: (listener) => log.appended(listener) });
  const wordIndexing = openFullTextIndexing({
    store,
    appended: (listener) => log.appended(listener),
    failed: failed("indexing words"),
  });
  const denials = openDenials({ store, log, failed: failed("telling of refusals") });
  const mail = config.mail && openMail({ ...config.mail, failed: failed("sending mail") });
  const publicUrl = serving.address;
  const { scryptLn, wasSetUp } = serving;
  const signIn = openSignIn({
    ...signInOf(config),
    store,
    log,
    denials,
    sealer,
    mail,
    publicUrl,
    scryptLn,
    failed: failed("noting when sessions were seen"),
    wasSetUp,
  });
  const apiClients = openApiClients({ store, log, denials, failed: failed("the clock of API clients") });
  const authenticators = { [apiClientPrefix]: apiClients.authenticate, ...signIn.authenticators };
  const access = openAccess({ store, authenticators });
  const sweeping = schedule(sweepMs, () => sweep(store), failed("sweeping"));
  return {
    store,
    log,
    people: openPeople({ store, log, mail, accounts: signIn.accounts, publicUrl }),
    eventTypes,
    search,
    wordIndexing,
    exports: openExports({ store, log }),
    access,
    signIn,
    apiClients,
    denials,
    operatorToken: openOperatorToken({
      store,
      log,
      configured: config.operatorToken,
      dataFolder: config.dataFolder,
      replaced: () => access.operatorTokenReplaced(),
    }),
    async close() {
      search.close();
      await wordIndexing.close();
      await sweeping.stop();
      await signIn.close();
      await apiClients.close();
      await denials.close();
      await mail?.close();
      await log.close();
      await store.close();
      await stop();
    },
  };
}

/** How people sign in, as it is configured. */
const signInOf = ({
  passwords,
  limits,
  openid,
  publicUrl,
  idle,
  freshMinutes,
}: Config): Partial<SignInOptions> => ({
  passwords,
  limits: limits.on,
  freshMinutes,
  issuer: publicUrl && `Daybook (${new URL(publicUrl).host})`,
  idle: { members: micros(idle.members), operators: micros(idle.operators) },
  openid: openid && publicUrl !== undefined ? { ...openid, publicUrl } : undefined,
});

const micros = (minutes: number): bigint => BigInt(minutes) * 60_000_000n;
const sweepMs = 600_000;
/** How long an Idempotency-Key is remembered: a week, in microseconds. */
const keysRemembered = 7n * 86_400n * 1_000_000n;

/** Removes what no longer works and stands for nothing. */
async function sweep(store: Store): Promise<void> {
  const now = await store.clock();
  await store.sweep(now, now - keysRemembered);
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
