/** The rows of the matrix: environments of the database, how each is made, and what must be seen. */
import { execFileSync } from "node:child_process";
import pg from "pg";
import { startPgBouncer } from "../support/pgbouncer.ts";
import { runCommand } from "../support/run-command.ts";
import { onServer } from "../support/test-server.ts";
import type { Environment } from "./round.ts";
import type { MatrixServer } from "./servers.ts";

/** A database of a row, and its owner, who has the password. */
export interface RowDatabase {
  readonly server: MatrixServer;
  readonly name: string;
  readonly owner: string;
  /** Runs SQL there as a superuser. */
  run(sql: string): Promise<void>;
  /** Called at the end of the row. */
  readonly cleanUps: (() => Promise<void>)[];
}

/** One row. */
export interface EnvironmentRow {
  readonly name: string;
  /** What follows CREATE DATABASE. */
  readonly database?: string;
  /** What follows CREATE ROLE for the owner. */
  readonly owner?: string;
  readonly make: (database: RowDatabase) => Environment | Promise<Environment>;
  /** The refusal that must be seen; absent: it works. */
  readonly refused?: RegExp;
}

export const password = 'p@ss:w/o#r?d%&é "x';
const secret = encodeURIComponent(password);

const tcp = ({ server, name, owner }: RowDatabase, query = "", host = "localhost"): string =>
  `postgresql://${encodeURIComponent(owner)}:${secret}@${host}:${server.port}/${name}${query === "" ? "" : `?${query}`}`;

const plain =
  (query = "", host = "localhost") =>
  (database: RowDatabase): Environment => ({
    databaseUrl: tcp(database, query.replace("CA", database.server.authority), host),
  });

/** After these statements in the database. */
const after =
  (...statements: readonly string[]) =>
  async (database: RowDatabase): Promise<Environment> => {
    for (const statement of statements)
      await database.run(statement.replaceAll("OWNER", database.owner).replaceAll("DATABASE", database.name));
    return plain()(database);
  };

const pooled =
  (mode: "session" | "transaction", env: Record<string, string> = {}) =>
  async (database: RowDatabase): Promise<Environment> => {
    const { server, name, owner } = database;
    const through = await startPgBouncer(server.superuser.replace("%", name), {
      mode,
      size: mode === "session" ? 30 : 8,
      users: [owner],
      password,
    });
    database.cleanUps.push(() => through.stop());
    return { databaseUrl: through.urlOf(name, owner), env };
  };

/** A user who owns nothing, after a superuser ran what Daybook prints for them. */
async function poor(database: RowDatabase): Promise<Environment> {
  const user = `${database.owner}_poor`;
  await database.run(`CREATE ROLE ${user} LOGIN PASSWORD '${password}'`);
  const environment = plain()({ ...database, owner: user });
  const printed = await runCommand(["migrate", "--print-sql"], {
    ...environment,
    dataFolder: "/nonexistent",
  });
  if (printed.code !== 0) throw new Error(printed.stderr);
  execFileSync(
    "psql",
    [database.server.superuser.replace("%", database.name), "-v", "ON_ERROR_STOP=1", "-q"],
    {
      input: printed.stdout,
      stdio: "pipe",
    },
  );
  return environment;
}

const withoutRoles = "";
const makesRoles = "CREATEROLE";

const roles: readonly EnvironmentRow[] = [
  { name: "the owner of the database, with CREATEROLE", make: plain() },
  {
    name: "the owner without CREATEROLE",
    owner: withoutRoles,
    make: plain(),
    refused: /CREATE ROLE row\w+_reader NOLOGIN; CREATE ROLE row\w+_runtime NOLOGIN; GRANT/,
  },
  {
    name: "the same after that SQL",
    owner: withoutRoles,
    make: after(
      "CREATE ROLE OWNER_reader NOLOGIN; CREATE ROLE OWNER_runtime NOLOGIN; GRANT OWNER_reader, OWNER_runtime TO OWNER",
    ),
  },
  { name: "a user who owns nothing, after `migrate --print-sql`", owner: withoutRoles, make: poor },
];

