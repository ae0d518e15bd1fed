/** Shared by the files with statements: how to run a statement, one row or an error, columns with an alias, and SET clauses. */
import { StoreError } from "../../contract/errors.ts";
import type { Row, StatementSession } from "./session.ts";

/** Runs work on a connection of a lane, with a row scope. */
export type Run = <T>(work: (session: StatementSession) => Promise<T>) => Promise<T>;

/** The required row. Throws StoreError `conflict` if there is none. */
export function onlyRow(rows: readonly Row[], what: string): Row {
  const row = rows[0];
  if (row === undefined) throw new StoreError("conflict", `There is no such ${what}.`);
  return row;
}

/** Runs an UPDATE or DELETE of one row. Throws StoreError `conflict` if there is no such row. */
export async function change(session: StatementSession, text: string, values: unknown[]): Promise<void> {
  onlyRow(await session.rows({ text: `${text} RETURNING true` }, values), "row");
}

/** Columns, as `a, b`, of the table with an alias. */
export const under = (alias: string, columns: string): string =>
  columns
    .split(", ")
    .map((column) => `${alias}.${column}`)
    .join(", ");

/** Whether a column contains a parameter, without case as far as the database's locale folds it. Every text contains the empty one. */
export const contains = (column: string, parameter: string): string =>
  `strpos(lower(${column} COLLATE "default"), lower(${parameter} COLLATE "default")) > 0`;

/** The SET clause for the given members of `set`, with parameters from `$<first>` on. `columns` has the column of each. */
export function assignments<T extends object>(
  columns: { readonly [Member in keyof T]-?: string },
  set: T,
  first: number,
): { texts: string[]; values: unknown[] } {
  const given = (Object.keys(columns) as (keyof T)[]).filter((member) => set[member] !== undefined);
  return {
    texts: given.map((member, index) => `${columns[member]} = $${first + index}`),
    values: given.map((member) => set[member]),
  };
}
