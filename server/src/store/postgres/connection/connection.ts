/** Separate connections, and the settings of every connection. If a database can't be used, the error is one sentence. */
import { DaybookError } from "daybook/internal";
import type pg from "pg";
import type { QueryArrayConfig, QueryConfig } from "pg";
import { type Connection, databaseOf, type ResolvedDatabase } from "./database.ts";
import { sqlName, unusable } from "./failures.ts";
import { withSomeTarget } from "./targets.ts";

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
  "SET row_security = on",
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

/** How long a new connection waits for an answer, in milliseconds: a frozen server still accepts connections. */
const answerMs = 5_000;

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
  await client.query({ text: [...settings, ...own].join("; "), query_timeout: answerMs } as QueryConfig);
}

const oldestVersion = 15;

/** The properties of a server. */
export interface ServerFacts {
  /** `server_version_num` */
  readonly number: number;
  readonly version: string;
  readonly encoding: string;
  readonly database: string;
  readonly user: string;
}

/** Why Daybook can't use a server, in a sentence, and what to do. */
export function unfit(facts: ServerFacts): { detail: string; remedy: string } | undefined {
  const { number, version, encoding, database, user } = facts;
  if (number < oldestVersion * 10_000) {
    return {
      detail: `Daybook needs PostgreSQL ${oldestVersion} or newer; this is PostgreSQL ${version}.`,
      remedy: `Use a server of PostgreSQL ${oldestVersion} or newer, or leave out DATABASE_URL to use the embedded PostgreSQL.`,
    };
  }
  if (encoding === "UTF8") return undefined;
  return {
    detail: `Daybook needs a database with the encoding UTF8; this one has ${encoding}.`,
    remedy: `Make another database: CREATE DATABASE ${sqlName(`${database}_utf8`)} OWNER ${sqlName(user)} ENCODING 'UTF8' TEMPLATE template0;`,
  };
}

async function refuseUnfit(client: pg.Client): Promise<void> {
  const { rows } = await client.query<[string, string, string, string, string]>({
    text: `SELECT current_setting('server_version_num'), current_setting('server_version'), current_setting('server_encoding'),
      current_database()::text, current_user::text`,
    rowMode: "array",
    query_timeout: answerMs,
  } as QueryArrayConfig);
  const [number, version, encoding, database, user] = rows[0]!;
  const why = unfit({ number: Number(number), version, encoding, database, user });
  if (why !== undefined) throw new DaybookError("config-invalid", why);
}

async function connectTo({ config, Client }: ResolvedDatabase): Promise<pg.Client> {
  const client = new Client(config);
  // later failures are reported by the statement that notices them
  client.on("error", () => {});
  try {
    await client.connect();
    await refuseUnfit(client);
    await setUp(client, { statementTimeout: 0 });
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

const startingUp = "57P03";
const patience = 30_000;

/**
 * A separate connection with these settings, for work that isn't a request (migrations, backup). Waits for a database that is still
 * starting. Throws DaybookError `config-invalid` with one sentence. The caller ends it.
 */
export async function connectOnce(connection: Connection | ResolvedDatabase): Promise<pg.Client> {
  const database =
    typeof connection === "object" && "targets" in connection ? connection : databaseOf(connection);
  const until = Date.now() + patience;
  for (;;) {
    try {
      return await withSomeTarget(database.targets, () => connectTo(database));
    } catch (error) {
      if ((error as { code?: string }).code !== startingUp || Date.now() > until) {
        throw unusable(error, database);
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