const poolers: readonly EnvironmentRow[] = [
  { name: "PgBouncer, session mode", make: pooled("session") },
  { name: "PgBouncer, transaction mode", make: pooled("transaction") },
  {
    name: "PgBouncer, transaction mode, `DAYBOOK_POOLER=session`",
    make: pooled("transaction", { DAYBOOK_POOLER: "session" }),
    refused: /gives connections to other clients.*Set DAYBOOK_POOLER/,
  },
];

const tls: readonly EnvironmentRow[] = [
  { name: "`sslmode=disable`", make: plain("sslmode=disable") },
  { name: "`sslmode=no-verify`", make: plain("sslmode=no-verify") },
  { name: "`sslmode=prefer`", make: plain("sslmode=prefer") },
  { name: "`sslmode=require`, a private authority", make: plain("sslmode=require") },
  { name: "`ssl=true`", make: plain("ssl=true") },
  {
    name: "`sslmode=verify-ca&sslrootcert=FILE`, by address",
    make: plain("sslmode=verify-ca&sslrootcert=CA", "127.0.0.1"),
  },
  { name: "`sslmode=verify-full&sslrootcert=FILE`", make: plain("sslmode=verify-full&sslrootcert=CA") },
  {
    name: "`sslmode=verify-full`, a private authority",
    make: plain("sslmode=verify-full"),
    refused: /authority of the server's certificate is not known.*sslrootcert=FILE/,
  },
  {
    name: "`PGSSLMODE=verify-full PGSSLROOTCERT=FILE`",
    make: (database) => ({
      ...plain()(database),
      env: { PGSSLMODE: "verify-full", PGSSLROOTCERT: database.server.authority },
    }),
  },
  {
    name: "`NODE_EXTRA_CA_CERTS=FILE`, `sslmode=verify-full`",
    make: (database) => ({
      ...plain("sslmode=verify-full")(database),
      env: { NODE_EXTRA_CA_CERTS: database.server.authority },
    }),
  },
];

const addresses: readonly EnvironmentRow[] = [
  {
    name: "`PGPASSWORD`",
    make: ({ server, name, owner }) => ({
      databaseUrl: `postgresql://${owner}@localhost:${server.port}/${name}`,
      env: { PGPASSWORD: password },
    }),
  },
  {
    name: "parameters of other clients: `channel_binding`, `target_session_attrs`, `pgbouncer`, `schema`",
    make: plain(
      "sslmode=require&channel_binding=require&target_session_attrs=read-write&pgbouncer=true&schema=public&connect_timeout=5",
    ),
  },
  {
    name: "a password with special characters, not encoded",
    make: ({ server, name, owner }) => ({
      databaseUrl: `postgresql://${owner}:${password}@localhost:${server.port}/${name}`,
    }),
    refused: /write @ as %40/,
  },
  {
    name: "a socket as the host",
    make: (database) => ({
      databaseUrl: tcp(database, "", encodeURIComponent(database.server.socketFolder)),
    }),
  },
  {
    name: "a socket in the query: `postgresql://u:p@/db?host=…&port=…`",
    make: ({ server, name, owner }) => ({
      databaseUrl: `postgresql://${owner}:${secret}@/${name}?host=${server.socketFolder}&port=${server.port}`,
    }),
  },
  {
    name: "several hosts, of which one answers",
    make: (database) => ({ databaseUrl: tcp(database).replace("@localhost", "@127.0.0.1:1,localhost") }),
  },
  {
    name: "pairs: `host=… dbname=…`",
    make: ({ server, name, owner }) => ({
      databaseUrl: `host=localhost port=${server.port} dbname=${name} user=${owner} password='${password}'`,
    }),
  },
];

