/**
 * Row shapes: one list of members gives the columns of a SELECT, the reader of a row and the type, so that nobody counts columns. A
 * connection already returns values with the types of the contract (session.ts).
 */
import type { Row } from "./session.ts";

/** A column, and how to read its value. */
interface ShapeColumn<T> {
  readonly sql: string;
  readonly read: (value: unknown) => T;
}

/** A column whose value is read as it is. Only here is a type asserted instead of checked: the schema guarantees it. */
export const column = <T>(sql: string): ShapeColumn<T> => ({ sql, read: (value) => value as T });

/** A column that holds JSON. */
export const jsonColumn = <T>(sql: string): ShapeColumn<T> => ({
  sql,
  read: (value) => JSON.parse(value as string) as T,
});

/** A count: the database counts in bigint. */
export const countColumn = (sql: string): ShapeColumn<number> => ({ sql, read: Number });

/** The shape of a row, or of a part of one. */
export interface RowShape<T> {
  /** The columns as they stand in a SELECT. */
  readonly columns: string;
  /** The number of columns: joined columns come after them. */
  readonly width: number;
  readonly read: (row: Row) => T;
  /** Reads the part that begins at that column. */
  readonly readAt: (row: Row, first: number) => T;
}

/** A shape from its members, each with its column, in the order of the columns. */
export function rowShape<T extends object>(
  members: {
    readonly [Member in keyof T]-?: ShapeColumn<T[Member]>;
  },
): RowShape<T> {
  const names = Object.keys(members) as (keyof T)[];
  const readAt = (row: Row, first: number): T => {
    const read: Partial<T> = {};
    names.forEach((name, index) => {
      read[name] = members[name].read(row[first + index]);
    });
    return read as T;
  };
  return {
    columns: names.map((name) => members[name].sql).join(", "),
    width: names.length,
    read: (row) => readAt(row, 0),
    readAt,
  };
}
