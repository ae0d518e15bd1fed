/**
 * Rows by a shape: one list of members gives the columns of a SELECT, the reader of a row and the type, so that nobody counts
 * columns. A connection gives values as the types of the contract already (session.ts).
 */
import type { Row } from "./session.ts";

/** A column, and how its value is read. */
interface ShapeColumn<T> {
  readonly sql: string;
  readonly read: (value: unknown) => T;
}

/** A column whose value is read as it is. The one place where a type is taken at its word: the schema gives it. */
export const column = <T>(sql: string): ShapeColumn<T> => ({ sql, read: (value) => value as T });

/** A column that holds JSON. */
export const jsonColumn = <T>(sql: string): ShapeColumn<T> => ({
  sql,
  read: (value) => JSON.parse(value as string) as T,
});

/** A column that counts: the database counts in bigint. */
export const countColumn = (sql: string): ShapeColumn<number> => ({ sql, read: Number });

/** The shape of a row, or of a stretch of one. */
export interface RowShape<T> {
  /** As they stand in a SELECT. */
  readonly columns: string;
  /** How many they are: what is joined comes after them. */
  readonly width: number;
  readonly read: (row: Row) => T;
  /** Reads the stretch that begins at that column. */
  readonly readAt: (row: Row, first: number) => T;
}

/** A shape by its members, each with its column, in the order of the columns. */
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
