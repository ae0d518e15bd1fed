/**
 * How to connect to the database, and the settings of every connection. If a database can't be used, the error is one sentence, without the
 * password.
 */
import { DaybookError } from "daybook/internal";
import pg, { type ClientConfig } from "pg";
import { types } from "../statements/session.ts";

/** A database: a `postgresql://` URL, or its parts. */
interface ConnectionOptions {
  readonly connectionString?: string | undefined;
  /** A host name, or the folder of a socket. */
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly database?: string | undefined;
  readonly ssl?: ClientConfig["ssl"];
}

/** A URL or its parts. */
export type Connection = string | ConnectionOptions;

const remedy = "Check that PostgreSQL runs there, and DATABASE_URL.";

const refused = (detail: string, cause?: unknown): DaybookError =>
  new DaybookError("config-invalid", { detail, remedy, ...(cause === undefined ? {} : { cause }) });

/** The configuration of a pg client. Throws DaybookError `config-invalid` for a URL that can't be one. */
export function clientConfig(connection: Connection): ClientConfig {
  const options = typeof connection === "string" ? { connectionString: connection } : connection;
  const { connectionString } = options;
  if (connectionString !== undefined && !/^postgres(ql)?:\/\//.test(connectionString)) {
    throw refused(
      "DATABASE_URL must begin with postgresql://, e.g. postgresql://daybook@localhost:5432/daybook.",
    );
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const config: ClientConfig = {
    ...Object.fromEntries(given),
    application_name: "daybook",
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    types,
  };
  try {
    // the same parsing as for a connection, but here the error can be a sentence
    new pg.Client(config);
  } catch (error) {
    throw refused("DATABASE_URL is not a URL that PostgreSQL's clients understand.", error);
  }
  return config;
}

/** The place of a database, for messages: host, port and name, without user and password. */
function place(config: ClientConfig): string {
  const client = new pg.Client(config);
  const where = client.host.startsWith("/") ? client.host : `${client.host}:${client.port}`;
  return `${client.database ?? ""} at ${where}`;
}

/**
 * The settings of every connection (spec/recording.md). Every statement for events and pages is an index walk, and these settings tell the
 * planner so: otherwise it would use statistics, which a new or growing log doesn't have yet.
 */
const settings: readonly string[] = [
  "SET client_encoding = 'UTF8'",
  "SET TimeZone = 'UTC'",
  "SET DateStyle = 'ISO, YMD'",
  "SET bytea_output = 'hex'",
  "SET standard_conforming_strings = on",
  "SET default_transaction_isolation = 'read committed'",
  "SET synchronous_commit = on",
  "SET lock_timeout = '2s'",
  "SET idle_in_transaction_session_timeout = '5s'",
  "SET jit = off",
  "SET enable_seqscan = off",
  "SET enable_bitmapscan = off",
  "SET enable_hashjoin = off",
  "SET enable_mergejoin = off",
  "SET enable_sort = off",
  "SET enable_incremental_sort = off",
];

/** The settings that differ: `statementTimeout` in milliseconds, 0 for none; whether the connection only reads. */
export interface SetUpOptions {
  readonly statementTimeout: number;
  readonly readOnly?: boolean;
}

/** Sets up a new connection, once. */
export async function setUp(
  client: pg.ClientBase,
  { statementTimeout, readOnly = false }: SetUpOptions,
): Promise<void> {
  const own = [
    `SET statement_timeout = ${statementTimeout}`,
    `SET default_transaction_read_only = ${readOnly ? "on" : "off"}`,
  ];
  await client.query([...settings, ...own].join("; "));
}

const sentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing answers there",
  ENOENT: "there is no such socket",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "the host's name can't be resolved",
  ETIMEDOUT: "no answer came in time",
  EHOSTUNREACH: "the host can't be reached",
  "28000": "the user may not connect",
  "28P01": "the password or the user is wrong",
  "3D000": "there is no such database",
  "53300": "it has no connection left to give",
  "42501": "the user may not do what Daybook needs there",
};

/** A sentence that says why the database of `DATABASE_URL` can't be used. */
export function unusable(error: unknown, config: ClientConfig): DaybookError {
  if (error instanceof DaybookError) return error;
  const first = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
  const code = (first as { code?: string }).code ?? "";
  const why = sentences[code] ?? (first instanceof Error ? first.message : String(first));
  return refused(`The database ${place(config)} can't be used: ${why}.`, error);
}

const oldestVersion = 15;

/** The properties of a server. */
export interface ServerFacts {
  /** `server_version_num` */
  readonly number: number;
  readonly version: string;
  readonly encoding: string;
}

/** Why Daybook can't use a server, in a sentence. */
export function unfit({ number, version, encoding }: ServerFacts): string | undefined {
  if (number < oldestVersion * 10_000) {
    return `Daybook needs PostgreSQL ${oldestVersion} or newer; this is PostgreSQL ${version}.`;
  }
  if (encoding !== "UTF8")
    return `Daybook needs a database with the encoding UTF8; this one has ${encoding}.`;
  return undefined;
}

async function refuseUnfit(client: pg.Client): Promise<void> {
  const { rows } = await client.query<[string, string, string]>({
    text: "SELECT current_setting('server_version_num'), current_setting('server_version'), current_setting('server_encoding')",
    rowMode: "array",
  });
  const [number, version, encoding] = rows[0]!;
  const why = unfit({ number: Number(number), version, encoding });
  if (why !== undefined) throw refused(why);
}

const startingUp = "57P03";
const patience = 30_000;

/**
 * A separate connection with these settings, for work that isn't a request (migrations, backup). Waits for a database that is still
 * starting. Throws DaybookError `config-invalid` with one sentence. The caller ends it.
 */
export async function connectOnce(connection: Connection): Promise<pg.Client> {
  const config = clientConfig(connection);
  const until = Date.now() + patience;
  for (;;) {
    const client = new pg.Client(config);
    // later failures are reported by the statement that notices them
    client.on("error", () => {});
    try {
      await client.connect();
      await refuseUnfit(client);
      await setUp(client, { statementTimeout: 0 });
      return client;
    } catch (error) {
      await client.end().catch(() => {});
      if ((error as { code?: string }).code !== startingUp || Date.now() > until) {
        throw unusable(error, config);
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
