/** Opens the services: the only file that names an implementation of the store. */
import type { Readable, Writable } from "node:stream";
import { openAccess } from "./access/index.ts";
import { apiClientPrefix, openApiClients } from "./api-clients/index.ts";
import type { Config } from "./config/index.ts";
import { openDenials } from "./denials/index.ts";
import { openDeployment, openSecrets } from "./deployment.ts";
import { openEventTypes } from "./event-types/index.ts";
import { openExports } from "./export/index.ts";
import { openFollowers } from "./followers/index.ts";
import { fullText, openBuilder } from "./full-text/index.ts";
import { openIntegrityChecks } from "./integrity/index.ts";
import { openSteadyClock, openTimeliness, schedule, type Timeliness } from "./jobs/index.ts";
import { openLog } from "./log/index.ts";
import { openMail } from "./mail/index.ts";
import { type DatabaseOptions, type OpenDatabase, openDatabase, type StartLog } from "./open-database.ts";
import { openOperatorToken } from "./operator-token/index.ts";
import { openPeople } from "./people/index.ts";
import { openReadiness } from "./readiness/index.ts";
import { openSavedViews } from "./saved-views/index.ts";
import { openSearch } from "./search/index.ts";
import type { Sealer } from "./secrets/index.ts";
import type { Services } from "./services.ts";
import { openSignIn, type SignInOptions } from "./sign-in/index.ts";
import {
  type BackupProgress,
  backup,
  type Connection,
  migrate,
  noteBackup,
  openPostgres,
  printSql,
  restore,
} from "./store/postgres/index.ts";
import type { Store } from "./store/store.ts";

/** The services of one process over its store, until it closes them. */
export interface OpenServices extends Services {
  readonly store: Store;
  /** Completes accepted requests, then closes the database. */
  close(): Promise<void>;
  /** Breaks every connection to the database, whatever runs on it: if `close` takes too long. */
  abandon(): void;
}

/** A database, before any service is open. */
export interface Database {
  readonly connection: Connection;
  /** Migrates the schema; returns the numbers of the applied migrations. */
  migrate(): Promise<readonly number[]>;
  /** What a superuser runs where the user of DATABASE_URL may not migrate. */
  printSql(): Promise<string>;
  /** A consistent snapshot of all data. */
  backup(to: Writable, onProgress: (at: BackupProgress) => void): Promise<void>;
  /** Notes a run of `backup` for the metrics: the bytes of a complete one, else undefined. */
  noteBackup(bytes: number | undefined): Promise<void>;
  /** Restores a backup into an empty database, as a whole or not at all. */
  restore(from: Readable, onProgress: (at: BackupProgress) => void): Promise<void>;
}

/** Runs work on the database of a configuration, and closes it. */
export async function withDatabase(
  config: Config,
  options: DatabaseOptions,
  work: (database: Database) => Promise<void>,
): Promise<void> {
  const { connection, stop } = await openDatabase(config, options);
  try {
    await work({
      connection,
      migrate: () => migrate(connection, config.roles),
      printSql: () => printSql(connection, config.roles),
      backup: (to, onProgress) => backup(connection, to, onProgress),
      noteBackup: (bytes) => noteBackup(connection, bytes),
      restore: (from, progress) => restore(connection, from, { progress, roles: config.roles }),
    });
  } finally {
    await stop();
  }
}

/** How services are opened: `database` if it is already being opened. */
export interface OpeningOptions extends StartLog {
  readonly database?: Promise<OpenDatabase>;
}

/** Opens the services: migrates the database and, on the first start, creates its secrets and its own log. */
export async function openServices(
  config: Config,
  options: OpeningOptions,
  serving?: ServingOptions,
): Promise<OpenServices> {
  const database = await (options.database ?? openDatabase(config, options));
  let store: Store | undefined;
  try {
    const { roles, pooler, preparedStatements } = config;
    store = await openPostgres(database.connection, { roles, pooler, preparedStatements });
    const eventTypes = openEventTypes({ store });
    const log = openLog({ store, types: eventTypes });
    const isServing = serving !== undefined;
    await openDeployment(config, { store, log, types: eventTypes, notice: options.notice, isServing });
    const { sealer } = await openSecrets(config, { store, notice: options.notice });
    return servicesOver(config, { store, eventTypes, log, sealer, stop: database.stop, ...serving });
  } catch (error) {
    await store?.close();
    await database.stop();
    throw error;
  }
}

/** The options for a listening server. */
export interface ServingOptions {
  /** The public address, without a slash at its end; links begin with it. */
  readonly address: () => string;
  /** Called with failures of background work: what it was, and why it failed. It is retried, or nothing depends on it. */
  readonly failed: (what: string, error: unknown) => void;
  /** Called with each difference that a scheduled check finds: the organization's id, and what differs. */
  readonly found: (organization: string, sentence: string) => void;
  /** Called after the first account was set up. */
  readonly wasSetUp: () => void;
  /** For tests, which have no time for the real cost of passwords: see `openSignIn`. */
  readonly scryptLn?: number | undefined;
}

