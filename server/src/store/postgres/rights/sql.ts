/** The list of rights as SQL: grants, policies and views for two roles. Running it again changes nothing. */
import { sqlName } from "../statements/sql-name.ts";
import { inRowScope, readerPolicies, readerViews, runtimeRights, sequences, walledTables } from "./list.ts";
import type { Roles } from "./roles.ts";

function runtimeGrants(runtime: string): string[] {
  return Object.entries(runtimeRights).flatMap(([table, { insert, update, delete: removes }]) => {
    const whole = ["SELECT", ...(insert ? ["INSERT"] : []), ...(removes ? ["DELETE"] : [])].join(", ");
    const grants = [`GRANT ${whole} ON ${table} TO ${runtime};`];
    if (update) grants.push(`GRANT UPDATE (${update.join(", ")}) ON ${table} TO ${runtime};`);
    return grants;
  });
}

/** Row-level security doesn't hold the runtime role, which serves all organizations. */
const runtimePolicies = (runtime: string): string[] =>
  walledTables.flatMap((table) => [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;`,
    `DROP POLICY IF EXISTS ${table}_at_runtime ON ${table};`,
    `CREATE POLICY ${table}_at_runtime ON ${table} TO ${runtime} USING (true) WITH CHECK (true);`,
  ]);

const readerWall = (reader: string): string[] =>
  Object.entries(readerPolicies).flatMap(([table, { sentence, columns, rows = inRowScope }]) => [
    `-- ${sentence}`,
    `GRANT SELECT${columns ? ` (${columns.join(", ")})` : ""} ON ${table} TO ${reader};`,
    `DROP POLICY IF EXISTS ${table}_in_row_scope ON ${table};`,
    `CREATE POLICY ${table}_in_row_scope ON ${table} FOR SELECT TO ${reader} USING (${rows});`,
  ]);

function views({ reader, schema, readerSchema }: Roles): string[] {
  return Object.entries(readerViews).flatMap(([table, { sentence, rows = inRowScope }]) => {
    const name = `${sqlName(readerSchema)}.${table}`;
    return [
      `-- ${sentence}`,
      `CREATE VIEW ${name} AS SELECT * FROM ${sqlName(schema)}.${table} WHERE ${rows};`,
      `GRANT SELECT ON ${name} TO ${sqlName(reader)};`,
    ];
  });
}

/** Removes the views, which a migration could not pass. */
export const dropViews = ({ readerSchema }: Pick<Roles, "readerSchema">): string =>
  `DROP VIEW IF EXISTS ${Object.keys(readerViews)
    .map((table) => `${sqlName(readerSchema)}.${table}`)
    .join(", ")};`;

/** Takes every right on the tables from roles. */
const revoke = (roles: readonly string[]): string[] => [
  `REVOKE ALL ON ${Object.keys(runtimeRights).join(", ")} FROM ${roles.join(", ")};`,
  `REVOKE ALL ON SEQUENCE ${sequences.join(", ")} FROM ${roles.join(", ")};`,
];

/** The statements, in the schema of the tables and as their owner. `before` are the roles that had the rights until now. */
export function rightsSql(roles: Roles, before: readonly string[] = []): string {
  const [reader, runtime, schema, readerSchema] = [
    roles.reader,
    roles.runtime,
    roles.schema,
    roles.readerSchema,
  ].map(sqlName) as [string, string, string, string];
  const others = before.filter((name) => name !== roles.reader && name !== roles.runtime).map(sqlName);
  return [
    dropViews(roles),
    ...revoke([reader, runtime, ...others]),
    "-- The runtime role, with which the server works.",
    `GRANT USAGE ON SCHEMA ${schema} TO ${runtime}, ${reader};`,
    ...runtimeGrants(runtime),
    `GRANT SELECT ON SEQUENCE ${sequences.join(", ")} TO ${runtime};`,
    ...runtimePolicies(runtime),
    "-- The reader, with which the server reads within one organization.",
    ...readerWall(reader),
    `GRANT USAGE ON SCHEMA ${readerSchema} TO ${reader};`,
    ...views(roles),
  ].join("\n");
}