const databases: readonly EnvironmentRow[] = [
  {
    name: "`options=-c search_path=audit`",
    make: async (database) => {
      await database.run(`CREATE SCHEMA audit AUTHORIZATION ${database.owner}`);
      return plain(`options=${encodeURIComponent("-c search_path=audit")}`)(database);
    },
  },
  {
    name: "a search path with a quoted name",
    make: after(
      'CREATE SCHEMA "my schema" AUTHORIZATION OWNER',
      'ALTER ROLE OWNER SET search_path = "my schema"',
    ),
  },
  {
    name: "a search path of schemas that don't exist",
    make: after("ALTER ROLE OWNER SET search_path = nowhere"),
    refused: /names no schema.*Create the schema/,
  },
  {
    name: "encoding LATIN1",
    database: "ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0",
    make: plain(),
    refused: /encoding UTF8.*ENCODING 'UTF8' TEMPLATE template0/,
  },
  {
    name: "encoding SQL_ASCII",
    database: "ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0",
    make: plain(),
    refused: /encoding UTF8.*ENCODING 'UTF8'/,
  },
  { name: "collation C", database: "ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0", make: plain() },
  {
    name: "collation ICU tr-TR",
    database: "ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR' LOCALE 'C.UTF-8' TEMPLATE template0",
    make: plain(),
  },
  {
    name: "a user with serializable transactions and short time-outs",
    make: after(
      "ALTER ROLE OWNER SET default_transaction_isolation = 'serializable'",
      "ALTER ROLE OWNER SET statement_timeout = '300ms'",
      "ALTER ROLE OWNER SET lock_timeout = '50ms'",
      "ALTER ROLE OWNER SET idle_in_transaction_session_timeout = '200ms'",
    ),
  },
  {
    name: "a user with other time zones, formats and encodings, read only",
    make: after(
      "ALTER ROLE OWNER SET TimeZone = 'Asia/Kathmandu'",
      "ALTER ROLE OWNER SET DateStyle = 'SQL, DMY'",
      "ALTER ROLE OWNER SET IntervalStyle = 'iso_8601'",
      "ALTER ROLE OWNER SET bytea_output = 'escape'",
      "ALTER ROLE OWNER SET extra_float_digits = -3",
      "ALTER ROLE OWNER SET standard_conforming_strings = off",
      "ALTER ROLE OWNER SET client_encoding = 'LATIN1'",
      "ALTER ROLE OWNER SET default_transaction_read_only = on",
      "ALTER ROLE OWNER SET synchronous_commit = off",
      "ALTER ROLE OWNER SET transform_null_equals = on",
      "ALTER ROLE OWNER SET plan_cache_mode = force_generic_plan",
    ),
  },
  { name: "a user with `row_security = off`", make: after("ALTER ROLE OWNER SET row_security = off") },
  {
    name: "no such database",
    make: (database) => plain()({ ...database, name: "no_such" }),
    refused: /there is no such database.*CREATE DATABASE no_such OWNER/,
  },
  {
    name: "no connection left",
    make: after("ALTER ROLE OWNER CONNECTION LIMIT 0"),
    refused: /no connection left.*max_connections/,
  },
];

/** All rows, in the order of the table. */
export const environmentRows: readonly EnvironmentRow[] = [
  ...roles,
  ...poolers,
  ...tls,
  ...addresses,
  ...databases,
];

/** Makes the database of a row. */
export async function makeDatabase(
  server: MatrixServer,
  row: EnvironmentRow,
  number: number,
): Promise<RowDatabase> {
  const [name, owner] = [`row${number}`, `row${number}_owner`];
  await onServer(
    server.superuser,
    `CREATE ROLE ${owner} LOGIN ${row.owner ?? makesRoles} PASSWORD '${password}'`,
  );
  await onServer(server.superuser, `CREATE DATABASE ${name} OWNER ${owner} ${row.database ?? ""}`);
  const run = async (sql: string): Promise<void> => {
    const client = new pg.Client(server.superuser.replace("%", name));
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  return { server, name, owner, run, cleanUps: [] };
}