interface ServiceParts extends Pick<OpenServices, "store" | "log" | "eventTypes">, Partial<ServingOptions> {
  readonly sealer: Sealer;
  readonly stop: () => Promise<void>;
}

function servicesOver(
  config: Config,
  { store, log, eventTypes, sealer, stop, ...serving }: ServiceParts,
): OpenServices {
  const failed =
    (what: string) =>
    (error: unknown): void =>
      serving.failed?.(what, error);
  const search = openSearch({ store, appended: (listener) => log.appended(listener) });
  const builder = openBuilder();
  const followers = openFollowers({
    store,
    followers: [fullText({ store, builder })],
    appended: (listener) => log.appended(listener),
    failed: (name, error) => failed(`following: ${name}`)(error),
  });
  const isTimely = timelinessOf(store, failed("the clock"));
  const denials = openDenials({ store, log, isTimely, failed: failed("telling of refusals") });
  const mail = config.mail && openMail({ ...config.mail, failed: failed("sending mail") });
  const { address: publicUrl, scryptLn, wasSetUp } = serving;
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
  const apiClients = openApiClients({
    ...{ store, log, denials, isTimely },
    failed: failed("the clock of API clients"),
  });
  const authenticators = { [apiClientPrefix]: apiClients.authenticate, ...signIn.authenticators };
  const access = openAccess({ store, authenticators });
  const integrityChecks = openIntegrityChecks({
    ...{ store, log, every: checkEvery[config.integrityCheck], failed: failed("checking the logs and rows") },
    found: ({ organization, sentence }) => serving.found?.(organization, sentence),
  });
  const sweeping = schedule(sweepMs, () => sweep(store, isTimely), failed("sweeping"));
  return {
    store,
    log,
    people: openPeople({ store, log, mail, accounts: signIn.accounts, publicUrl }),
    savedViews: openSavedViews({ store, log }),
    eventTypes,
    search,
    followers,
    integrityChecks,
    exports: openExports({ store, log }),
    access,
    signIn,
    apiClients,
    denials,
    ...aboutDatabase({ store, log }, config),
    operatorToken: openOperatorToken({
      store,
      log,
      configured: config.operatorToken,
      dataFolder: config.dataFolder,
      replaced: () => access.operatorTokenReplaced(),
    }),
    async close() {
      search.close();
      await integrityChecks.close();
      await followers.close();
      await builder.close();
      await sweeping.stop();
      await signIn.close();
      await apiClients.close();
      await denials.close();
      await mail?.close();
      await log.close();
      await store.close();
      await stop();
    },
    abandon: () => store.abandon(),
  };
}

/** The services about the database itself. */
const aboutDatabase = (
  { store, log }: Pick<ServiceParts, "store" | "log">,
  config: Pick<Config, "databaseUrl">,
): Pick<Services, "readiness" | "backups"> => ({
  readiness: openReadiness({ store, log, isEmbedded: config.databaseUrl === undefined }),
  backups: { last: () => store.lastBackup() },
});

/** The configured ways to sign in. */
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

const day = 86_400_000_000n;
/** How often everything is checked, in microseconds. */
const checkEvery = { off: undefined, daily: day, weekly: 7n * day } as const;
/** Whether jobs may act on the time; a jump of the clock is reported. */
const timelinessOf = (store: Store, failed: (error: unknown) => void): Timeliness =>
  openTimeliness({
    clock: openSteadyClock({ jumped: (seconds) => failed(new Error(jumpSentence(seconds))) }),
    times: () => store.times(),
  });

const jumpSentence = (seconds: number): string =>
  `The clock of this machine jumped by ${seconds} seconds. What acts on the time waits until it is back, or for an hour.`;

const micros = (minutes: number): bigint => BigInt(minutes) * 60_000_000n;
const sweepMs = 600_000;
/** How long Daybook remembers an Idempotency-Key: a week, in microseconds. */
const keysRemembered = 7n * 86_400n * 1_000_000n;

/** Removes expired rows without effect. */
async function sweep(store: Store, isTimely: Timeliness): Promise<void> {
  if (!(await isTimely())) return;
  const now = await store.clock();
  await store.sweep(now, now - keysRemembered);
}

/** Runs work with the services of a configuration, and closes them. */
export async function withServices(
  config: Config,
  options: StartLog,
  work: (services: OpenServices) => Promise<void>,
): Promise<void> {
  const services = await openServices(config, options);
  try {
    await work(services);
  } finally {
    await services.close();
  }
}
