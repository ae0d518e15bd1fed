/** `migrate --print-sql`: all that a database lacks, as a script for a superuser. It changes nothing. */
import { DaybookError } from "daybook/internal";
import pg from "pg";
import { connectOnce } from "../connection/connection.ts";
import { type Connection, databaseOf } from "../connection/database.ts";
import { unusable } from "../connection/failures.ts";
import { beginSeparately } from "../connection/settings.ts";
import { insertMigration, type Migration, makeTable, pendingMigrations } from "../schema/migrate.ts";
import { sqlName } from "../statements/sql-name.ts";
import { type DatabaseFacts, factsOf, type RoleNames, roleStatements } from "./roles.ts";
import { rightsSql } from "./sql.ts";

const head = (
  { user, owner }: DatabaseFacts,
  database: string,
): string => `-- What Daybook lacks in the database ${sqlName(database)}.
-- A superuser runs this there, all of it: psql --set ON_ERROR_STOP=1 --dbname ${sqlName(database)} --file THIS-FILE
-- Afterwards, ${sqlName(owner)} owns the tables, and 'daybook-server serve' works as ${sqlName(user)}.`;

/** One migration, and the row that says that it was applied. */
const migrationSql = (migration: Migration): string => `-- Migration ${migration.version}
${migration.version === 1 ? `${makeTable};\n` : ""}${migration.sql.trim()}
${insertMigration(migration)}`;

async function scriptOf(client: pg.Client, names: RoleNames): Promise<string> {
  const facts = await factsOf(client, names);
  const { owner, roles, settled, hasReaderSchema } = facts;
  const pending = await pendingMigrations(client);
  const { rows } = await client.query<{ name: string }>("SELECT current_database()::text AS name");
  const readerSchema = sqlName(roles.readerSchema);
  return `${[
    head(facts, rows[0]!.name),
    "BEGIN;",
    ...roleStatements(facts),
    ...(hasReaderSchema ? [] : [`CREATE SCHEMA ${readerSchema} AUTHORIZATION ${sqlName(owner)};`]),
    // what follows belongs to the owner
    `SET LOCAL ROLE ${sqlName(owner)};`,
    `SET LOCAL search_path = ${sqlName(roles.schema)};`,
    "SET LOCAL standard_conforming_strings = on;",
    ...pending.map(migrationSql),
    rightsSql(roles, settled === undefined ? [] : Object.values(settled)),
    "COMMIT;",
  ].join("\n\n")}\n`;
}

/** The script. Throws DaybookError `config-invalid` for a database that can't be reached, or whose user may not see what it lacks. */
export async function printSql(connection: Connection, names: RoleNames = {}): Promise<string> {
  const database = databaseOf(connection);
  const client = await connectOnce(database);
  try {
    await beginSeparately(client, "READ ONLY");
    return await scriptOf(client, names);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === "42501") {
      throw new DaybookError("config-invalid", {
        detail: `The user may not see which migrations the database has: ${error.message}.`,
        remedy:
          "Run 'daybook-server migrate --print-sql' with the owner of the tables in DATABASE_URL, or with a superuser.",
        cause: error,
      });
    }
    throw unusable(error, database);
  } finally {
    await client.end();
  }
}
