/**
 * Restores a backup into an empty database, in one transaction: a file that is damaged, cut short or too new leaves nothing behind. It
 * checks no leaf; fsck does.
 */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { DaybookError } from "daybook/internal";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { connectOnce } from "../connection/connection.ts";
import type { Connection } from "../connection/database.ts";
import { beginSeparately } from "../connection/settings.ts";
import type { RoleNames } from "../rights/roles.ts";
import { becomeOwner, giveRights } from "../rights/settle.ts";
import { applyMigrations, migrations } from "../schema/migrate.ts";
import { copyColumns, tablesOf } from "./backup.ts";
import {
  type BackupHeader,
  type BackupProgress,
  type BackupTable,
  countLines,
  damaged,
  readHeader,
  readTrailer,
} from "./format.ts";
import { noteRestore, restoredAt } from "./maintenance.ts";
import { BackupReader } from "./sections.ts";

// objects of extensions belong to the extensions
const findRelation = `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  LIMIT 1`;
const listIndexes = `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
  FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
  WHERE c.relnamespace = quote_ident(current_schema())::regnamespace
    AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)`;

async function refuseUnempty(client: pg.ClientBase): Promise<void> {
  const [relation] = (await client.query<{ name: string }>(findRelation)).rows;
  if (relation !== undefined) {
    const at = await restoredAt(client);
    if (at !== undefined)
      throw new DaybookError("database-not-empty", {
        detail: `A restore into this database is complete since ${at}.`,
        remedy:
          "To check it, run 'daybook-server fsck'. To restore another backup, name a new database, or a new data folder.",
      });
    throw new DaybookError("database-not-empty", {
      detail: `A backup can only be restored into an empty database, but this one has the relation ${relation.name}.`,
    });
  }
}

/** Makes the schema of the backup. */
async function makeSchema(client: pg.ClientBase, header: BackupHeader): Promise<void> {
  const known = (await migrations()).length;
  if (header.schema > known) {
    throw damaged(
      `The backup has schema ${header.schema}, made by a newer Daybook; this one knows schemas up to ${known}.`,
    );
  }
  await applyMigrations(client, header.schema);
  const same = (a: BackupTable, b: BackupTable): boolean =>
    a.name === b.name && a.columns.join() === b.columns.join();
  const tables = await tablesOf(client);
  if (
    tables.length !== header.tables.length ||
    !tables.every((table, index) => same(table, header.tables[index]!))
  ) {
    throw damaged(`The tables of the backup are not those of schema ${header.schema}.`);
  }
}

interface Source {
  readonly reader: BackupReader;
  readonly progress: (at: BackupProgress) => void;
}

async function* counted(
  { reader, progress }: Source,
  table: string,
  count: { rows: number },
): AsyncGenerator<Buffer> {
  for await (const chunk of reader.rows()) {
    count.rows += countLines(chunk);
    progress({ table, rows: count.rows });
    yield chunk;
  }
}

async function fillTables(
  client: pg.ClientBase,
  header: BackupHeader,
  source: Source,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of header.tables) {
    const count = { rows: 0 };
    await pipeline(
      Readable.from(counted(source, table.name, count), { objectMode: false }),
      client.query(copyFrom(`${copyColumns(table)} FROM STDIN`)),
    );
    counts[table.name] = count.rows;
  }
  return counts;
}

/** The work between BEGIN and COMMIT. */
async function restoreWithin(client: pg.ClientBase, source: Source, names: RoleNames): Promise<void> {
  const { reader } = source;
  const facts = await becomeOwner(client, names);
  const header = readHeader(await reader.line());
  await makeSchema(client, header);
  // indexes are built faster over existing rows; those of constraints stay, to refuse invalid rows
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(listIndexes);
  for (const { name } of indexes) await client.query(`DROP INDEX ${name}`);
  const counts = await fillTables(client, header, source);
  const digest = reader.digest();
  const trailer = readTrailer(await reader.line());
  await reader.end();
  if (trailer.sha256 !== digest || JSON.stringify(trailer.rows) !== JSON.stringify(counts)) {
    throw damaged("The backup is damaged: its rows were altered.");
  }
  for (const { definition } of indexes) await client.query(definition);
  for (const { table, column, value, called } of header.sequences) {
    const text = "SELECT setval(pg_get_serial_sequence($1, $2), $3::bigint, $4)";
    await client.query(text, [table, column, value, called]);
  }
  await applyMigrations(client);
  await noteRestore(client);
  await giveRights(client, facts);
}

/** Rows that the database refuses come from a damaged file: whatever Daybook writes is valid. */
const isRefusal = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? "");

export interface RestoreOptions {
  readonly progress?: (at: BackupProgress) => void;
  readonly roles?: RoleNames;
}

/**
 * Restores a backup into an empty database of PostgreSQL 15 or newer, and migrates it to the schema of this version. Throws DaybookError
 * `database-not-empty`, `backup-invalid` (damaged, cut short, too new, not a backup) or `config-invalid`; the database is then unchanged.
 */
export async function restore(
  connection: Connection,
  readable: Readable,
  { progress = () => {}, roles = {} }: RestoreOptions = {},
): Promise<void> {
  const client = await connectOnce(connection);
  const unzipped = createGunzip();
  // a failure of either side reaches the reader through the unzipped stream
  const reading = pipeline(readable, unzipped).catch(() => {});
  try {
    await beginSeparately(client);
    await client.query("SET LOCAL idle_in_transaction_session_timeout = 0");
    await refuseUnempty(client);
    await restoreWithin(client, { reader: new BackupReader(unzipped), progress }, roles);
    await client.query("COMMIT");
    await beginSeparately(client);
    await client.query("ANALYZE; COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw isRefusal(error)
      ? damaged("The backup is damaged: it contains rows that Daybook never writes.", error)
      : error;
  } finally {
    unzipped.destroy();
    await reading;
    await client.end();
  }
}
