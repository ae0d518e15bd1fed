/**
 * Migrates a database to the schema of this version: numbered SQL files, forward only, each applied once, all in one transaction under one
 * lock, so that any number of servers can start simultaneously.
 */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { DaybookError } from "daybook/internal";
import type pg from "pg";
import { fileTrouble, inPackage } from "../../../files/index.ts";
import { connectOnce } from "../connection/connection.ts";
import { type Connection, databaseOf, type ResolvedDatabase } from "../connection/database.ts";
import { unusable } from "../connection/failures.ts";
import { isBehindPooler } from "../connection/pooler.ts";
import { beginSeparately } from "../connection/settings.ts";
import { type DatabaseFacts, factsOf, type RoleNames, type Roles } from "../rights/roles.ts";
import { becomeOwner, demandOwner, demandUsable, giveRights, unusableRights } from "../rights/settle.ts";

/** One migration. `checksum` is the lower-case hex SHA-256 of the file. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

const folder = inPackage("src/store/postgres/schema/migrations/");
const fileName = /^(\d{4})_([a-z0-9_]+)\.sql$/;

/** The migrations of this version of Daybook, in order. */
export async function migrations(): Promise<readonly Migration[]> {
  const files = (await readdir(folder)).filter((file) => fileName.test(file)).sort();
  return Promise.all(
    files.map(async (file, index) => {
      const sql = await readFile(new URL(file, folder), "utf8");
      const [, number, name] = fileName.exec(file)!;
      if (Number(number) !== index + 1) throw new Error(`The migration ${file} is out of order.`);
      return {
        version: index + 1,
        name: name!,
        sql,
        checksum: createHash("sha256").update(sql).digest("hex"),
      };
    }),
  );
}

// any number works, as long as every version of Daybook uses the same
const lock = 7_093_462_511n;
const lockPatience = "5min";

const remedy =
  "Use a Daybook of the version that made this database, or name another database. A newer release opens it too; a checkout between releases may not.";
const refuse = (detail: string): DaybookError => new DaybookError("config-invalid", { detail, remedy });

/** The applied versions of a database, with their checksums; empty for a new database. */
async function applied(client: pg.ClientBase): Promise<Map<number, string>> {
  const { rows: found } = await client.query(
    "SELECT FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_migration'",
  );
  if (found.length === 0) return new Map();
  const { rows } = await client.query<{ version: number; checksum: string }>(
    "SELECT version, checksum FROM schema_migration ORDER BY version",
  );
  return new Map(rows.map(({ version, checksum }) => [version, checksum]));
}

/** The migrations that a database lacks. Throws `config-invalid` if it is newer than this version, or was made by other files. */
function missing(known: readonly Migration[], has: ReadonlyMap<number, string>): readonly Migration[] {
  const newest = Math.max(0, ...has.keys());
  if (newest > known.length) {
    throw refuse(
      `The database has schema ${newest}, made by a newer Daybook; this one knows schemas up to ${known.length}. Start the newer version.`,
    );
  }
  for (const { version, name, checksum } of known) {
    const theirs = has.get(version);
    if (theirs !== undefined && theirs !== checksum) {
      throw refuse(`Migration ${version} (${name}) of the database is not the one that this Daybook has.`);
    }
  }
  return known.filter(({ version }) => !has.has(version));
}

/** The schema version of a database. Throws `config-invalid` if this version doesn't have it, or the database isn't Daybook's. */
export async function schemaVersion(client: pg.ClientBase): Promise<number> {
  const has = await applied(client);
  if (has.size === 0) throw refuse("The database has no data of Daybook.");
  missing(await migrations(), has);
  return has.size;
}

/** The statement that says that a migration was applied. */
export const insertMigration = ({ version, name, checksum }: Migration): string =>
  `INSERT INTO schema_migration (version, name, checksum) VALUES (${version}, '${name}', '${checksum}');`;

/** Waits for other migrations of the database, within a transaction of the caller. */
async function lockMigrations(client: pg.ClientBase): Promise<void> {
  await client.query(`SET LOCAL lock_timeout = '${lockPatience}'`);
  await client.query({ text: "SELECT pg_advisory_xact_lock($1)", values: [lock] });
}

/** The migrations that a database lacks, in order. */
export const pendingMigrations = async (client: pg.ClientBase): Promise<readonly Migration[]> =>
  missing(await migrations(), await applied(client));

