/**
 * Every change of one value, one row inserted and one row deleted, for each table of a schema. Each is a list of statements: the first that
 * the database takes, and that changes something, is the change.
 */
import type { TamperedColumn, TamperedTable } from "./tables.ts";

export interface Tampering {
  /** `api_client.name`, `api_client.name to null`, `api_client: insert`. */
  readonly name: string;
  readonly table: string;
  readonly statements: readonly string[];
}

/** The rows that are tried, the oldest first. */
const rowsTried = 6;

/** Other values that a column could have, as SQL. */
function others({ name, type, known }: TamperedColumn, table: string): string[] {
  const literals = known.map((text) => `'${text}'`);
  const another = (where: string): string =>
    `(SELECT o.${name} FROM ${table} o WHERE o.${name} IS DISTINCT FROM t.${name} AND ${where} LIMIT 1)`;
  switch (type) {
    case "boolean":
      return [`NOT t.${name}`, "true", "false"];
    case "bytea":
      return [`set_byte(t.${name}, 0, get_byte(t.${name}, 0) # 1)`, "'\\x00'"];
    case "timestamp with time zone":
      return [`t.${name} + interval '1 second'`, "clock_timestamp()"];
    case "date":
      return [`t.${name} + 1`, "current_date"];
    case "uuid":
      return ["'0193517a-0000-7000-8000-000000000000'"];
    case "tsvector":
      return ["'tampered:1'::tsvector"];
    case "text[]":
      return literals.map((text) => `ARRAY[${text}]`);
    case '"char"':
      return literals.map((text) => `${text}::"char"`);
    case "text":
      return [
        ...literals,
        `CASE WHEN t.${name} LIKE '{%' THEN replace(t.${name}, '}', ',"x":1}') ELSE t.${name} || 'x' END`,
        another("true"),
        "'x'",
      ];
    default:
      return [
        ...(name === "user_id"
          ? ["(SELECT u.user_id FROM user_account u WHERE u.user_id <> t.user_id LIMIT 1)"]
          : []),
        `t.${name} + 1`,
        `(SELECT max(o.${name}) + 1 FROM ${table} o)`,
        `t.${name} - 1`,
        another("true"),
        ...["0", "7", "30"],
      ];
  }
}

const eachRow = (table: string, where: string): string[] =>
  Array.from(
    { length: rowsTried },
    (_, n) =>
      `(SELECT x.ctid FROM ${table} x WHERE ${where.replaceAll("t.", "x.")} ORDER BY x.ctid OFFSET ${n} LIMIT 1)`,
  );

function update(table: string, column: TamperedColumn, to: "another" | "null" | "value"): Tampering {
  const { name } = column;
  const values = to === "null" ? ["NULL"] : others(column, table);
  const where = `t.${name} IS ${to === "value" ? "" : "NOT "}NULL`;
  const statements = eachRow(table, where).flatMap((row) =>
    values.map(
      (value) =>
        `UPDATE ${table} t SET ${name} = ${value} WHERE t.ctid = ${row} AND t.${name} IS DISTINCT FROM ${value}`,
    ),
  );
  const suffix = { another: "", null: " to null", value: " from null" }[to];
  return { name: `${table}.${name}${suffix}`, table, statements };
}

/** A copy of a row with other values in one column of each unique index. */
function insert({ name: table, columns, unique }: TamperedTable): Tampering {
  const named = new Map(columns.map((column) => [column.name, column]));
  const choices = (unique.length === 0 ? [[]] : [...unique]).map((index) =>
    index
      .flatMap((name) => named.get(name) ?? [])
      .reverse()
      .filter(({ name }, at, all) => name !== "organization_id" || all.length === 1 || at === all.length - 1)
      .flatMap((column) => others(column, table).map((value) => ({ name: column.name, value }))),
  );
  const all = choices.reduce<{ name: string; value: string }[][]>(
    (sets, options) =>
      options.length === 0
        ? sets
        : sets.flatMap((set) => options.slice(0, 4).map((option) => [...set, option])),
    [[]],
  );
  const list = columns.map(({ name }) => name).join(", ");
  const statements = all.flatMap((set) => {
    const values = columns.map(({ name }) => set.find((one) => one.name === name)?.value ?? `t.${name}`);
    return eachRow(table, "true").map(
      (row) =>
        `INSERT INTO ${table} (${list}) SELECT ${values.join(", ")} FROM ${table} t WHERE t.ctid = ${row}`,
    );
  });
  return { name: `${table}: insert`, table, statements };
}

const remove = ({ name: table }: TamperedTable): Tampering => ({
  name: `${table}: delete`,
  table,
  statements: eachRow(table, "true").map((row) => `DELETE FROM ${table} t WHERE t.ctid = ${row}`),
});

/** Every change of a table. */
export const tamperingsOf = (table: TamperedTable): Tampering[] => [
  ...table.columns.flatMap((column) => [
    update(table.name, column, "another"),
    ...(column.isNullable ? [update(table.name, column, "null"), update(table.name, column, "value")] : []),
  ]),
  insert(table),
  remove(table),
];
