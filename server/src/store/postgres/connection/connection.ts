/** Connections for work that isn't a request. If a database can't be used, the error is one sentence. */
import { DaybookError } from "daybook/internal";
import type pg from "pg";
import type { QueryConfig } from "pg";
import { sqlName } from "../statements/sql-name.ts";
import { type Connection, databaseOf, type ResolvedDatabase } from "./database.ts";
import { unusable } from "./failures.ts";
import { answerMs } from "./settings.ts";
import { withSomeTarget } from "./targets.ts";

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
  const { rows } = await client.query<ServerFacts>({
    text: `SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version,
      current_setting('server_encoding') AS encoding, current_database()::text AS database, current_user::text AS "user"`,
    query_timeout: answerMs,
  } as QueryConfig);
  const why = unfit(rows[0]!);
  if (why !== undefined) throw new DaybookError("config-invalid", why);
}

async function connectTo({ config, Client }: ResolvedDatabase): Promise<pg.Client> {
  const client = new Client(config);
  try {
    await client.connect();
    await refuseUnfit(client);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

const startingUp = "57P03";
const patience = 30_000;

/**
 * A separate connection, for work that isn't a request (migrations, backup), which begins its transactions with `beginSeparately`. Waits for
 * a database that is still starting. Throws DaybookError `config-invalid` with one sentence. The caller ends it.
 */
export async function connectOnce(connection: Connection | ResolvedDatabase): Promise<pg.Client> {
  const database =
    typeof connection === "object" && "targets" in connection ? connection : databaseOf(connection);
  const until = performance.now() + patience;
  for (;;) {
    try {
      return await withSomeTarget(database.targets, () => connectTo(database));
    } catch (error) {
      if ((error as { code?: string }).code !== startingUp || performance.now() > until) {
        throw unusable(error, database);
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
