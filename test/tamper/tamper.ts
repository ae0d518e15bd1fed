/** Makes one change as superuser, asks fsck, and takes the change back. */
import pg from "pg";
import { fsck } from "../../server/src/integrity/index.ts";
import { noteBackup, openPostgres } from "../../server/src/store/postgres/index.ts";
import { afterwards } from "../support/afterwards.ts";
import { asSuperuser } from "../support/database.ts";
import type { Tampering } from "./changes.ts";
import { seed } from "./seed.ts";
import { type TamperedTable, tablesOf } from "./tables.ts";

/** What came of a change: `refused` by the database, or no row could be changed so; else the sentences of fsck. */
export type TamperOutcome = "refused" | { readonly sentences: readonly string[] };

export interface Tampered {
  readonly tables: readonly TamperedTable[];
  readonly sql: pg.Client;
  /** What fsck finds now. */
  findings(): Promise<string[]>;
  /** Makes the first change that the database takes, and takes it back. */
  try(change: Pick<Tampering, "statements">, all?: boolean): Promise<TamperOutcome>;
}

/** A seeded database, of which a copy of each table is kept. */
export async function openTampered(): Promise<Tampered> {
  const url = await seed();
  await noteBackup(url, 4_711);
  const store = await openPostgres(url);
  const sql = new pg.Client(asSuperuser(url));
  await sql.connect();
  afterwards(async () => {
    await sql.end();
    await store.close();
  });
  await sql.query("UPDATE maintenance SET restored_at = backup_made_at");
  // of no segment, because fsck leaves out those with changed events
  await sql.query(
    "INSERT INTO full_text_changed (organization_id, log_no, seq) SELECT organization_id, log_no, size FROM head WHERE organization_id > 0 ORDER BY 1",
  );
  const tables = await tablesOf(sql);
  for (const { name } of tables) await sql.query(`CREATE TEMP TABLE kept_${name} AS TABLE ${name}`);
  const findings = async (): Promise<string[]> => {
    const sentences: string[] = [];
    for await (const { sentence } of fsck(store)) sentences.push(sentence);
    return sentences;
  };
  return {
    tables,
    sql,
    findings,
    async try({ statements }, all = false) {
      const changed = all ? await everyOf(sql, statements) : await firstOf(sql, statements);
      if (changed.length === 0) return "refused";
      try {
        return { sentences: await findings() };
      } finally {
        await restore(sql, tables, changed);
      }
    },
  };
}

const tableIn = (statement: string): string =>
  /^(?:UPDATE|INSERT INTO|DELETE FROM) (\w+)/.exec(statement)![1]!;

/** Runs the statements until one changes a row; the table that it changed. */
async function firstOf(sql: pg.Client, statements: readonly string[]): Promise<string[]> {
  for (const statement of statements) {
    const count = await sql.query(statement).then(
      ({ rowCount }) => rowCount ?? 0,
      () => 0,
    );
    if (count > 0) return [tableIn(statement)];
  }
  return [];
}

async function everyOf(sql: pg.Client, statements: readonly string[]): Promise<string[]> {
  for (const statement of statements) {
    const { rowCount } = await sql.query(statement);
    if (!rowCount) throw new Error(`Nothing was changed by: ${statement}`);
  }
  return statements.map(tableIn);
}

async function restore(
  sql: pg.Client,
  tables: readonly TamperedTable[],
  changed: readonly string[],
): Promise<void> {
  for (const { name, columns } of tables.filter((table) => changed.includes(table.name))) {
    const list = columns.map((column) => column.name).join(", ");
    await sql.query(`DELETE FROM ${name}; INSERT INTO ${name} (${list}) SELECT ${list} FROM kept_${name}`);
  }
}
