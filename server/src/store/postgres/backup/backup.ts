/**
 * A backup: one consistent snapshot of every table, streamed while servers continue to write. It writes all tables in the database's
 * catalogue, whatever their content.
 */
import { createHash } from "node:crypto";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { connectOnce } from "../connection/connection.ts";
import { type Connection, databaseOf } from "../connection/database.ts";
import { unusable } from "../connection/failures.ts";
import { beginSeparately } from "../connection/settings.ts";
import { schemaVersion } from "../schema/migrate.ts";
import {
  type BackupHeader,
  type BackupProgress,
  type BackupSequence,
  type BackupTable,
  backupFormat,
  backupVersion,
  countLines,
  endOfTable,
} from "./format.ts";

// schema_migration is left out, because restoring recreates the schema, and with it those rows; the words of events and the positions of
// followers are left out too, because events are indexed again; and the last backup, which is of this database
const listTables = `SELECT c.relname AS name, array_to_string(array_agg(a.attname ORDER BY a.attnum), ',') AS columns
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = quote_ident(current_schema())::regnamespace
    AND c.relname NOT IN ('schema_migration', 'full_text_segment', 'full_text_block', 'full_text_changed', 'follower', 'maintenance')
  GROUP BY c.relname ORDER BY c.relname COLLATE "C"`;
const listSequences = `SELECT t.relname AS "table", a.attname AS "column", s.oid::regclass::text AS sequence
  FROM pg_class s JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.oid AND d.deptype IN ('i', 'a')
  JOIN pg_class t ON t.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
  WHERE s.relkind = 'S' AND s.relnamespace = quote_ident(current_schema())::regnamespace ORDER BY 1, 2`;

/** The tables of a database and their columns. */
export const tablesOf = async (client: pg.ClientBase): Promise<BackupTable[]> =>
  (await client.query<{ name: string; columns: string }>(listTables)).rows.map(({ name, columns }) => ({
    name,
    columns: columns.split(","),
  }));

async function sequencesOf(client: pg.ClientBase): Promise<BackupSequence[]> {
  const sequences: BackupSequence[] = [];
  const { rows } = await client.query<Record<"table" | "column" | "sequence", string>>(listSequences);
  for (const { table, column, sequence } of rows) {
    const text = `SELECT last_value::text AS value, is_called AS called FROM ${sequence}`;
    const state = await client.query<{ value: string; called: boolean }>(text);
    sequences.push({ table, column, ...state.rows[0]! });
  }
  return sequences;
}

/** COPY of a table, out or in: both list the columns. */
export const copyColumns = ({ name, columns }: BackupTable): string => `COPY ${name} (${columns.join(", ")})`;

const jsonLine = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);

async function* contents(
  client: pg.ClientBase,
  header: BackupHeader,
  progress: (at: BackupProgress) => void,
): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  const hashed = (chunk: Buffer): Buffer => {
    hash.update(chunk);
    return chunk;
  };
  const counts: Record<string, number> = {};
  yield hashed(jsonLine(header));
  for (const table of header.tables) {
    let rows = 0;
    for await (const chunk of client.query(copyTo(`${copyColumns(table)} TO STDOUT`))) {
      rows += countLines(chunk as Buffer);
      progress({ table: table.name, rows });
      yield hashed(chunk as Buffer);
    }
    counts[table.name] = rows;
    yield hashed(endOfTable);
  }
  yield jsonLine({ rows: counts, sha256: hash.digest("hex") });
}

/**
 * Writes a backup of the database to `writable` and ends it. All of it is of one instant; memory stays constant. Rejects, and destroys
 * `writable`, if the database or the writable fails: the incomplete file isn't a backup, and `restore` refuses it. Throws DaybookError
 * `config-invalid` for a database that can't be used or isn't Daybook's.
 */
export async function backup(
  connection: Connection,
  writable: Writable,
  progress: (at: BackupProgress) => void = () => {},
): Promise<void> {
  const client = await connectOnce(connection);
  try {
    await beginSeparately(client, "ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    await client.query("SET LOCAL idle_in_transaction_session_timeout = 0");
    const header: BackupHeader = {
      format: backupFormat,
      version: backupVersion,
      schema: await schemaVersion(client),
      madeAt: new Date().toISOString(),
      tables: await tablesOf(client),
      sequences: await sequencesOf(client),
    };
    // level 3 takes a third of the time of the default, for a tenth more bytes
    const source = Readable.from(contents(client, header, progress), { objectMode: false });
    await pipeline(source, createGzip({ level: 3 }), writable);
    await client.query("COMMIT");
  } catch (error) {
    // failures of the file are the caller's
    throw (error as { syscall?: string }).syscall === undefined || isOfConnection(error)
      ? unusable(error, databaseOf(connection))
      : error;
  } finally {
    await client.end();
  }
}

/** Whether a failure of the operating system is one of a socket. */
const isOfConnection = (error: unknown): boolean =>
  /^(read|connect|getaddrinfo)$/.test((error as { syscall?: string }).syscall ?? "");
