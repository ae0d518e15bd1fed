/** The tables, columns, unique indexes and known values of a database, read from its catalogue. */
import type pg from "pg";

export interface TamperedColumn {
  readonly name: string;
  readonly type: string;
  readonly isNullable: boolean;
  /** Texts that a check names for this column. */
  readonly known: readonly string[];
}

export interface TamperedTable {
  readonly name: string;
  readonly columns: readonly TamperedColumn[];
  /** The columns of each unique index. */
  readonly unique: readonly (readonly string[])[];
}

const selectColumns = `SELECT c.relname AS "table", a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
    NOT a.attnotnull AS "isNullable",
    coalesce((SELECT string_agg(pg_get_constraintdef(k.oid), ' ') FROM pg_constraint k
      WHERE k.conrelid = c.oid AND k.contype = 'c' AND a.attnum = ANY (k.conkey)), '') AS checks
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
    AND a.attgenerated = ''
  ORDER BY c.relname, a.attnum`;
const selectUnique = `SELECT c.relname AS "table", array_agg(a.attname::text ORDER BY k.n) AS columns
  FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid, unnest(i.indkey::smallint[]) WITH ORDINALITY AS k (attnum, n)
  JOIN pg_attribute a ON true
  WHERE i.indisunique AND c.relnamespace = current_schema()::regnamespace AND a.attrelid = c.oid AND a.attnum = k.attnum
  GROUP BY c.relname, i.indexrelid ORDER BY 1`;

interface ColumnRow extends Omit<TamperedColumn, "known"> {
  readonly table: string;
  readonly checks: string;
}

export async function tablesOf(sql: pg.Client): Promise<TamperedTable[]> {
  const { rows } = await sql.query<ColumnRow>(selectColumns);
  const unique = (await sql.query<{ table: string; columns: string[] }>(selectUnique)).rows;
  return [...new Set(rows.map(({ table }) => table))].map((table) => ({
    name: table,
    columns: rows
      .filter((row) => row.table === table)
      .map(({ name, type, isNullable, checks }) => {
        const known = [...checks.matchAll(/'([^']+)'::(?:text|"char")/g)].map(([, text]) => text!);
        return { name, type, isNullable, known };
      }),
    unique: unique.filter((index) => index.table === table).map(({ columns }) => columns),
  }));
}