/** Applies missing migrations up to version `upTo`, within a transaction of the caller. Returns the applied versions. */
export async function applyMigrations(
  client: pg.ClientBase,
  upTo: number = Number.POSITIVE_INFINITY,
): Promise<number[]> {
  await lockMigrations(client);
  const todo = (await pendingMigrations(client)).filter(({ version }) => version <= upTo);
  if (todo.some(({ version }) => version === 1)) await client.query(makeTable);
  for (const migration of todo) {
    await client.query(migration.sql).catch((error: unknown) => {
      throw isForeign(error) ? error : failed(migration, error);
    });
    await client.query(insertMigration(migration));
  }
  return todo.map(({ version }) => version);
}

/** Whether a table or another object of that name exists. */
const isForeign = (error: unknown): boolean =>
  ["42P07", "42710"].includes((error as { code?: string }).code ?? "");

const failed = ({ version, name }: Migration, cause: unknown): DaybookError =>
  new DaybookError("config-invalid", {
    detail: `Migration ${version} (${name}) fails: ${(cause as Error).message}. The database is as it was before.`,
    remedy:
      fileTrouble(cause)?.remedy ??
      "See the log of PostgreSQL. The version of Daybook before still works with this database.",
    cause,
  });

/** Applies all that is missing, as the owner, and gives the roles their rights, within a transaction of the caller. */
async function migrateWithin(client: pg.ClientBase, names: RoleNames): Promise<number[]> {
  const facts = await becomeOwner(client, names);
  const versions = await applyMigrations(client);
  await giveRights(client, facts);
  return versions;
}

export const makeTable = `CREATE TABLE schema_migration (
  version integer NOT NULL CONSTRAINT schema_migration_pkey PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  checksum text COLLATE "C" NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
)`;

/** A migrated database. */
export interface Migrated {
  /** The versions that were applied; none if it was up to date. */
  readonly versions: readonly number[];
  readonly roles: Roles;
  /** Whether a pooler is between. */
  readonly isBehindPooler: boolean;
}

/** Whether the policies are for the roles that the configuration names. */
const isSettled = ({ settled, roles }: DatabaseFacts): boolean =>
  settled?.reader === roles.reader && settled.runtime === roles.runtime;

/** The facts of a database that needs nothing, or undefined. Throws `config-invalid` if it needs what the user may not do. */
async function upToDate(client: pg.ClientBase, names: RoleNames): Promise<DatabaseFacts | undefined> {
  const facts = await factsOf(client, names);
  const pending = await pendingMigrations(client).catch((error: { code?: string }) => {
    // insufficient_privilege
    if (error.code === "42501") demandOwner(facts, "Rights must be given");
    throw error;
  });
  if (pending.length === 0 && isSettled(facts)) {
    const why = await unusableRights(client, facts);
    if (why === undefined) return facts;
    if (!facts.isOwner) throw why;
  }
  demandOwner(
    facts,
    pending.length > 0 ? "The schema must be migrated" : "Rights must be given to other roles",
  );
  return undefined;
}

async function migrateOver(client: pg.Client, names: RoleNames): Promise<Migrated> {
  await beginSeparately(client);
  // most starts find nothing to do, and need no lock to see that
  let facts = await upToDate(client, names);
  let versions: readonly number[] = [];
  if (facts === undefined) {
    await lockMigrations(client);
    // another process may have been first
    facts = await upToDate(client, names);
    if (facts === undefined) {
      versions = await migrateWithin(client, names);
      facts = await factsOf(client, names);
      await demandUsable(client, facts);
    }
  }
  await client.query("COMMIT");
  return { versions, roles: facts.roles, isBehindPooler: await isBehindPooler(client) };
}

/** Migrates a database that the caller connects to as well: see `migrate`. */
export async function migrateDatabase(database: ResolvedDatabase, names: RoleNames): Promise<Migrated> {
  const client = await connectOnce(database);
  try {
    return await migrateOver(client, names);
  } catch (error) {
    if (isForeign(error)) {
      throw refuse(`The database has data of another application: ${(error as Error).message}.`);
    }
    throw unusable(error, database);
  } finally {
    await client.end();
  }
}

/**
 * Migrates a database and returns the applied versions: none if it was up to date. Throws DaybookError `config-invalid` with one sentence
 * for a database that can't be reached, is too old, too new, not Daybook's, or whose user lacks a right; the remedy names who can help.
 */
export const migrate = async (connection: Connection, names: RoleNames = {}): Promise<readonly number[]> =>
  (await migrateDatabase(databaseOf(connection), names)).versions;
