/**
 * Row shapes: one list of members gives the columns of a SELECT, the reader of a row and the type, so that nobody counts columns. A
 * connection already returns values with the types of the contract (session.ts).
 */
import type { Row } from "./session.ts";
import { under } from "./statements.ts";

/** The shape of a row, or of a part of one: a column, an object of columns, or an object that has other objects. */
export interface RowShape<T> {
  /** The columns as they stand in a SELECT. */
  readonly columns: string;
  readonly width: number;
  /** A reader of the part of a row that starts at the given column. */
  readonly from: (first: number) => (row: Row) => T;
  /** Reads a row that starts with these columns. */
  readonly read: (row: Row) => T;
}

/** The values of a row, by position. Nothing else knows that a row is an array. */
const valuesOf = (row: Row): readonly unknown[] => row as unknown as readonly unknown[];

function shapeOf<T>({ columns, width, from }: Omit<RowShape<T>, "read">): RowShape<T> {
  return { columns, width, from, read: from(0) };
}

/** A column whose value is read as it is. Only here is a type asserted instead of checked: the schema guarantees it. */
export const column = <T>(sql: string): RowShape<T> =>
  shapeOf({ columns: sql, width: 1, from: (at) => (row) => valuesOf(row)[at] as T });

/** A column whose value is converted. */
export const columnBy = <T>(sql: string, convert: (value: unknown) => T): RowShape<T> =>
  shapeOf({ columns: sql, width: 1, from: (at) => (row) => convert(valuesOf(row)[at]) });

/** A column that holds JSON. */
export const jsonColumn = <T>(sql: string): RowShape<T> =>
  columnBy(sql, (value) => JSON.parse(value as string) as T);

/** A count: the database counts in bigint. */
export const countColumn = (sql: string): RowShape<number> => columnBy(sql, Number);

/** Readers of as many columns as a list has, from a column on. */
export const readersOf = <T>(list: readonly unknown[], first = 0): readonly ((row: Row) => T)[] =>
  list.map((_, index) => column<T>("").from(first + index));

/** About how many bytes a row has. */
export const bytesOf = (row: Row): number =>
  valuesOf(row).reduce<number>((sum, value) => sum + (typeof value === "string" ? value.length : 8), 0);

/** A shape for each member. */
export type MemberShapes<T> = { readonly [Member in keyof T]-?: RowShape<T[Member]> };

/** The readers of the members, each from its own column on. For rows that are read by the thousand: `rowShape` costs a look-up a member. */
export interface MemberReaders<T> {
  readonly columns: string;
  readonly width: number;
  readonly of: { readonly [Member in keyof T]-?: (row: Row) => T[Member] };
}

const columnsOf = (shapes: readonly RowShape<unknown>[]): string =>
  shapes.map(({ columns }) => columns).join(", ");
const widthOf = (shapes: readonly RowShape<unknown>[]): number =>
  shapes.reduce((sum, { width }) => sum + width, 0);

export function memberReaders<T extends object>(members: MemberShapes<T>, first = 0): MemberReaders<T> {
  const shapes: RowShape<unknown>[] = [];
  const of: Partial<MemberReaders<T>["of"]> = {};
  for (const name of Object.keys(members) as (keyof T)[]) {
    of[name] = members[name].from(first + widthOf(shapes));
    shapes.push(members[name]);
  }
  return { columns: columnsOf(shapes), width: widthOf(shapes), of: of as MemberReaders<T>["of"] };
}

/** A shape from its members, each a column or a shape of its own. The order of the members is the order of the columns. */
export function rowShape<T extends object>(members: MemberShapes<T>): RowShape<T> {
  const names = Object.keys(members) as (keyof T)[];
  const { columns, width } = memberReaders(members);
  const from = (first: number): ((row: Row) => T) => {
    const { of } = memberReaders(members, first);
    const readers = names.map((name) => [name, of[name]] as const);
    return (row) => {
      const read: Partial<T> = {};
      for (const [name, reader] of readers) read[name] = reader(row);
      return read as T;
    };
  };
  return shapeOf({ columns, width, from });
}

/** The members of two shapes in one object; the columns of the second come after those of the first. */
export const joined = <A extends object, B extends object>(a: RowShape<A>, b: RowShape<B>): RowShape<A & B> =>
  shapeOf({
    columns: columnsOf([a, b]),
    width: widthOf([a, b]),
    from: (first) => {
      const [one, other] = [a.from(first), b.from(first + a.width)];
      return (row) => ({ ...one(row), ...other(row) });
    },
  });

/** A shape whose value is converted. */
export const mapped = <From, To>(shape: RowShape<From>, convert: (value: From) => To): RowShape<To> =>
  shapeOf({
    columns: shape.columns,
    width: shape.width,
    from: (first) => {
      const read = shape.from(first);
      return (row) => convert(read(row));
    },
  });

/** The same shape from a table with an alias. Its columns must be plain names. */
export const shapeUnder = <T>(alias: string, shape: RowShape<T>): RowShape<T> => ({
  ...shape,
  columns: under(alias, shape.columns),
});
